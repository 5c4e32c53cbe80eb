// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/store/memory/kiosk_store.h"
#include "sync/client/uploader.h"
#include "tests/support/responses.h"
#include "tests/sync/client/fake_server.h"

using namespace halte;
using namespace std::chrono_literals;
using client::SyncState;
using client::UploadReport;
namespace fault = tests::fault;

namespace {

// A kiosk with its store and uploader, and the server that knows it.
struct Shop {
  base::SeededRandom random{11};
  base::ManualClock clock{tests::noon()};
  store::memory::KioskStore store{random};
  tests::FakeServer server{clock};
  client::Uploader uploader{store, server, clock, random};
  site::Enrolment enrolment = tests::an_enrolment(random);

  Shop() { server.enrolment = enrolment; }

  std::string answer(base::Json answers = {{"nps", 9}}) {
    auto response = tests::a_response(random);
    response.answers = std::move(answers);
    REQUIRE(store.close(response, {}));
    return response::to_hex(response.id);
  }
  UploadReport cycle() {
    auto report = uploader.cycle(enrolment, "e1", true);
    REQUIRE(report);
    return *report;
  }
  outbox::Status outbox() { return *store.status(); }
};

}  // namespace

TEST_CASE("uploader: a batch goes signed, with the token, and what was stored leaves the outbox") {
  Shop shop;
  std::string id = shop.answer();
  UploadReport report = shop.cycle();
  CHECK(report.delivered == 1);
  CHECK(!report.trouble);
  CHECK(shop.outbox().pending == 0);
  CHECK(shop.outbox().acknowledged == 1);
  CHECK(shop.server.rows.contains(id));
  REQUIRE(shop.server.requests.size() == 1);
  const net::HttpRequest& request = shop.server.requests[0];
  CHECK(request.method == "POST");
  CHECK(request.url == "https://hq.example.nl/api/v1/batches");
  CHECK(tests::header_of(request, "Content-Type") == "application/json");
  auto batch = protocol::parse_batch(request.body);
  REQUIRE(batch);
  CHECK(batch->epoch == "e1");
  CHECK(batch->branch == "utrecht");
  CHECK(batch->clock_synced);
  CHECK(batch->sent_at == tests::noon());
}

TEST_CASE("uploader: with nothing due nothing is sent") {
  Shop shop;
  UploadReport report = shop.cycle();
  CHECK(report.claimed == 0);
  CHECK(shop.server.requests.empty());
}

TEST_CASE("uploader: every request has a nonce of its own") {
  Shop shop;
  shop.server.script = {fault::no_route()};
  shop.answer();
  shop.cycle();
  shop.cycle();
  REQUIRE(shop.server.requests.size() == 2);
  CHECK(protocol::parse_batch(shop.server.requests[0].body)->nonce !=
        protocol::parse_batch(shop.server.requests[1].body)->nonce);
}

TEST_CASE("uploader: 250 answers go in batches of at most 100") {
  Shop shop;
  for (int i = 0; i < 250; ++i) shop.answer();
  CHECK(shop.cycle().delivered == 100);
  CHECK(shop.cycle().delivered == 100);
  CHECK(shop.cycle().delivered == 50);
  CHECK(shop.server.rows.size() == 250);
}

TEST_CASE("uploader: a lost acknowledgement makes a duplicate and loses nothing") {
  Shop shop;
  std::string id = shop.answer();
  shop.server.script = {fault::lost_acknowledgement()};
  CHECK(shop.cycle().trouble->state == SyncState::offline);
  CHECK(shop.outbox().pending == 1);
  CHECK(shop.cycle().delivered == 1);
  CHECK(shop.outbox().pending == 0);
  CHECK(shop.server.stores[id] == 1);
}

TEST_CASE("uploader: nothing but an acknowledgement counts as one") {
  struct Case {
    const char* name;
    tests::FakeServer::Fault fault;
  };
  const std::vector<Case> cases{{"no route", fault::no_route()},
                                {"cut body", fault::cut_body()},
                                {"portal's HTML", fault::portal()},
                                {"portal's JSON", fault::portal_json()},
                                {"redirect", fault::redirect()},
                                {"another nonce", fault::wrong_nonce()},
                                {"another protocol", fault::wrong_protocol()},
                                {"a result is missing", fault::missing_result()},
                                {"an unknown status", fault::unknown_status()},
                                {"empty 200", fault::answer({200, {}, ""})},
                                {"201", fault::answer(tests::json_reply(201, "{}"))},
                                {"304", fault::answer({304, {}, ""})},
                                {"404", fault::answer(tests::problem(404, "gone"))},
                                {"a proxy's 400", fault::answer({400, {}, "Bad Request"})}};
  for (const Case& c : cases) {
    CAPTURE(c.name);
    Shop shop;
    for (int i = 0; i < 3; ++i) shop.answer();
    shop.server.script = {c.fault};
    UploadReport report = shop.cycle();
    REQUIRE(report.trouble);
    CHECK(report.trouble->state == SyncState::offline);
    CHECK(!report.trouble->reason.empty());
    CHECK(report.delivered == 0);
    CHECK(shop.outbox().pending == 3);
    CHECK(shop.outbox().parked == 0);
    CHECK(shop.cycle().delivered == 3);  // due again at once: the schedule is the worker's
    for (const auto& [id, times] : shop.server.stores) CHECK(times == 1);
  }
}

