// SPDX-License-Identifier: Apache-2.0
#include "core/site/configuration.h"
#include "core/store/sqlite.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

using protocol::ItemStatus;

std::string new_code(Headquarters& hq, const std::string& kiosk = "utrecht-1") {
  Reply made = hq.administrator.post("/api/v1/kiosks/" + kiosk + "/enrolment-codes");
  REQUIRE(made.status == 201);
  return made.json()["code"];
}

Reply enrol(Headquarters& hq, const std::string& code) {
  auto keys = base::make_signing_key_pair(hq.random);
  return Wire().send(Kiosk::enrolment(hq, code, keys.public_key));
}

void revoke(Headquarters& hq, const std::string& id) {
  REQUIRE(hq.administrator.post("/api/v1/kiosks/" + id + "/revocation").status == 204);
}

site::Configuration configuration_of(Kiosk& kiosk) {
  Reply reply = kiosk.send("GET", "/api/v1/kiosk/config");
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  return must(site::parse_configuration_text(must(protocol::parse_signed_configuration(reply.body)).payload));
}

Json kiosk_in_overview(Headquarters& hq, const std::string& id) {
  Json overview = hq.administrator.get("/api/v1/overview").json();
  for (const Json& kiosk : overview["kiosks"])
    if (kiosk["id"] == id) return kiosk;
  return nullptr;
}

}  // namespace

TEST_CASE("enrolment: a code is 80 bits, for a kiosk that there is") {
  Headquarters hq;
  CHECK(base::from_crockford(new_code(hq), 10));
  CHECK(hq.administrator.post("/api/v1/kiosks/nowhere/enrolment-codes").problem() == 301);
}

TEST_CASE("enrolment: it gives the organisation's public keys, and never a secret one") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto organisation = must(hq.store->organisation());
  CHECK(kiosk.enrolled.kiosk_id == "utrecht-1");
  CHECK(kiosk.enrolled.sealing_public_key == organisation->sealing_public_key);
  CHECK(kiosk.enrolled.signing_public_key == organisation->signing_public_key);
  CHECK(kiosk.enrolled.receipt_key == organisation->receipt_key);
  CHECK(base::from_base64url(kiosk.enrolled.token)->size() == 32);
}

TEST_CASE("enrolment: a used, an old, a replaced and a wrong code get the same bytes") {
  Headquarters hq;
  std::string used = new_code(hq);
  REQUIRE(enrol(hq, used).status == 201);
  std::string replaced = new_code(hq);
  std::string old = new_code(hq);
  std::vector<Reply> answers{enrol(hq, used), enrol(hq, replaced),
                             enrol(hq, base::to_crockford(hq.random.bytes(10))), enrol(hq, "not a code!")};
  hq.clock.advance(std::chrono::minutes(60));
  answers.push_back(enrol(hq, old));
  for (const Reply& answer : answers) {
    CHECK(answer.status == 403);
    CHECK(answer.problem() == 205);
    CHECK(answer.body == answers.front().body);
  }
}

