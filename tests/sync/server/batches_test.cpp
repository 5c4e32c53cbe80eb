// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

using protocol::ItemStatus;

// The body with other bytes than what was signed.
net::HttpRequest forged(Kiosk& kiosk, const std::string& body) {
  net::HttpRequest request = kiosk.request("POST", "/api/v1/batches", body);
  request.body += " ";
  return request;
}

protocol::ItemResult only(const std::vector<protocol::ItemResult>& results) {
  REQUIRE(results.size() == 1);
  return results.front();
}

outbox::Item item(outbox::ItemType type, const response::Id& id, std::uint64_t seq, std::string body = "") {
  auto hash = body.empty() ? base::Bytes{} : base::sha256(base::as_bytes(body));
  return {seq, type, id, hash, std::move(body)};
}

}  // namespace

TEST_CASE("batch: stored, then a duplicate, and counted once") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto batch = kiosk.batch({a_response(hq.random), a_response(hq.random)});
  for (const auto& result : kiosk.deliver(batch)) CHECK(result.status == ItemStatus::stored);
  for (const auto& result : kiosk.deliver(batch)) CHECK(result.status == ItemStatus::duplicate);
  CHECK(hq.stored() == 2);
}

TEST_CASE("batch: the answer carries the batch's nonce and the server's time") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto batch = kiosk.batch({a_response(hq.random)});
  Reply reply = kiosk.send(batch);
  CHECK(reply.raw.header("Content-Type").value_or("") == "application/json");
  CHECK(reply.json()["nonce"] == batch.nonce);
  CHECK(reply.json()["hq_time"] == "2026-11-21T12:00:00Z");
}

TEST_CASE("batch: the same id with another body is a conflict, and the first one stays") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto r = a_response(hq.random);
  kiosk.store({r});
  r.answers["nps"] = 0;
  auto result = only(kiosk.deliver(kiosk.batch({r})));
  CHECK(result.status == ItemStatus::rejected);
  CHECK(result.reason == "conflict");
  CHECK(hq.stored() == 1);
}

TEST_CASE("batch: two kiosks may use the same id") {
  Headquarters hq;
  Kiosk utrecht = hq.kiosk(), breda = hq.kiosk("breda-1");
  auto r = a_response(hq.random);
  utrecht.store({r});
  r.branch = "breda";
  breda.store({r}, "breda");
  CHECK(hq.stored() == 2);
}

TEST_CASE("batch: an item whose bytes changed on the way is rejected, the rest is stored") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto batch = kiosk.batch({a_response(hq.random), a_response(hq.random)});
  batch.items[0].body.insert(batch.items[0].body.size() - 1, " ");
  auto results = kiosk.deliver(batch);
  CHECK(results[0].status == ItemStatus::rejected);
  CHECK(results[0].reason == "hash");
  CHECK(results[1].status == ItemStatus::stored);
  CHECK(hq.stored() == 1);
}

TEST_CASE("batch: an erased response does not come back, and an erasure before its response wins") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto gone = a_response(hq.random), late = a_response(hq.random);
  auto first = kiosk.batch({gone});
  kiosk.deliver(first);
  auto erasures = kiosk.batch({});
  erasures.items = {item(outbox::ItemType::erasure, gone.id, 10),
                    item(outbox::ItemType::erasure, late.id, 11)};
  kiosk.deliver(erasures);
  CHECK(hq.stored() == 0);
  for (const auto& batch : {first, kiosk.batch({late})}) {
    auto result = only(kiosk.deliver(batch));
    CHECK(result.status == ItemStatus::rejected);
    CHECK(result.reason == "erased");
  }
  CHECK(hq.stored() == 0);
}

TEST_CASE("batch: a withdrawal that comes before its response still drops the contact") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  std::string code = consent::make_receipt_code(hq.random);
  auto r = a_response(hq.random);
  r.consents = {a_consent("contact", response::ConsentState::given)};
  r.contact = response::SealedContact{kiosk.enrolled.sealing_key_id,
                                      base::seal(base::as_bytes("06"), kiosk.enrolled.sealing_public_key)};
  r.receipt_hash = *consent::receipt_hash(code, kiosk.enrolled.receipt_key);
  auto withdrawal = kiosk.batch({});
  withdrawal.items = {item(outbox::ItemType::withdrawal, r.id, 20, "{\"purpose\":\"contact\"}")};
  CHECK(only(kiosk.deliver(withdrawal)).status == ItemStatus::stored);
  kiosk.store({r});
  auto found = hq.store->find_by_receipt(*r.receipt_hash);
  REQUIRE(found);
  REQUIRE(found->response);
  CHECK_FALSE(found->response->contact);
  CHECK(found->response->consents[0].state == response::ConsentState::withdrawn);
}

