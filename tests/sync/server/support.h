// SPDX-License-Identifier: Apache-2.0
#pragma once

// Headquarters in the test's own process, and those who talk to it: browsers and kiosks, over real HTTP.

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/consent/receipt.h"
#include "sync/net/curl_http_client.h"
#include "sync/protocol/protocol.h"
#include "sync/server/auth/sessions.h"
#include "sync/server/hq_server.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"

namespace halte::tests {

using base::Json;

template <class Value>
Value must(base::Result<Value> result) {
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : base::to_string(result.error())));
  return std::move(*result);
}

struct Reply {
  int status = 0;
  std::string body;
  net::HttpReply raw;

  Json json() const {
    auto parsed = base::parse_json(body, "an answer");
    return parsed ? *parsed : Json(nullptr);
  }
  // The number of the problem table; 0 for what is no problem document.
  int problem() const {
    if (raw.header("Content-Type").value_or("") != "application/problem+json") return 0;
    std::string type = json().value("type", "");
    return std::atoi(type.substr(type.rfind('/') + 1).c_str());
  }
  std::string detail() const { return json().value("detail", ""); }
};

class Wire {
 public:
  Reply send(net::HttpRequest request) {
    auto reply = http_->send(request);
    REQUIRE_MESSAGE(reply.has_value(), (reply ? "" : base::to_string(reply.error())));
    return {reply->status, reply->body, *reply};
  }

 private:
  std::unique_ptr<net::CurlHttpClient> http_ = std::move(*net::CurlHttpClient::create({}));
};

// Somebody with a browser: keeps the session's cookie and its token, as the pages do.
class Browser {
 public:
  explicit Browser(std::string server) : server_(std::move(server)) {}
  Browser(std::string server, std::string cookie, std::string csrf)
      : server_(std::move(server)), cookie_(std::move(cookie)), csrf_(std::move(csrf)) {}

  Reply call(const std::string& method, const std::string& path, const Json& body = nullptr,
             const net::Headers& extra = {}) {
    net::HttpRequest request{method, server_ + path, extra, body.is_null() ? "" : base::to_text(body)};
    request.headers.emplace_back("Content-Type", "application/json");
    return send(std::move(request));
  }
  Reply send(net::HttpRequest request) {
    if (!cookie_.empty()) request.headers.emplace_back("Cookie", cookie_);
    if (!csrf_.empty()) request.headers.emplace_back(std::string(auth::csrf_header), csrf_);
    Reply reply = wire_.send(std::move(request));
    if (auto set = reply.raw.header("Set-Cookie")) cookie_ = std::string(set->substr(0, set->find(';')));
    if (Json json = reply.json(); json.is_object() && json.contains("csrf")) csrf_ = json["csrf"];
    return reply;
  }
  Reply upload(const std::string& path, const std::string& type, std::string body,
               const std::string& method = "POST") {
    return send({method, server_ + path, {{"Content-Type", type}}, std::move(body)});
  }
  Reply get(const std::string& path, const net::Headers& extra = {}) {
    return call("GET", path, nullptr, extra);
  }
  Reply post(const std::string& path, const Json& body = Json::object(), const net::Headers& extra = {}) {
    return call("POST", path, body, extra);
  }
  const std::string& cookie() const { return cookie_; }
  void forget_csrf() { csrf_.clear(); }

 private:
  Wire wire_;
  std::string server_, cookie_, csrf_;
};

inline Json visit_survey() {
  auto text = base::read_file(std::string(HALTE_SOURCE_DIR) + "/assets/surveys/visit.json");
  return must(base::parse_json(must(std::move(text)), "visit.json"));
}