TEST_CASE("uploader: a server that has no time is left alone as long as it asks") {
  for (int status : {408, 429, 500, 502, 503, 504}) {
    CAPTURE(status);
    Shop shop;
    shop.answer();
    shop.server.script = {fault::answer(tests::problem(status, "busy", {{"Retry-After", "120"}}))};
    UploadReport report = shop.cycle();
    REQUIRE(report.trouble);
    CHECK(report.trouble->state == SyncState::busy);
    CHECK(report.trouble->retry_after == base::Millis{120'000});
    CHECK(shop.outbox().pending == 1);
  }
}

TEST_CASE("uploader: 401 and 403 keep every answer and ask for an enrolment") {
  for (int status : {401, 403}) {
    Shop shop;
    shop.answer();
    shop.server.script = {fault::answer(tests::problem(status, "no"))};
    CHECK(shop.cycle().trouble->state == SyncState::must_enrol);
    CHECK(shop.outbox().pending == 1);
  }
}

TEST_CASE("uploader: 426 keeps every answer and says that the versions differ") {
  Shop shop;
  shop.answer();
  shop.server.script = {fault::answer({426, {}, ""})};
  UploadReport report = shop.cycle();
  CHECK(report.trouble->state == SyncState::refused);
  CHECK(report.trouble->reason.find("another protocol version") != std::string::npos);
  CHECK(shop.outbox().pending == 1);
}

TEST_CASE("uploader: a wrong certificate is refused, not offline") {
  Shop shop;
  shop.answer();
  shop.server.script = {[](auto&, const auto&) -> tests::FakeServer::Reply {
    return base::fail("hq.example.nl:443", "certificate is not trusted", "connecting",
                      base::ErrorKind::refused);
  }};
  CHECK(shop.cycle().trouble->state == SyncState::refused);
  CHECK(shop.outbox().pending == 1);
}

TEST_CASE("uploader: 413 halves the batch until it fits") {
  Shop shop;
  for (int i = 0; i < 100; ++i) shop.answer();
  shop.server.largest_batch = 1;
  UploadReport report = shop.cycle();
  CHECK(report.delivered == 100);
  CHECK(report.parked == 0);
  CHECK(report.requests == 199);
  CHECK(shop.server.rows.size() == 100);
}

TEST_CASE("uploader: one item that is too large for the server is parked by its word, put off by a proxy's") {
  Shop shop;
  shop.answer();
  shop.server.script = {fault::answer({413, {}, "<html>"})};
  UploadReport report = shop.cycle();
  CHECK(report.deferred == 1);
  CHECK(shop.outbox().parked == 0);
  shop.clock.advance(60s);
  shop.server.script = {fault::answer(tests::problem(413, "over 1 MiB"))};
  report = shop.cycle();
  CHECK(report.parked == 1);
  CHECK(shop.store.parked()->front().reason == "refused: HTTP 413: over 1 MiB");
}

TEST_CASE("uploader: one poisoned answer of 100 is parked, 99 are delivered in the same cycle") {
  for (int bad : {0, 37, 99}) {
    CAPTURE(bad);
    Shop shop;
    std::vector<std::string> ids;
    for (int i = 0; i < 100; ++i) ids.push_back(shop.answer());
    shop.server.poison = {ids[std::size_t(bad)]};
    UploadReport report = shop.cycle();
    CHECK(report.delivered == 99);
    CHECK(report.parked == 1);
    CHECK(!report.trouble);
    CHECK(report.requests <= 15);  // 1 + 2 per halving
    REQUIRE(shop.store.parked()->size() == 1);
    CHECK(response::to_hex(shop.store.parked()->front().id) == ids[std::size_t(bad)]);
    CHECK(shop.outbox().pending == 0);
  }
}

TEST_CASE("uploader: trouble amid halving keeps what was delivered and frees the rest") {
  Shop shop;
  for (int i = 0; i < 8; ++i) shop.answer();
  shop.server.largest_batch = 2;
  auto honest = [](tests::FakeServer& server, const net::HttpRequest& request) {
    return server.honest(request);
  };
  shop.server.script = {honest, honest, honest, fault::no_route()};  // 8, 4, 2 stored, then gone
  UploadReport report = shop.cycle();
  CHECK(report.delivered == 2);
  REQUIRE(report.trouble);
  CHECK(shop.outbox().pending == 6);
  CHECK(shop.cycle().delivered == 6);
}

TEST_CASE("uploader: one rejected item is parked with its reason, the rest goes on") {
  Shop shop;
  std::string first = shop.answer(), second = shop.answer(), third = shop.answer();
  shop.server.verdicts[second] = "conflict";
  UploadReport report = shop.cycle();
  CHECK(report.delivered == 2);
  CHECK(report.parked == 1);
  REQUIRE(shop.store.parked()->size() == 1);
  CHECK(shop.store.parked()->front().reason == "rejected: conflict");
  CHECK(shop.server.rows.contains(first));
  CHECK(shop.server.rows.contains(third));
}

TEST_CASE("uploader: rejected as erased is a delivery, since it wipes the answer here too") {
  Shop shop;
  shop.server.erased = {shop.answer()};
  CHECK(shop.cycle().delivered == 1);
  CHECK(shop.outbox().pending == 0);
  CHECK(shop.outbox().parked == 0);
  CHECK(shop.server.rows.empty());
}

TEST_CASE("uploader: what the server wants once more waits by itself, the rest is delivered") {
  Shop shop;
  std::string id = shop.answer();
  shop.answer();
  shop.server.verdicts[id] = "retry";
  UploadReport report = shop.cycle();
  CHECK(report.delivered == 1);
  CHECK(report.deferred == 1);
  CHECK(!report.trouble);
  CHECK(shop.cycle().claimed == 0);
  shop.server.verdicts.clear();
  shop.clock.advance(60s);
  CHECK(shop.cycle().delivered == 1);
}

TEST_CASE("uploader: erased before it was sent, only the tombstone leaves the kiosk") {
  Shop shop;
  auto response = tests::a_response(shop.random);
  response.answers["comment"] = "canary-4711";
  response.receipt_hash = base::Bytes(32, 9);
  REQUIRE(shop.store.close(response, {}));
  REQUIRE(shop.store.erase_by_receipt(*response.receipt_hash, shop.clock.now()));
  CHECK(shop.cycle().delivered == 1);
  for (const auto& request : shop.server.requests)
    CHECK(request.body.find("canary-4711") == std::string::npos);
  CHECK(shop.server.erased.contains(response::to_hex(response.id)));
}

TEST_CASE("uploader: an erasure that arrives while the answer is on its way follows it and wins") {
  Shop shop;
  auto response = tests::a_response(shop.random);
  response.receipt_hash = base::Bytes(32, 9);
  REQUIRE(shop.store.close(response, {}));
  shop.server.script = {[&](tests::FakeServer& server, const net::HttpRequest& request) {
    auto reply = server.honest(request);
    REQUIRE(shop.store.erase_by_receipt(*response.receipt_hash, shop.clock.now()));
    return reply;
  }};
  shop.cycle();
  CHECK(shop.server.rows.size() == 1);
  CHECK(shop.outbox().pending == 1);
  CHECK(shop.cycle().delivered == 1);
  CHECK(shop.server.rows.empty());
  CHECK(shop.outbox().pending == 0);
}

TEST_CASE("uploader: contact details leave only beside a consent for them") {
  Shop shop;
  auto response = tests::a_response(shop.random);
  response.contact = response::SealedContact{"s1", base::Bytes(80, 1)};
  response.consents = {tests::a_consent("contact", response::ConsentState::refused)};
  REQUIRE(shop.store.close(response, {}));
  std::string other = shop.answer();
  UploadReport report = shop.cycle();
  CHECK(report.parked == 1);
  CHECK(report.delivered == 1);
  CHECK(shop.server.rows.contains(other));
  CHECK(!shop.server.rows.contains(response::to_hex(response.id)));
  CHECK(shop.store.parked()->front().reason == "contact details without consent");

  auto willing = tests::a_response(shop.random);
  willing.contact = response.contact;
  willing.consents = {tests::a_consent("contact", response::ConsentState::given)};
  REQUIRE(shop.store.close(willing, {}));
  CHECK(shop.cycle().delivered == 1);
}

TEST_CASE("uploader: an enrolment with a damaged key sends nothing and throws nothing") {
  Shop shop;
  shop.answer();
  shop.enrolment.device_secret_key.resize(3);
  CHECK(shop.cycle().trouble->state == SyncState::must_enrol);
  CHECK(shop.server.requests.empty());
  CHECK(shop.outbox().pending == 1);
}
