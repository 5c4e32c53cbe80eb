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

  base::Result<site::Enrolment> enrol(const std::string& url = "https://hq.example.nl/",
                                      const std::string& code = "abcd-efgh-jkmn-pqrs") {
    return client::enrol({url, code, "Entrance", "halte 0.1.0"}, store, http, clock, random);
  }
  ErrorKind failure() {
    auto enrolled = enrol();
    REQUIRE(!enrolled);
    CHECK(!store.enrolment()->has_value());
    return enrolled.error().kind;
  }
};

}  // namespace

TEST_CASE("enrolment: the identity is saved with keys that the kiosk made itself") {
  Desk desk;
  desk.http.reply = good_reply();
  auto enrolled = desk.enrol();
  REQUIRE(enrolled);
  CHECK(enrolled->server_url == "https://hq.example.nl");
  CHECK(enrolled->kiosk_id == "k7");
  CHECK(enrolled->token == "t0k3n");
  CHECK(enrolled->sealing_key_id == "s1");
  CHECK(enrolled->sealing_public_key == base::Bytes(32, 1));
  CHECK(enrolled->signing_key_id == "c1");
  CHECK(enrolled->signing_public_key == base::Bytes(32, 2));
  CHECK(enrolled->receipt_key == base::Bytes(32, 3));
  CHECK(*desk.store.enrolment() == *enrolled);

  REQUIRE(desk.http.requests.size() == 1);
  CHECK(desk.http.requests[0].method == "POST");
  CHECK(desk.http.requests[0].url == "https://hq.example.nl/api/v1/enrolments");
  auto sent = protocol::parse_enrolment_request(desk.http.requests[0].body);
  REQUIRE(sent);
  CHECK(sent->code == "ABCDEFGHJKMNPQRS");
  CHECK(sent->name == "Entrance");
  CHECK(sent->public_key == enrolled->device_public_key);
  base::Bytes signature = base::sign(base::as_bytes("x"), enrolled->device_secret_key);
  CHECK(base::verify(base::as_bytes("x"), signature, sent->public_key));
  CHECK(desk.http.requests[0].body.find(base::to_base64url(enrolled->device_secret_key)) ==
        std::string::npos);
}

TEST_CASE("enrolment: a second one makes new keys and leaves the outbox as it is") {
  Desk desk;
  desk.http.reply = good_reply();
  auto first = desk.enrol();
  REQUIRE(desk.store.close(tests::a_response(desk.random), {}));
  auto second = desk.enrol();
  REQUIRE(second);
  CHECK(first->device_public_key != second->device_public_key);
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
