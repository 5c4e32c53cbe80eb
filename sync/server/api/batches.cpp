// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/protocol.h"
#include "sync/server/api/services.h"

namespace halte::api {
namespace {

constexpr std::chrono::minutes arrival_step{15};  // times of arrival are as coarse as those of answers

bool is_signed(const http::Request& request, const store::hq::KioskRecord& kiosk) {
  auto header = request.headers.get(protocol::signature_header);
  auto signature = header ? base::from_base64url(*header) : std::nullopt;
  return signature && base::verify(base::as_bytes(request.body), *signature, kiosk.public_key);
}

protocol::ItemStatus wire_status(store::hq::IngestStatus status) {
  switch (status) {
    case store::hq::IngestStatus::stored: return protocol::ItemStatus::stored;
    case store::hq::IngestStatus::duplicate: return protocol::ItemStatus::duplicate;
    case store::hq::IngestStatus::rejected: return protocol::ItemStatus::rejected;
    case store::hq::IngestStatus::retry: return protocol::ItemStatus::retry;
  }
  return protocol::ItemStatus::retry;
}

http::Response acknowledge(const protocol::Batch& head, base::Instant now,
                           const std::vector<store::hq::IngestResult>& results) {
  protocol::Acknowledgement acknowledgement;
  acknowledgement.nonce = head.nonce;
  acknowledgement.hq_time = now;
  acknowledgement.protocol = head.protocol;
  for (const auto& r : results) acknowledgement.results.push_back({r.id, wire_status(r.status), r.reason});
  acknowledgement.new_epoch = std::ranges::any_of(results, &store::hq::IngestResult::number_reused);
  http::Response answer = http::Response::text(200, protocol::to_json(acknowledgement));
  answer.headers.set("Content-Type", "application/json");
  return answer;
}

// A kiosk that was moved still delivers what it gathered at its old branch.
base::Result<bool> may_speak_for(Services& s, const store::hq::KioskRecord& kiosk,
                                 const std::string& branch) {
  if (branch == kiosk.branch) return true;
  auto branches = s.store.branches();
  if (!branches) return std::unexpected(branches.error());
  return std::ranges::any_of(*branches, [&](const auto& b) { return b.id == branch; });
}

// A branch that is not known: a backup from before it was made may have been restored. Its answers wait at
// the kiosk, those of other branches go on.
std::vector<store::hq::IngestResult> not_yet(const protocol::Batch& batch) {
  std::vector<store::hq::IngestResult> results;
  for (const outbox::Item& item : batch.items)
    results.push_back({item.id, store::hq::IngestStatus::retry, "no branch of that id"});
  return results;
}

// Judged on a worker, written by the one thread that commits, answered after its commit.
void take_in(Services& s, const http::Request& request, http::Reply reply) {
  auto kiosk = authenticated_kiosk(s, request);
  if (!kiosk) return reply(std::move(kiosk.error()));
  if (auto refused = wrong_type(request)) return reply(std::move(*refused));
  if (!is_signed(request, *kiosk)) {
    if (!s.bad_signatures.allows(kiosk->id))
      return reply(http::problem_retry(http::Problem::too_many_requests, "too many bad signatures", 60));
    return reply(http::problem(http::Problem::bad_signature));
  }
  auto batch = protocol::parse_batch(request.body);
  if (!batch) {
    bool other_version = batch.error().kind == base::ErrorKind::refused;
    return reply(
        http::problem(other_version ? http::Problem::protocol_version : http::Problem::malformed_request,
                      base::to_string(batch.error())));
  }
  // Whatever the store's trouble is, a kiosk that is told "later" keeps what it has.
  auto may_speak = may_speak_for(s, *kiosk, batch->branch);
  if (!may_speak) return reply(http::problem_retry(http::Problem::store_unavailable, "not stored", 30));
  base::Instant now = s.clock.now();
  if (!*may_speak) return reply(acknowledge(*batch, now, not_yet(*batch)));
  store::hq::IngestBatch work{kiosk->row, batch->branch, batch->epoch, base::coarsen(now, arrival_step),
                              std::move(batch->items)};
  batch->items.clear();
  // The reply is shared because a full queue hands nothing back.
  auto later = std::make_shared<http::Reply>(std::move(reply));
  bool taken = s.ingest.submit(std::move(work), [later, head = std::move(*batch), now](auto results) {
    (*later)(results ? acknowledge(head, now, *results)
                     : http::problem_retry(http::Problem::store_unavailable, "not stored", 30));
  });
  if (!taken) (*later)(http::problem_retry(http::Problem::busy, "too much waits to be stored", 5));
}

}  // namespace

void add_batch_routes(http::Router& router, Services& s) {
  router.add({"POST", "/api/v1/batches", std::string(auth::access::kiosk),
              [&s](http::Request request, http::Reply reply) {
                // Signature and parsing cost tenths of a millisecond: not on the threads that move bytes.
                auto job = std::make_shared<std::pair<http::Request, http::Reply>>(std::move(request),
                                                                                   std::move(reply));
                if (!s.workers.post([&s, job] { take_in(s, job->first, std::move(job->second)); }))
                  job->second(http::problem_retry(http::Problem::busy, "", 5));
              }});
}

}  // namespace halte::api
