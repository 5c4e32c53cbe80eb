// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "core/store/memory/kiosk_store.h"
#include "sync/client/enrolment.h"
#include "sync/protocol/protocol.h"
#include "tests/support/responses.h"
#include "tests/sync/client/fake_server.h"

using namespace halte;
using base::ErrorKind;

namespace {

constexpr const char* server_url = "https://hq.example.nl";

// Holds requests by their key, as the contract says; approves what it is told to.
struct NewServer final : net::HttpClient {
  std::optional<base::Result<net::HttpReply>> trouble;
  bool approves = false;
  base::Bytes nonce;  // of the last wait
  int given = 0;
  std::vector<protocol::EnrolmentAsk> asked;
  net::HttpClient* before = nullptr;  // the server that the kiosk has now
  std::vector<net::HttpRequest> requests;

  base::Result<net::HttpReply> send(const net::HttpRequest& request) override {
    if (before && !request.url.ends_with("/enrolment-requests")) return before->send(request);
    requests.push_back(request);
    if (trouble) return *trouble;
    auto ask = protocol::parse_enrolment_ask(request.body);
    REQUIRE(ask);
    auto signature = base::from_base64url(tests::header_of(request, protocol::signature_header));
    REQUIRE(signature);
    CHECK(base::verify(base::as_bytes(request.body), *signature, ask->public_key));
    asked.push_back(*ask);
    if (approves && ask->nonce == nonce && !nonce.empty()) return accept();
    nonce = base::Bytes(16, std::uint8_t(asked.size()));
    return tests::json_reply(202, protocol::to_json(protocol::EnrolmentWait{
                                      nonce, tests::noon(), 7, std::string(server_url) + "/enrol"}));
  }

 private:
  net::HttpReply accept() {
    ++given;
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
};

struct Box {
  base::SeededRandom random{3};
  base::ManualClock clock{tests::noon()};
  store::memory::KioskStore store{random};
  NewServer http;
  client::Asking asking;