TEST_CASE("batch: a response of another branch than its batch is rejected") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto r = a_response(hq.random);
  r.branch = "breda";
  CHECK(only(kiosk.deliver(kiosk.batch({r}))).status == ItemStatus::rejected);
  CHECK(hq.stored() == 0);
}

TEST_CASE("batch: a kiosk that moved still delivers what it gathered before") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto r = a_response(hq.random);
  r.branch = "breda";
  kiosk.store({r}, "breda");
  CHECK(hq.stored() == 1);
}

TEST_CASE("batch: a response of an unknown survey version is stored") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto r = a_response(hq.random);
  r.survey_version = 99;
  kiosk.store({r});
  CHECK(hq.stored() == 1);
}

TEST_CASE("batch: without a token 401, whatever the signature") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  net::HttpRequest request =
      kiosk.request("POST", "/api/v1/batches", protocol::to_json(kiosk.batch({a_response(hq.random)})));
  std::erase_if(request.headers, [](const auto& field) { return field.first == "Authorization"; });
  Reply reply = Wire().send(request);
  CHECK(reply.status == 401);
  CHECK(reply.problem() == 201);
  request.headers.emplace_back("Authorization", "Bearer " + base::to_base64url(hq.random.bytes(32)));
  CHECK(Wire().send(request).problem() == 201);
  CHECK(hq.stored() == 0);
}

TEST_CASE("batch: a leaked token alone stores nothing, and after 20 bad signatures a minute it waits") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  std::string body = protocol::to_json(kiosk.batch({a_response(hq.random)}));
  net::HttpRequest unsigned_one = kiosk.request("POST", "/api/v1/batches", body);
  std::erase_if(unsigned_one.headers, [](const auto& f) { return f.first == protocol::signature_header; });
  Reply reply = Wire().send(unsigned_one);
  CHECK(reply.status == 401);
  CHECK(reply.problem() == 206);
  for (int i = 1; i < 20; ++i) CHECK(Wire().send(forged(kiosk, body)).problem() == 206);
  Reply flood = Wire().send(forged(kiosk, body));
  CHECK(flood.status == 429);
  CHECK(flood.raw.header("Retry-After"));
  CHECK(hq.stored() == 0);
  // The kiosk itself is not locked out by whoever has its token.
  kiosk.store({a_response(hq.random)});
  hq.clock.advance(std::chrono::minutes(1));
  CHECK(Wire().send(forged(kiosk, body)).status == 401);
}

TEST_CASE("batch: the signature of one kiosk does not count for another") {
  Headquarters hq;
  Kiosk utrecht = hq.kiosk(), breda = hq.kiosk("breda-1");
  std::string body = protocol::to_json(utrecht.batch({a_response(hq.random)}));
  net::HttpRequest request = utrecht.request("POST", "/api/v1/batches", body);
  for (auto& [name, value] : request.headers)
    if (name == "Authorization") value = "Bearer " + breda.enrolled.token;
  CHECK(Wire().send(request).problem() == 206);
}

TEST_CASE("batch: what is no batch is 400 with a problem document") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  for (const char* body :
       {"", "{}", "[]", "{\"protocol\": 1}", "{\"protocol\": 1, \"nonce\": 5}", "\xff\xfe"}) {
    Reply reply = kiosk.send("POST", "/api/v1/batches", body);
    CHECK_MESSAGE(reply.status == 400, body);
    CHECK_MESSAGE(reply.problem() == 101, body);
  }
}

TEST_CASE("batch: a protocol that is not served is 426, the next one is served") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto batch = kiosk.batch({a_response(hq.random)});
  batch.protocol = 9;
  Reply reply = kiosk.send(batch);
  CHECK(reply.status == 426);
  CHECK(reply.problem() == 404);
  batch.protocol = 2;
  CHECK(kiosk.send(batch).json()["protocol"] == 2);
  CHECK(hq.stored() == 1);
}

TEST_CASE("batch: answers of a branch that there is not wait at the kiosk") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto r = a_response(hq.random);
  r.branch = "atlantis";
  Reply reply = kiosk.send(kiosk.batch({r}, "atlantis"));
  CHECK(reply.status == 200);
  CHECK(reply.json()["results"][0]["status"] == "retry");
  CHECK(hq.stored() == 0);
}

TEST_CASE("batch: a store that does not answer is 503, so that the kiosk keeps what it has") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  SQLite::Database(hq.folder / "hq.db", SQLite::OPEN_READWRITE).exec("DROP TABLE branch");
  auto r = a_response(hq.random);
  r.branch = "breda";
  Reply reply = kiosk.send(kiosk.batch({r}, "breda"));
  CHECK(reply.status == 503);
  CHECK(reply.problem() == 602);
  CHECK(reply.raw.header("Retry-After"));
}

}  // namespace halte::tests