TEST_CASE("enrolment: a code works until its hour is over, however it is typed") {
  Headquarters hq;
  std::string code = new_code(hq);
  std::ranges::transform(code, code.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  hq.clock.advance(std::chrono::minutes(60) - std::chrono::seconds(1));
  CHECK(enrol(hq, code).status == 201);
}

TEST_CASE("enrolment: guessing is slowed down to 30 codes a minute") {
  Headquarters hq;
  for (int i = 0; i < 30; ++i) CHECK(enrol(hq, "0000-0000-0000-0000").status == 403);
  Reply refused = enrol(hq, new_code(hq));
  CHECK(refused.status == 429);
  CHECK(refused.raw.header("Retry-After"));
  hq.clock.advance(std::chrono::minutes(1));
  CHECK(enrol(hq, new_code(hq)).status == 201);
}

TEST_CASE("enrolment: enrolling again gives a new token and ends the old one") {
  Headquarters hq;
  Kiosk before = hq.kiosk();
  Kiosk after = hq.kiosk();
  CHECK(before.send("GET", "/api/v1/kiosk/config").problem() == 201);
  CHECK(after.send("GET", "/api/v1/kiosk/config").status == 200);
}

TEST_CASE("enrolment: tokens and codes lie hashed in the store") {
  Headquarters hq;
  std::string code = new_code(hq, "breda-1");
  Kiosk kiosk = hq.kiosk();
  auto code_bytes = *base::from_crockford(code, 10);
  for (const char* name : {"hq.db", "hq.db-wal"}) {
    auto bytes = base::read_file(hq.folder / name);
    if (!bytes) continue;
    CHECK(bytes->find(kiosk.enrolled.token) == std::string::npos);
    CHECK(bytes->find(base::as_text(code_bytes)) == std::string::npos);
  }
}

TEST_CASE("configuration: it is signed with the key of the enrolment, and the kiosk's own reader takes it") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Reply reply = kiosk.send("GET", "/api/v1/kiosk/config");
  REQUIRE(reply.status == 200);
  auto one = protocol::parse_signed_configuration(reply.body);
  REQUIRE(one);
  CHECK(one->key_id == kiosk.enrolled.signing_key_id);
  CHECK(base::verify(base::as_bytes(one->payload), one->signature, kiosk.enrolled.signing_public_key));
  auto configuration = configuration_of(kiosk);
  CHECK(configuration.kiosk_id == "utrecht-1");
  CHECK(configuration.branch.id == "utrecht");
  CHECK(configuration.touchpoint.id == "checkout");
  REQUIRE(configuration.surveys.size() == 1);
  CHECK(configuration.surveys[0].id == "visit");
  CHECK(configuration.surveys[0].metrics.nps == "nps");
  CHECK(configuration.asks == std::vector{site::AskedStep{{}, {{0, ""}}}});
  CHECK_FALSE(configuration.paused);
  CHECK(configuration.notices.size() == 1);
  CHECK(configuration.receipt_url == hq.url() + "/r");
}

TEST_CASE("configuration: it lives at least 29 days, and its secret key is not in it") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Reply reply = kiosk.send("GET", "/api/v1/kiosk/config");
  CHECK(configuration_of(kiosk).expires - hq.clock.now() >= std::chrono::days(29));
  auto organisation = must(hq.store->organisation());
  CHECK(reply.body.find(base::to_base64url(organisation->signing_secret_key)) == std::string::npos);
  CHECK(reply.body.find(base::to_base64url(organisation->receipt_key)) == std::string::npos);
}

TEST_CASE("configuration: unchanged, it is not sent again") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  std::string etag(kiosk.send("GET", "/api/v1/kiosk/config").raw.header("ETag").value_or(""));
  REQUIRE_FALSE(etag.empty());
  net::HttpRequest again = kiosk.request("GET", "/api/v1/kiosk/config", "");
  again.headers.emplace_back("If-None-Match", etag);
  Reply unchanged = Wire().send(again);
  CHECK(unchanged.status == 304);
  CHECK(unchanged.body.empty());
  CHECK(unchanged.raw.header("ETag").value_or("") == etag);
  REQUIRE(hq.provision({{"name", "Versmarkt Nederland"}}).status == 204);
  CHECK(Wire().send(again).status == 200);
}

TEST_CASE("configuration: its version rises with every change and every day") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto first = configuration_of(kiosk).version;
  REQUIRE(hq.provision({{"settings", {{"languages", {"nl"}}}}}).status == 204);
  auto changed = configuration_of(kiosk);
  CHECK(changed.version > first);
  CHECK(changed.settings.languages == std::vector<std::string>{"nl"});
  hq.clock.advance(std::chrono::hours(24));
  CHECK(configuration_of(kiosk).version > changed.version);
}

namespace {

// Small enough to write here, with as many bytes of text as are asked for.
Json a_survey(const std::string& id, int version, std::size_t bytes = 0) {
  Json question{{"type", "rating"}, {"name", "visit"}, {"rateMin", 1}, {"rateMax", 5}};
  Json elements = Json::array({question});
  constexpr std::size_t of_a_text = 4000;
  for (std::size_t i = 0; i * of_a_text < bytes; ++i)
    elements.push_back(
        {{"type", "comment"}, {"name", "q" + std::to_string(i)}, {"title", std::string(of_a_text, '"')}});
  return {{"id", id},
          {"version", version},
          {"definition", {{"pages", Json::array({{{"name", "p"}, {"elements", elements}}})}}},
          {"metrics", {{"emotion", "visit"}}}};
}

std::string asked(const site::Configuration& c, std::size_t step) {
  std::string text;
  for (const auto& [place, variant] : c.asks.at(step).asked)
    text += (text.empty() ? "" : " + ") + c.surveys[place].id + " " +
            std::to_string(c.surveys[place].version) + (variant.empty() ? "" : "/" + variant);
  return text;
}

}  // namespace