  auto ask(const std::string& url = server_url) {
    return client::ask_approval({url, "halte 0.1.0"}, asking, store, store, http, clock, random);
  }
  client::Waiting waits() {
    auto asked = ask();
    REQUIRE(asked);
    REQUIRE(std::holds_alternative<client::Waiting>(*asked));
    return std::get<client::Waiting>(*asked);
  }
};

}  // namespace

TEST_CASE(
    "approval: a kiosk asks with a key of its own until somebody approves it, and is enrolled with that "
    "key") {
  Box box;
  const client::Waiting first = box.waits();
  CHECK(first.page == "https://hq.example.nl/enrol");
  CHECK(first.ask_again == std::chrono::seconds(7));
  CHECK(first.fingerprint == site::fingerprint_of(box.http.asked[0].public_key));
  CHECK(box.http.asked[0].nonce.empty());
  box.waits();
  CHECK(box.http.asked[1].nonce == base::Bytes(16, 1));
  CHECK_FALSE(box.store.enrolment()->has_value());
  box.http.approves = true;
  auto asked = box.ask();
  REQUIRE(asked);
  const auto& enrolled = std::get<client::Enrolled>(*asked).enrolment;
  CHECK(enrolled.kiosk_id == "k7");
  CHECK(enrolled.server_url == server_url);
  CHECK(enrolled.device_public_key == box.http.asked[0].public_key);
  CHECK(*box.store.enrolment() == enrolled);
  CHECK_FALSE(box.store.asking_key()->has_value());
}

TEST_CASE("approval: a program that starts again shows the same fingerprint and is approved under it") {
  Box box;
  const client::Waiting before = box.waits();
  box.asking = {};
  box.http.approves = true;
  CHECK(box.waits().fingerprint == before.fingerprint);  // it has no nonce yet
  CHECK(std::holds_alternative<client::Enrolled>(*box.ask()));
}

TEST_CASE("approval: no secret leaves the kiosk, and none goes by plain http to another machine") {
  Box box;
  box.waits();
  const auto keys = **box.store.asking_key();
  CHECK(box.http.requests[0].body.find(base::to_base64url(keys.secret_key)) == std::string::npos);
  CHECK(box.http.requests[0].method == "POST");
  CHECK(box.http.requests[0].url == "https://hq.example.nl/api/v1/enrolment-requests");
  CHECK(box.ask("http://hq.example.nl").error().kind == ErrorKind::refused);
  CHECK(box.ask("hq.example.nl").error().kind == ErrorKind::invalid);
  CHECK(box.http.requests.size() == 1);
}

TEST_CASE("approval: what a server asks its kiosk to sign is no other server's business") {
  Box box;
  box.waits();
  auto elsewhere = box.ask("https://elsewhere.example.nl");
  REQUIRE(elsewhere);
  CHECK(box.http.asked[1].nonce.empty());
}

TEST_CASE("approval: a failure says why, saves nothing, and the next question goes on from where it was") {
  Box box;
  box.waits();
  const auto kind_of = [&](base::Result<net::HttpReply> reply) {
    box.http.trouble = std::move(reply);
    auto asked = box.ask();
    REQUIRE(!asked);
    CHECK_FALSE(box.store.enrolment()->has_value());
    return asked.error().kind;
  };
  CHECK(kind_of(tests::problem(503, "busy")) == ErrorKind::unavailable);
  CHECK(kind_of(tests::problem(429, "too many")) == ErrorKind::unavailable);
  CHECK(kind_of(base::fail("hq.example.nl:443", "no route", "", ErrorKind::unavailable)) ==
        ErrorKind::unavailable);
  CHECK(kind_of(base::fail("hq.example.nl:443", "wrong certificate", "", ErrorKind::refused)) ==
        ErrorKind::refused);
  CHECK(kind_of(tests::problem(404, "no such call")) == ErrorKind::not_found);
  CHECK(kind_of(net::HttpReply{404, {{"Content-Type", "text/html"}}, "<html>"}) == ErrorKind::refused);
  CHECK(kind_of(net::HttpReply{200, {{"Content-Type", "text/html"}}, "<html>"}) == ErrorKind::refused);
  CHECK(kind_of(tests::json_reply(200, "{}")) == ErrorKind::refused);
  CHECK(kind_of(tests::json_reply(202, "{}")) == ErrorKind::invalid);
  box.http.trouble.reset();
  box.http.approves = true;
  CHECK(std::holds_alternative<client::Enrolled>(*box.ask()));
}

TEST_CASE("approval: what the old server refused for good keeps the kiosk its own, and nobody is asked") {
  Box box;
  tests::FakeServer old_server{box.clock};
  old_server.enrolment = tests::an_enrolment(box.random);
  old_server.enrolment.server_url = "https://old.example.nl";
  box.http.before = &old_server;
  REQUIRE(box.store.save_enrolment(old_server.enrolment));
  const auto answer = [&] {
    const response::Response response = tests::a_response(box.random);
    REQUIRE(box.store.close(response, {}));
    return response::to_hex(response.id);
  };
  answer();
  old_server.verdicts[answer()] = "hash";
  auto refused = box.ask();
  REQUIRE(!refused);
  CHECK(refused.error().kind == ErrorKind::conflict);
  CHECK(box.http.requests.empty());
  CHECK(old_server.rows.size() == 1);
  CHECK(box.store.enrolment()->value().kiosk_id == "k1");
}

TEST_CASE(
    "approval: what waits is delivered as the kiosk that this was, also what came while it was waited for") {
  Box box;
  tests::FakeServer old_server{box.clock};
  old_server.enrolment = tests::an_enrolment(box.random);
  old_server.enrolment.server_url = "https://old.example.nl";
  box.http.before = &old_server;
  REQUIRE(box.store.save_enrolment(old_server.enrolment));
  REQUIRE(box.store.close(tests::a_response(box.random), {}));
  box.waits();
  CHECK(old_server.rows.size() == 1);
  REQUIRE(box.store.close(tests::a_response(box.random), {}));
  box.http.approves = true;
  auto asked = box.ask();
  REQUIRE(asked);
  CHECK(std::get<client::Enrolled>(*asked).delivered_before == 1);
  CHECK(old_server.rows.size() == 2);
  CHECK(box.store.enrolment()->value().kiosk_id == "k7");
  CHECK(box.store.status()->captured == 0);
}
