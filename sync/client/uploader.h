// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/crypto.h"
#include "core/outbox/outbox.h"
#include "sync/client/exchange.h"
#include "sync/protocol/protocol.h"

namespace halte::client {

// What one cycle came to. trouble: the link is to be left alone for a while; every item that was claimed
// and is not settled was released.
struct UploadReport {
  std::size_t claimed = 0;
  std::size_t requests = 0;
  std::size_t delivered = 0;  // stored, duplicate or erased at the server: gone from the outbox
  std::size_t parked = 0;     // refused for good, each with its reason
  std::size_t deferred = 0;   // the server asked for these once more, later
  bool new_epoch = false;     // begun after the cycle, as the server asked
  std::optional<Trouble> trouble;
};

// Carries the outbox to the server: claim, consent, sign, send, and then acknowledge, release or park, by
// the rules of the reliability promise. Never drops an item. One thread; blocks as long as its requests.
class Uploader {
 public:
  Uploader(outbox::Outbox& outbox, net::HttpClient& http, const base::Clock& clock, base::Random& random)
      : outbox_(outbox), http_(http), clock_(clock), random_(random) {}

  // At most one claim (100 items, 256 KiB). A batch that is too large or that the server cannot read is
  // halved until the one bad item is alone and parked; the others are delivered in the same cycle.
  // An error is the outbox's own: what was claimed comes back when its lease runs out, and an item that
  // the server has already is a duplicate then.
  base::Result<UploadReport> cycle(const site::Enrolment& enrolment, const std::string& epoch,
                                   bool clock_synced);

 private:
  using Items = std::vector<outbox::Item>;
  struct Batches;  // of one cycle, still to be sent

  base::Status hold_back(Items& items, UploadReport& report);
  base::Status send_all(Batches batches, UploadReport& report);
  std::expected<protocol::Acknowledgement, Trouble> send(const Batches& batches, Items items,
                                                         UploadReport& report);
  base::Status settle(const Items& items, const protocol::Acknowledgement& acknowledgement,
                      UploadReport& report);
  base::Status set_aside(const outbox::Item& item, const Trouble& trouble, UploadReport& report);
  base::Status defer(std::span<const std::uint64_t> seqs, UploadReport& report);
  base::Status release(const std::vector<Items>& unsent);

  outbox::Outbox& outbox_;
  net::HttpClient& http_;
  const base::Clock& clock_;
  base::Random& random_;
};

}  // namespace halte::client