TEST_CASE("configuration: a plan comes as what holds and what is to come, each survey version once") {
  Headquarters hq;  // noon UTC
  Kiosk kiosk = hq.kiosk(), other = hq.kiosk("breda-1");
  const Json plan =
      Json::array({{{"survey", "visit"}, {"variant", "a"}, {"from", "2026-01-01"}},
                   {{"survey", "brief"}, {"variant", "b"}, {"from", "2026-01-01"}, {"version", 1}},
                   {{"survey", "brief"}, {"from", "2027-01-01"}}});
  Json document{{"surveys", {a_survey("brief", 1), a_survey("brief", 2)}}};
  document["branches"] = small_chain()["branches"];
  document["branches"][0]["asks"] = {{"checkout", plan}};
  Reply put = hq.provision(document);
  REQUIRE_MESSAGE(put.status == 204, put.body);
  auto c = configuration_of(kiosk);
  CHECK(c.surveys.size() == 3);
  REQUIRE(c.asks.size() == 2);
  CHECK(asked(c, 0) == "visit 1/a + brief 1/b");
  CHECK(asked(c, 1) == "brief 2");
  CHECK(base::to_rfc3339(*c.asks[1].from) == "2026-12-31T23:00:00Z");
  CHECK(asked(configuration_of(other), 0) == "visit 1");
  // The plan comes back as it was sent.
  for (const Json& branch : hq.administrator.get("/api/v1/organisation").json()["branches"])
    if (branch["id"] == "utrecht") CHECK(branch["asks"]["checkout"] == plan);
}

TEST_CASE("configuration: within a day it is one document, and the next day's begins with what has come") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  const base::Instant soon = base::coarsen(hq.clock.now(), std::chrono::hours(1)) + std::chrono::hours(2);
  Json document{
      {"surveys", {a_survey("brief", 1)}},
      {"asks", {{"checkout", Json::array({{{"survey", "brief"}, {"from", base::to_rfc3339(soon)}}})}}}};
  Reply put = hq.provision(document);
  REQUIRE_MESSAGE(put.status == 204, put.body);
  const auto before = configuration_of(kiosk);
  CHECK(asked(before, 0) == "visit 1");
  CHECK(before.asks.at(1).from == soon);
  hq.clock.advance(std::chrono::hours(3));
  CHECK(configuration_of(kiosk) == before);
  hq.clock.advance(std::chrono::hours(24));
  const auto after = configuration_of(kiosk);
  CHECK(after.version > before.version);
  CHECK(asked(after, 0) == "brief 1");
  CHECK(after.asks.size() == 1);
}

