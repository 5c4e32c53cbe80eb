// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/crypto.h"
#include "core/base/time.h"
#include "core/response/id.h"

namespace halte::outbox {

enum class ItemType { response, erasure, withdrawal };
std::string_view to_string(ItemType type);
std::optional<ItemType> parse_item_type(std::string_view text);

// One numbered thing that the server must come to know. The body is frozen bytes; hash is its SHA-256
// (empty for an erasure).
struct Item {
  std::uint64_t seq = 0;
  ItemType type = ItemType::response;
  response::Id id;
  base::Bytes hash;
  std::string body;
};

struct Claim {
  std::string branch;       // one a batch
  std::vector<Item> items;  // in the order of their ids; empty: nothing is due
};

struct Limits {
  std::size_t items = 100;
  std::size_t bytes = 256u << 10;  // of bodies; a single larger item still goes, alone
};

struct Parked {
  std::uint64_t seq = 0;
  ItemType type = ItemType::response;
  response::Id id;
  std::string reason;
  std::string body;
};

// Numbers count within an epoch of one kiosk's database: 128 random bits in hex.
std::string make_epoch(base::Random& random);

// For heartbeats, the manager's view and the proof that nothing is missing:
// captured = acknowledged + pending + parked.
struct Status {
  std::uint64_t captured = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t pending = 0;
  std::uint64_t parked = 0;
  std::optional<base::Instant> oldest_pending;  // coarsened time at which it was closed
  std::optional<base::Instant> next_due;        // when the first pending item may be sent
};

// Store and forward. The sync thread calls; every call that returns without error is durable. An item
// leaves only by acknowledge(): no age, size, count of tries or clock ever removes one.
class Outbox {
 public:
  virtual ~Outbox() = default;

  // Leases the oldest due items of one branch until now + lease; an expired lease is due again.
  virtual base::Result<Claim> claim(const Limits& limits, base::Instant now, base::Millis lease) = 0;
  // The server said stored, duplicate or "rejected: erased": the bytes are overwritten and gone.
  virtual base::Status acknowledge(std::span<const std::uint64_t> seqs) = 0;
  // Not delivered: due again at `next`.
  virtual base::Status release(std::span<const std::uint64_t> seqs, base::Instant next) = 0;
  // The server refused this one item: kept aside with the reason, shown to the manager.
  virtual base::Status park(std::uint64_t seq, const std::string& reason) = 0;
  // Parked items become due again (after an upgrade, or by the manager's wish). Returns how many.
  virtual base::Result<int> unpark() = 0;
  virtual base::Result<std::vector<Parked>> parked() = 0;
  virtual base::Result<Status> status() = 0;
  // The numbers of this database turned out to be another copy's as well: what waits gets new ones from 1 on,
  // in the order of the old, and counting begins anew under `epoch`. Only while nothing that was claimed is
  // being sent, since acknowledge(), release() and park() go by number.
  virtual base::Status begin_epoch(const std::string& epoch) = 0;
};

}  // namespace halte::outbox
