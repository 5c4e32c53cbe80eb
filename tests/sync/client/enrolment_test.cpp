// SPDX-License-Identifier: Apache-2.0
#include "sync/client/enrolment.h"

#include <doctest/doctest.h>

#include "core/store/memory/kiosk_store.h"
#include "sync/client/server_url.h"
#include "sync/protocol/protocol.h"
#include "tests/support/responses.h"
#include "tests/sync/client/fake_server.h"

using namespace halte;
using base::ErrorKind;
using client::parse_server_url;

namespace {

// Answers every request with one reply, and keeps the last request.
struct OneAnswer final : net::HttpClient {
  base::Result<net::HttpReply> reply;
  std::vector<net::HttpRequest> requests;
  base::Result<net::HttpReply> send(const net::HttpRequest& request) override {
    requests.push_back(request);
    return reply;
  }
};

net::HttpReply good_reply() {
  protocol::EnrolmentReply reply;
  reply.kiosk_id = "k7";
  reply.token = "t0k3n";
  reply.sealing_key_id = "s1";
  reply.sealing_public_key = base::Bytes(32, 1);
  reply.signing_key_id = "c1";
  reply.signing_public_key = base::Bytes(32, 2);
  reply.receipt_key = base::Bytes(32, 3);
  reply.hq_time = tests::noon();
  return tests::json_reply(201, protocol::to_json(reply));
}

struct Desk {
  base::SeededRandom random{3};
  base::ManualClock clock{tests::noon()};
  store::memory::KioskStore store{random};
  OneAnswer http;

  base::Result<client::Enrolled> enrol(const std::string& url = "https://hq.example.nl/",
                                       const std::string& code = "abcd-efgh-jkmn-pqrs") {
    return client::enrol({url, code, "Entrance", "halte 0.1.0"}, store, store, http, clock, random);
  }
  ErrorKind failure() {
    auto enrolled = enrol();
    REQUIRE(!enrolled);
    CHECK(!store.enrolment()->has_value());
    return enrolled.error().kind;
  }
};

// Enrolled as k1 and working; the code that it gets now is one of k7.
struct MovedKiosk {
  base::SeededRandom random{3};
  base::ManualClock clock{tests::noon()};
  store::memory::KioskStore store{random};
  tests::FakeServer old_server{clock};
  struct Desk final : net::HttpClient {
    tests::FakeServer& server;
    explicit Desk(tests::FakeServer& s) : server(s) {}
    int codes = 0;
    base::Result<net::HttpReply> send(const net::HttpRequest& request) override {
      if (!request.url.ends_with("/enrolments")) return server.send(request);
      ++codes;
      return good_reply();
    }
  } http{old_server};
  response::Id last{};  // answer

  MovedKiosk() {
    old_server.enrolment = tests::an_enrolment(random);
    REQUIRE(store.save_enrolment(old_server.enrolment));
  }
  void answer() {
    const response::Response response = tests::a_response(random);
    last = response.id;
    REQUIRE(store.close(response, {}));
  }
  base::Result<client::Enrolled> enrol() {
    return client::enrol({"https://elsewhere.example.nl", "abcd-efgh-jkmn-pqrs", "", "halte 0.1.0"}, store,
                         store, http, clock, random);
  }
};

}  // namespace

TEST_CASE("enrolment: the identity is saved with keys that the kiosk made itself") {
  Desk desk;
  desk.http.reply = good_reply();
  auto enrolled = desk.enrol();
  REQUIRE(enrolled);
  CHECK(enrolled->enrolment.server_url == "https://hq.example.nl");
  CHECK(enrolled->enrolment.kiosk_id == "k7");
  CHECK(enrolled->enrolment.token == "t0k3n");
  CHECK(enrolled->enrolment.sealing_key_id == "s1");
  CHECK(enrolled->enrolment.sealing_public_key == base::Bytes(32, 1));
  CHECK(enrolled->enrolment.signing_key_id == "c1");
  CHECK(enrolled->enrolment.signing_public_key == base::Bytes(32, 2));
  CHECK(enrolled->enrolment.receipt_key == base::Bytes(32, 3));
  CHECK(*desk.store.enrolment() == enrolled->enrolment);

  REQUIRE(desk.http.requests.size() == 1);
  CHECK(desk.http.requests[0].method == "POST");
  CHECK(desk.http.requests[0].url == "https://hq.example.nl/api/v1/enrolments");
  auto sent = protocol::parse_enrolment_request(desk.http.requests[0].body);
  REQUIRE(sent);
  CHECK(sent->code == "ABCDEFGHJKMNPQRS");
  CHECK(sent->name == "Entrance");
  CHECK(sent->public_key == enrolled->enrolment.device_public_key);
  base::Bytes signature = base::sign(base::as_bytes("x"), enrolled->enrolment.device_secret_key);
  CHECK(base::verify(base::as_bytes("x"), signature, sent->public_key));
  CHECK(desk.http.requests[0].body.find(base::to_base64url(enrolled->enrolment.device_secret_key)) ==
        std::string::npos);
}

TEST_CASE("enrolment: a second one makes new keys and leaves the outbox as it is") {
  Desk desk;
  desk.http.reply = good_reply();
  auto first = desk.enrol();
  REQUIRE(desk.store.close(tests::a_response(desk.random), {}));
  auto second = desk.enrol();
  REQUIRE(second);
  CHECK(first->enrolment.device_public_key != second->enrolment.device_public_key);
  CHECK(desk.store.status()->pending == 1);
}

