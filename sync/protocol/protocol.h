// SPDX-License-Identifier: Apache-2.0
#pragma once

// The wire contract, version 1: the structs that both ends speak and their JSON. assets/openapi.yaml
// is the description for others. Bytes are base64url in JSON, times RFC 3339 in UTC.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/time.h"
#include "core/outbox/outbox.h"
#include "core/site/coverage.h"

namespace halte::protocol {

constexpr int version = 1;
constexpr std::size_t max_batch_items = 500;  // the server's limit; a kiosk sends 100
constexpr std::size_t max_body_bytes = 1u << 20;
constexpr std::size_t max_name_bytes = 128;  // an epoch, a branch, a reason
// Of a signed configuration on the wire: headquarters sends no larger one and a kiosk takes none. Ten surveys
// (two variants now and in four steps to come) of 100 KB are half of it if they were nothing but quotes.
constexpr std::size_t max_configuration_bytes = 8u << 20;
constexpr std::string_view signature_header = "Halte-Signature";

// POST /api/v1/enrolments
struct EnrolmentRequest {
  std::string code;  // Crockford base 32, 80 bits
  base::Bytes public_key;
  std::string name;  // may be empty
  std::string software;
};
struct EnrolmentReply {
  std::string kiosk_id;
  std::string token;
  std::string sealing_key_id;
  base::Bytes sealing_public_key;
  std::string signing_key_id;
  base::Bytes signing_public_key;
  base::Bytes receipt_key;
  base::Instant hq_time{};
};
std::string to_json(const EnrolmentRequest& request);
base::Result<EnrolmentRequest> parse_enrolment_request(std::string_view json);
std::string to_json(const EnrolmentReply& reply);
base::Result<EnrolmentReply> parse_enrolment_reply(std::string_view json);

// POST /api/v1/enrolment-requests: a device asks to become a kiosk, and asks again until a person has
// approved its key. Signed with that key as a batch is. Answered by 202 and EnrolmentWait, or once by 201 and
// EnrolmentReply: to the device that signs the nonce of the last wait, so that a copy of a request gives
// nothing.
struct EnrolmentAsk {
  base::Bytes public_key;
  std::string software;
  base::Bytes nonce;  // of the last wait; empty: the first time
};
struct EnrolmentWait {
  base::Bytes nonce;  // 16 bytes
  base::Instant expires{};
  int poll_after_s = 5;  // 1 … 3600
  std::string page;      // where an administrator approves it; the fingerprint goes behind its "#"
};
std::string to_json(const EnrolmentAsk& ask);
base::Result<EnrolmentAsk> parse_enrolment_ask(std::string_view json);
std::string to_json(const EnrolmentWait& wait);
base::Result<EnrolmentWait> parse_enrolment_wait(std::string_view json);

// POST /api/v1/batches. Signed as bytes in the header Halte-Signature (Ed25519, base64url).
struct Batch {
  int protocol = version;
  std::string nonce;  // 16 random bytes, base64url
  std::string epoch;
  std::string branch;
  base::Instant sent_at{};
  bool clock_synced = false;
  std::vector<outbox::Item> items;
};
std::string to_json(const Batch& batch);
// Reads hostile bytes: every limit holds, nothing recurses, nothing is thrown. A body of a protocol version
// more than one away from ours gives an error of kind refused (426), anything else wrong one of kind
// invalid (400). An item with a hash that is not its body's is read all the same: ask hash_matches(). A
// withdrawal may come without a hash and then gets the one of its body.
base::Result<Batch> parse_batch(std::string_view json);
// False: the bytes changed on the way or on the kiosk's disk; the server answers "rejected: hash".
bool hash_matches(const outbox::Item& item);

enum class ItemStatus { stored, duplicate, rejected, retry };
struct ItemResult {
  response::Id id;
  ItemStatus status = ItemStatus::retry;
  std::string reason;  // "conflict", "erased", …
};
struct Acknowledgement {
  std::string nonce;
  base::Instant hq_time{};
  std::vector<ItemResult>
      results;             // one an item; items of one id (a response, its withdrawal) in their order
  int protocol = version;  // the batch's own, echoed
  bool new_epoch = false;  // see HeartbeatReply
};
std::string to_json(const Acknowledgement& acknowledgement);
// Only an answer to this very batch counts: protocol version, nonce, and exactly one known status for
// each of its items. All else (a portal's page, a cut body) is an error: "not delivered". results[i]
// belongs to sent.items[i], whatever order they came in.
base::Result<Acknowledgement> parse_acknowledgement(std::string_view json, const Batch& sent);

// GET /api/v1/kiosk/config: the payload's bytes and the signature over them.
struct SignedConfiguration {
  std::string payload;
  base::Bytes signature;
  std::string key_id;
};
std::string to_json(const SignedConfiguration& configuration);
base::Result<SignedConfiguration> parse_signed_configuration(std::string_view json);

// POST /api/v1/heartbeats
struct Heartbeat {
  std::string software;
  std::int64_t configuration_version = 0;
  std::uint64_t captured = 0, acknowledged = 0, pending = 0, parked = 0;
  std::int64_t oldest_pending_s = 0;
  std::int64_t free_disk_bytes = 0;
  std::string database;  // "ok", "full", "salvaged"
  std::int64_t clock_offset_ms = 0;
  std::int64_t uptime_s = 0;
  std::optional<base::Instant> last_touch;  // coarsened
  std::string screen;                       // "open", "closed", "service", "blocked", "paused"
  std::string epoch;
  // What it was to visitors since the last reply's coverage_until: oldest first, at most max_coverage_spans.
  // Not while its clock may be wrong.
  std::vector<site::CoverageSpan> coverage;
};
constexpr std::size_t max_coverage_spans = 200;
struct HeartbeatReply {
  base::Instant hq_time{};
  std::int64_t pause_s = 0;  // do not send batches for so long; capture goes on
  std::vector<response::Id> erased;
  // The numbers of this epoch are used by another copy of the kiosk's database, too: one from before it was
  // put back, or a cloned disk. The kiosk begins an epoch of its own (outbox::Outbox::begin_epoch).
  bool new_epoch = false;
  // From when on headquarters wants to know the coverage: a copy of its database that was put back asks for
  // more. Nothing: from a server that does not.
  std::optional<base::Instant> coverage_until;
};
std::string to_json(const Heartbeat& heartbeat);
base::Result<Heartbeat> parse_heartbeat(std::string_view json);
std::string to_json(const HeartbeatReply& reply);
base::Result<HeartbeatReply> parse_heartbeat_reply(std::string_view json);

}  // namespace halte::protocol