// Two branches with a kiosk each at the checkout, a survey, a notice and a map of one touchpoint.
inline Json small_chain() {
  Json chain = Json::parse(R"json({
    "name": "Versmarkt", "k": 10, "settings": {"languages": ["nl", "en"]},
    "contact": {"enabled": true, "fields": ["name", "email"], "age_gate": 16},
    "regions": [{"id": "midden", "name": "Midden"}],
    "branches": [
      {"id": "utrecht", "name": "Utrecht", "region": "midden", "zone": "Europe/Amsterdam", "opening_hours": {}},
      {"id": "breda", "name": "Breda", "region": "midden", "zone": "Europe/Amsterdam", "opening_hours": {}}],
    "touchpoints": [{"id": "checkout", "name": "Kassa", "survey": "visit"}],
    "kiosks": [
      {"id": "utrecht-1", "name": "Utrecht, kassa", "branch": "utrecht", "touchpoint": "checkout"},
      {"id": "breda-1", "name": "Breda, kassa", "branch": "breda", "touchpoint": "checkout"}],
    "notices": [{"id": "notice-contact", "version": 1, "purpose": "contact",
                 "texts": {"nl": "Wij mogen u bellen.", "en": "We may call you."}}],
    "journeys": [{
      "id": "groceries", "title": "Boodschappen", "framework": "blank", "locale": "nl", "version": 1,
      "phases": [{"id": "shop", "name": "Winkel", "goal": "Snel klaar", "touchpoints": [
        {"id": "pay", "name": "Betalen", "channel": "shop", "measured_by": "checkout",
         "kpis": [{"metric": "nps", "target": 30, "better": "higher"}]}]}]}]
  })json");
  Json metrics{{"nps", "nps"}, {"emotion", "visit"}, {"reasons", {"went_well", "could_be_better"}}};
  chain["surveys"] =
      Json::array({{{"id", "visit"}, {"version", 1}, {"definition", visit_survey()}, {"metrics", metrics}}});
  return chain;
}

inline constexpr const char* good_password = "een heel lang wachtwoord";

// A server that has just been started for the first time.
inline const std::string measuring_token = "a token of nobody else's";

struct NewServer {
  TemporaryFolder folder;
  base::ManualClock clock{noon()};
  base::SystemRandom random;
  std::unique_ptr<store::hq::HqStore> store;
  std::unique_ptr<server::HqServer> server;

  NewServer() {
    store = must(store::hq::HqStore::create_sqlite(folder / "hq.db"));
    server = must(
        server::HqServer::create({.software = "halte-hq test", .upkeep = {.metrics_token = measuring_token}},
                                 *store, clock, random, base::silent_log()));
  }

  const std::string& url() const { return server->url(); }
  Browser nobody() const { return Browser(url()); }
  std::string set_up_token() {
    auto link = must(server->set_up_link());
    REQUIRE(link);
    return link->substr(link->find('#') + 1);
  }
  Reply set_up(Browser& browser, bool demo = false) {
    return browser.post("/api/v1/setup", {{"token", set_up_token()},
                                          {"organisation", "Versmarkt"},
                                          {"email", "admin@versmarkt.example"},
                                          {"password", good_password},
                                          {"demo", demo}});
  }
  // Signed in with an account of that role, made for this browser.
  Browser as(auth::Role role) {
    std::string cookie = base::to_base64url(random.bytes(32)), csrf = base::to_base64url(random.bytes(16));
    std::string name(auth::name_of(role));
    auto user = must(store->save_user({0, name + "@versmarkt.example", "", {name}, {"utrecht"}, ""}));
    REQUIRE(store->save_session(base::sha256(base::as_bytes(cookie)), user, csrf, clock.now()));
    return {url(), std::string(auth::session_cookie) + "=" + cookie, csrf};
  }
};

// A kiosk without a window: its own keys, and whatever a test makes it send.
class Kiosk {
 public:
  Kiosk(NewServer& hq, Browser& administrator, const std::string& id) : hq_(hq) {
    Reply code = administrator.post("/api/v1/kiosks/" + id + "/enrolment-codes");
    REQUIRE(code.status == 201);
    Reply answer = wire_.send(enrolment(hq, code.json()["code"], keys_.public_key));
    REQUIRE_MESSAGE(answer.status == 201, answer.body);
    enrolled = must(protocol::parse_enrolment_reply(answer.body));
  }