TEST_CASE("enrolment: a failure says why and saves nothing") {
  Desk desk;
  desk.http.reply = tests::problem(403, "no");
  CHECK(desk.failure() == ErrorKind::refused);
  desk.http.reply = tests::problem(503, "busy");
  CHECK(desk.failure() == ErrorKind::unavailable);
  desk.http.reply = base::fail("hq.example.nl:443", "no route", "", ErrorKind::unavailable);
  CHECK(desk.failure() == ErrorKind::unavailable);
  desk.http.reply = base::fail("hq.example.nl:443", "wrong certificate", "", ErrorKind::refused);
  CHECK(desk.failure() == ErrorKind::refused);
  desk.http.reply = net::HttpReply{200, {{"Content-Type", "text/html"}}, "<html>"};
  CHECK(desk.failure() == ErrorKind::refused);
  desk.http.reply = tests::json_reply(200, good_reply().body);
  CHECK(desk.failure() == ErrorKind::refused);
  desk.http.reply = tests::json_reply(201, R"({"kiosk_id":"k7"})");
  CHECK(desk.failure() == ErrorKind::invalid);
}

TEST_CASE("enrolment: a code that is none and an address off this machine without TLS send nothing") {
  Desk desk;
  desk.http.reply = good_reply();
  CHECK(desk.enrol("https://hq.example.nl", "abcd").error().kind == ErrorKind::invalid);
  CHECK(desk.enrol("https://hq.example.nl", "").error().kind == ErrorKind::invalid);
  CHECK(desk.enrol("http://hq.example.nl").error().kind == ErrorKind::refused);
  CHECK(desk.http.requests.empty());
  CHECK(desk.enrol("http://127.0.0.1:8080").has_value());
}

TEST_CASE(
    "enrolment: as another kiosk, what waits is delivered as the old one first, and numbers begin anew") {
  MovedKiosk moved;
  for (int i = 0; i < 250; ++i) moved.answer();
  const std::string before = *moved.store.epoch();
  auto enrolled = moved.enrol();
  REQUIRE(enrolled);
  CHECK(enrolled->delivered_before == 250);
  CHECK(moved.old_server.rows.size() == 250);  // it takes them by the old token and the old key alone
  CHECK(moved.store.enrolment()->value().kiosk_id == "k7");
  CHECK(*moved.store.epoch() != before);
  CHECK(moved.store.status()->captured == 0);
}

TEST_CASE("enrolment: as another kiosk, what cannot be delivered as the old one keeps it that one") {
  MovedKiosk moved;
  moved.answer();
  moved.old_server.revoked = true;
  const std::string before = *moved.store.epoch();
  auto refused = moved.enrol();
  REQUIRE(!refused);
  CHECK(refused.error().kind == ErrorKind::conflict);
  CHECK(moved.store.enrolment()->value().kiosk_id == "k1");
  CHECK(*moved.store.epoch() == before);
  CHECK(moved.store.status()->pending == 1);
}

TEST_CASE("enrolment: what the old server refused for good keeps the kiosk its own, and costs no code") {
  MovedKiosk moved;
  for (int i = 0; i < 3; ++i) moved.answer();
  moved.old_server.verdicts[response::to_hex(moved.last)] = "hash";
  auto refused = moved.enrol();
  REQUIRE(!refused);
  CHECK(refused.error().kind == ErrorKind::conflict);
  CHECK(moved.http.codes == 0);
  CHECK(moved.old_server.rows.size() == 2);
  CHECK(moved.store.status()->parked == 1);
  CHECK(moved.store.enrolment()->value().kiosk_id == "k1");
}

TEST_CASE("server address: https anywhere, http on this machine only") {
  CHECK(parse_server_url("https://hq.example.nl") == "https://hq.example.nl");
  CHECK(parse_server_url("https://hq.example.nl/") == "https://hq.example.nl");
  CHECK(parse_server_url("https://hq.example.nl:8443") == "https://hq.example.nl:8443");
  CHECK(parse_server_url("https://[2001:db8::1]:8443") == "https://[2001:db8::1]:8443");
  for (const char* local : {"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"})
    CHECK(parse_server_url(local) == local);
  for (const char* elsewhere :
       {"http://hq.example.nl", "http://127.0.0.1.example.nl", "http://localhost.example.nl",
        "http://128.0.0.1", "http://[2001:db8::1]", "http://1270.0.1"}) {
    CAPTURE(elsewhere);
    auto parsed = parse_server_url(elsewhere);
    REQUIRE(!parsed);
    CHECK(parsed.error().kind == ErrorKind::refused);
  }
}

TEST_CASE("server address: nothing may hide in it") {
  for (const char* text : {"",
                           "hq.example.nl",
                           "ftp://hq.example.nl",
                           "https://",
                           "https:///",
                           "https://:443",
                           "https://user@hq.example.nl",
                           "http://127.0.0.1@evil.example",
                           "http://localhost:80@evil.example",
                           "http://localhost\\@evil.example",
                           "https://hq.example.nl/path",
                           "https://hq.example.nl?x",
                           "https://hq.example.nl#x",
                           "https://hq.example.nl:",
                           "https://hq.example.nl:123456",
                           "https://hq.example.nl:8a",
                           "https://[::1",
                           "https://[]",
                           "https://hq example.nl",
                           "https://hq.example.nl\r\nHost: evil",
                           "HTTPS://hq.example.nl"}) {
    CAPTURE(text);
    auto parsed = parse_server_url(text);
    REQUIRE(!parsed);
    CHECK(parsed.error().kind == ErrorKind::invalid);
  }
}