TEST_CASE("configuration: ten surveys of 100 KB, quotes and all, fit on the wire") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Json plan = Json::array();
  for (int step = 0; step < 5; ++step)
    for (const char* variant : {"a", "b"}) {
      const std::string id = "s" + std::to_string(step) + variant;
      Reply sent = hq.provision({{"surveys", {a_survey(id, 1, 100'000)}}});
      REQUIRE_MESSAGE(sent.status == 204, sent.body);
      plan.push_back(
          {{"survey", id}, {"variant", variant}, {"from", "203" + std::to_string(step) + "-01-01"}});
    }
  for (int i : {0, 1}) plan[std::size_t(i)]["from"] = "2020-01-01";
  Reply put = hq.provision({{"asks", {{"checkout", plan}}}});
  REQUIRE_MESSAGE(put.status == 204, put.body);
  net::HttpRequest request = kiosk.request("GET", "/api/v1/kiosk/config", "");
  request.max_reply_bytes = protocol::max_configuration_bytes;
  Reply reply = Wire().send(request);
  REQUIRE(reply.status == 200);
  CHECK(reply.body.size() > 10 * 100'000);
  CHECK(reply.body.size() < protocol::max_configuration_bytes / 2);
  auto c =
      must(site::parse_configuration_text(must(protocol::parse_signed_configuration(reply.body)).payload));
  CHECK(c.asks.size() == 5);
  CHECK(c.surveys.size() == 10);
}

TEST_CASE("configuration: surveys that are too large together are said at headquarters and not sent") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Json plan = Json::array();
  for (int step = 0; step < 5; ++step)
    for (const char* variant : {"a", "b"}) {
      const std::string id = "s" + std::to_string(step) + variant;
      Reply sent = hq.provision({{"surveys", {a_survey(id, 1, 400'000)}}});
      REQUIRE_MESSAGE(sent.status == 204, sent.body);
      plan.push_back(
          {{"survey", id}, {"variant", variant}, {"from", "203" + std::to_string(step) + "-01-01"}});
    }
  REQUIRE(hq.provision({{"asks", {{"checkout", plan}}}}).status == 204);
  CHECK(kiosk.send("GET", "/api/v1/kiosk/config").problem() == 401);
}

TEST_CASE("configuration: a paused kiosk is told, and told again when it may go on") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk(), other = hq.kiosk("breda-1");
  Json document{{"kiosks", Json::array({small_chain()["kiosks"][0]})}};
  document["kiosks"][0]["paused"] = true;
  REQUIRE(hq.provision(document).status == 204);
  const auto paused = configuration_of(kiosk);
  CHECK(paused.paused);
  CHECK_FALSE(configuration_of(other).paused);
  document["kiosks"][0]["paused"] = false;
  REQUIRE(hq.provision(document).status == 204);
  CHECK_FALSE(configuration_of(kiosk).paused);
  CHECK(configuration_of(kiosk).version > paused.version);
}

TEST_CASE("configuration: a chain of 500 kiosks may be sent every day for years") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  // Each record of a document raises the number by one: after 2,000 days of such a chain.
  SQLite::Database(hq.folder / "hq.db", SQLite::OPEN_READWRITE)
      .exec("UPDATE organisation SET configuration_version = 1000000");
  CHECK(configuration_of(kiosk).version > 0);
}

TEST_CASE("configuration: the brand colour reaches the kiosk") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  REQUIRE(hq.provision({{"accent", "#4B2E83"}}).status == 204);
  CHECK(configuration_of(kiosk).accent == "#4B2E83");
}

TEST_CASE("configuration: without a token there is none") {
  Headquarters hq;
  CHECK(hq.nobody().get("/api/v1/kiosk/config").problem() == 201);
  CHECK(hq.nobody().get("/api/v1/kiosk/config", {{"Authorization", "Bearer "}}).problem() == 201);
}

TEST_CASE("revoked: a kiosk gets 401, and nothing of it is stored") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  revoke(hq, "utrecht-1");
  auto batch = kiosk.batch({a_response(hq.random)});
  for (const Reply& reply : {kiosk.send(batch), kiosk.send("GET", "/api/v1/kiosk/config"),
                             kiosk.send("POST", "/api/v1/heartbeats", "{}")}) {
    CHECK(reply.status == 401);
    CHECK(reply.problem() == 207);
  }
  CHECK(hq.stored() == 0);
}

TEST_CASE("revoked: sending the organisation's document again does not let the kiosk back in") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  revoke(hq, "utrecht-1");
  REQUIRE(hq.provision(small_chain()).status == 204);
  CHECK(kiosk.send("GET", "/api/v1/kiosk/config").problem() == 207);
}

TEST_CASE("revoked: enrolling it again is what lets it back in") {
  Headquarters hq;
  Kiosk before = hq.kiosk();
  revoke(hq, "utrecht-1");
  Kiosk after = hq.kiosk();
  CHECK(after.send("GET", "/api/v1/kiosk/config").status == 200);
  CHECK(before.send("GET", "/api/v1/kiosk/config").problem() == 201);
}

TEST_CASE("heartbeat: a kiosk is never seen, online, late after 3 and silent after 30 minutes") {
  Headquarters hq;
  CHECK(kiosk_in_overview(hq, "utrecht-1")["state"] == "never");
  Kiosk kiosk = hq.kiosk();
  kiosk.heartbeat();
  Json seen = kiosk_in_overview(hq, "utrecht-1");
  CHECK(seen["state"] == "online");
  CHECK(seen["last_seen"] == "2026-11-21T12:00:00Z");
  CHECK(seen["pending"] == 3);
  CHECK(seen["version"] == "halte test");
  CHECK(kiosk_in_overview(hq, "breda-1")["state"] == "never");
  hq.clock.advance(std::chrono::minutes(4));
  CHECK(kiosk_in_overview(hq, "utrecht-1")["state"] == "late");
  hq.clock.advance(std::chrono::minutes(26));
  CHECK(kiosk_in_overview(hq, "utrecht-1")["state"] == "late");
  hq.clock.advance(std::chrono::minutes(1));
  CHECK(kiosk_in_overview(hq, "utrecht-1")["state"] == "silent");
}

TEST_CASE("heartbeat: a branch counts its kiosks that are online") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  kiosk.heartbeat();
  const Json branches = hq.administrator.get("/api/v1/overview").json()["branches"];
  for (const Json& branch : branches)
    CHECK(branch["kiosks"] == Json{{"online", branch["id"] == "utrecht" ? 1 : 0}, {"total", 1}});
}

TEST_CASE("heartbeat: a malformed one is refused and leaves no trace") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  CHECK(kiosk.send("POST", "/api/v1/heartbeats", "{\"pending\": -1}").problem() == 106);
  CHECK(kiosk_in_overview(hq, "utrecht-1")["state"] == "never");
}

TEST_CASE("heartbeat: what was erased here is told to its kiosk once, and to no other") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk(), other = hq.kiosk("breda-1");
  std::string code = consent::make_receipt_code(hq.random);
  auto r = a_response(hq.random);
  r.receipt_hash = *consent::receipt_hash(code, kiosk.enrolled.receipt_key);
  kiosk.store({r});
  CHECK(kiosk.heartbeat().erased.empty());
  REQUIRE(hq.nobody().post("/api/v1/receipts/erase", {{"code", code}}).status == 200);
  CHECK(other.heartbeat().erased.empty());
  CHECK(kiosk.heartbeat().erased == std::vector{r.id});
  CHECK(kiosk.heartbeat().erased.empty());
}

TEST_CASE(
    "fleet: a kiosk that is silent while its branch is open is an alert, after as long as its region "
    "allows") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  kiosk.heartbeat();
  const auto alerts = [&] {
    const Json fleet = hq.as(auth::Role::reader).get("/api/v1/kiosks").json();
    for (const Json& one : fleet["kiosks"])
      if (one["id"] == "utrecht-1") return one["alerts"];
    return Json(nullptr);
  };
  CHECK(alerts().empty());
  hq.clock.advance(std::chrono::minutes(31));
  CHECK(alerts() == Json{"silent"});
  hq.administrator = hq.as(auth::Role::administrator);  // idle for too long
  Json chain = small_chain();
  chain["regions"][0]["silent_minutes"] = 60;
  REQUIRE(hq.provision(chain).status == 204);
  CHECK(alerts().empty());
  chain["branches"][0]["opening_hours"] = {{"mon", {"08:00-20:00"}}};  // it is Saturday
  REQUIRE(hq.provision(chain).status == 204);
  hq.clock.advance(std::chrono::hours(2));
  CHECK(alerts().empty());
}

TEST_CASE("fleet: a kiosk says all that headquarters needs to know of it, and which configuration it obeys") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  kiosk.heartbeat();
  Json fleet = hq.administrator.get("/api/v1/kiosks").json();
  CHECK(fleet["newest_configuration"].get<int>() > 20'000);
  for (const Json& one : fleet["kiosks"]) {
    for (const char* key :
         {"last_seen", "pending", "oldest_pending_s", "parked", "version", "database", "screen",
          "free_disk_bytes", "clock_offset_ms", "configuration", "enrolled", "revoked", "paused"})
      CHECK_MESSAGE(one.contains(key), key);
    CHECK(one["enrolled"] == (one["id"] == "utrecht-1"));
  }
  Json own = hq.as(auth::Role::branch_manager).get("/api/v1/kiosks").json()["kiosks"];
  CHECK(own.size() == 1);
  CHECK(hq.as(auth::Role::reader).post("/api/v1/kiosks/utrecht-1/revocation").problem() == 202);
  CHECK(hq.administrator.post("/api/v1/kiosks/nowhere/revocation").problem() == 301);
}

}  // namespace halte::tests