  static net::HttpRequest enrolment(NewServer& hq, const std::string& code, const base::Bytes& public_key) {
    return {"POST",
            hq.url() + "/api/v1/enrolments",
            {{"Content-Type", "application/json"}},
            protocol::to_json(protocol::EnrolmentRequest{code, public_key, "", "halte test"})};
  }

  net::HttpRequest request(const std::string& method, const std::string& path, std::string body) const {
    std::string signature = base::to_base64url(base::sign(base::as_bytes(body), keys_.secret_key));
    return {method,
            hq_.url() + path,
            {{"Content-Type", "application/json"},
             {"Authorization", "Bearer " + enrolled.token},
             {std::string(protocol::signature_header), signature}},
            std::move(body)};
  }
  Reply send(const std::string& method, const std::string& path, std::string body = "") {
    return wire_.send(request(method, path, std::move(body)));
  }

  protocol::Batch batch(const std::vector<response::Response>& responses,
                        const std::string& branch = "utrecht") {
    protocol::Batch b;
    b.nonce = base::to_base64url(hq_.random.bytes(16));
    b.epoch = "epoch-1";
    b.branch = branch;
    b.sent_at = hq_.clock.now();
    b.clock_synced = true;
    for (const auto& r : responses) {
      std::string body = response::to_body(r);
      auto hash = base::sha256(base::as_bytes(body));
      b.items.push_back({next_seq_++, outbox::ItemType::response, r.id, hash, body});
    }
    return b;
  }
  Reply send(const protocol::Batch& b) { return send("POST", "/api/v1/batches", protocol::to_json(b)); }
  // What the server says of each item.
  std::vector<protocol::ItemResult> deliver(const protocol::Batch& b) {
    Reply reply = send(b);
    REQUIRE_MESSAGE(reply.status == 200, reply.body);
    return must(protocol::parse_acknowledgement(reply.body, b)).results;
  }
  void store(const std::vector<response::Response>& responses, const std::string& branch = "utrecht") {
    for (const auto& result : deliver(batch(responses, branch)))
      REQUIRE_MESSAGE(result.status == protocol::ItemStatus::stored, result.reason);
  }
  protocol::HeartbeatReply heartbeat(std::uint64_t captured = 1000, const std::string& epoch = "epoch-1") {
    return tell({}, captured, epoch);
  }
  // What it was to visitors, with a heartbeat.
  protocol::HeartbeatReply tell(std::vector<site::CoverageSpan> coverage, std::uint64_t captured = 1000,
                                const std::string& epoch = "epoch-1") {
    protocol::Heartbeat beat;
    beat.coverage = std::move(coverage);
    beat.software = "halte test";
    beat.captured = captured;
    beat.pending = 3;
    beat.database = "ok";
    beat.screen = "open";
    beat.epoch = epoch;
    Reply reply = send("POST", "/api/v1/heartbeats", protocol::to_json(beat));
    REQUIRE_MESSAGE(reply.status == 200, reply.body);
    return must(protocol::parse_heartbeat_reply(reply.body));
  }

  protocol::EnrolmentReply enrolled;

 private:
  NewServer& hq_;
  Wire wire_;
  base::SigningKeyPair keys_ = base::make_signing_key_pair(hq_.random);
  std::uint64_t next_seq_ = 1;
};

// A server with an organisation on it, and its administrator signed in.
struct Headquarters : NewServer {
  Browser administrator{url()};

  explicit Headquarters(bool demo = false) {
    Reply made = set_up(administrator, demo);
    REQUIRE_MESSAGE(made.status == 200, made.body);
    Reply put = provision(small_chain());
    REQUIRE_MESSAGE(put.status == 204, put.body);
  }
  Reply provision(const Json& document) {
    return administrator.call("PUT", "/api/v1/organisation", document);
  }
  Kiosk kiosk(const std::string& id = "utrecht-1") { return Kiosk(*this, administrator, id); }
  std::int64_t stored() { return must(store->stored_responses()); }
};

}  // namespace halte::tests
