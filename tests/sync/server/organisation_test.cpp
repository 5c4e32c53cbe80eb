// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "tests/sync/http/raw_client.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

std::set<std::string> pointers(const Reply& reply) {
  std::set<std::string> all;
  const Json problems = reply.json()["problems"];
  for (const Json& problem : problems) all.insert(problem["pointer"].get<std::string>());
  return all;
}

// Everything of the organisation that a document can change.
Json state_of(Headquarters& hq) {
  auto o = *must(hq.store->organisation());
  Json state{{"name", o.name}, {"k", o.k}, {"own", o.own}, {"version", o.configuration_version}};
  for (const auto& b : must(hq.store->branches())) state["branches"].push_back({b.id, b.name, b.own});
  for (const auto& t : must(hq.store->touchpoints()))
    state["touchpoints"].push_back({t.id, t.name, t.survey});
  for (const auto& k : must(hq.store->kiosks())) state["kiosks"].push_back({k.id, k.name, k.branch});
  for (const auto& s : must(hq.store->surveys())) state["surveys"].push_back({s.id, s.version, s.definition});
  for (const auto& n : must(hq.store->notices())) state["notices"].push_back({n.id, n.version, n.texts});
  for (const auto& j : must(hq.store->journeys())) state["journeys"].push_back(j.document);
  return state;
}

Json text_question(const std::string& type) {
  return {{"pages",
           Json::array({{{"name", "p"}, {"elements", Json::array({{{"type", type}, {"name", "q"}}})}}})}};
}

http::RawClient listen(const NewServer& hq) {
  return http::RawClient(std::uint16_t(std::stoi(hq.url().substr(hq.url().rfind(':') + 1))));
}

}  // namespace

TEST_CASE("provisioning: a wrong document names every mistake with its place, and changes nothing") {
  Headquarters hq;
  Json before = state_of(hq);
  Json wrong = small_chain();
  wrong["name"] = "Anders";
  wrong["k"] = 4;
  wrong["colour"] = "red";
  wrong["branches"][1]["zone"] = "Europe/Atlantis";
  wrong["kiosks"][0].erase("name");
  wrong["surveys"][0]["version"] = 2;
  wrong["surveys"][0]["definition"] = text_question("hologram");
  wrong["journeys"][0]["phases"][0]["touchpoints"][0]["channel"] = "pigeon";
  Reply reply = hq.provision(wrong);
  CHECK(reply.status == 422);
  CHECK(reply.problem() == 106);
  auto found = pointers(reply);
  for (const char* pointer :
       {"/k", "/colour", "/branches/1/zone", "/kiosks/0/name", "/journeys/0/phases/0/touchpoints/0/channel"})
    CHECK_MESSAGE(found.contains(pointer), pointer, " is not in ", reply.body);
  CHECK_MESSAGE(
      std::ranges::any_of(found, [](const auto& p) { return p.starts_with("/surveys/0/definition/"); }),
      reply.body);
  CHECK((state_of(hq) == before));
}

TEST_CASE("provisioning: the same document twice is fine") {
  Headquarters hq;
  CHECK(hq.provision(small_chain()).status == 204);
  CHECK(must(hq.store->kiosks()).size() == 2);
  CHECK(must(hq.store->surveys()).size() == 1);
}

TEST_CASE("provisioning: what a document does not name stays") {
  Headquarters hq;
  REQUIRE(hq.provision({{"name", "Versmarkt Nederland"}}).status == 204);
  CHECK(must(hq.store->organisation())->name == "Versmarkt Nederland");
  CHECK(must(hq.store->organisation())->k == 10);
  CHECK(must(hq.store->organisation())->own["settings"]["languages"] == Json{"nl", "en"});
  CHECK(must(hq.store->branches()).size() == 2);
  CHECK(must(hq.store->journeys()).size() == 1);
}

TEST_CASE("provisioning: a published survey version or notice does not change under its number") {
  Headquarters hq;
  Json before = state_of(hq);
  Json survey = small_chain();
  survey["surveys"][0]["definition"] = text_question("comment");
  Reply refused = hq.provision(survey);
  CHECK(refused.status == 422);
  CHECK(pointers(refused) == std::set<std::string>{"/surveys/0/version"});
  Json notice = small_chain();
  notice["notices"][0]["texts"]["nl"] = "Wij mogen alles.";
  refused = hq.provision(notice);
  CHECK(refused.status == 422);
  CHECK(pointers(refused) == std::set<std::string>{"/notices/0/version"});
  CHECK((state_of(hq) == before));
  survey["surveys"][0]["version"] = 2;
  CHECK(hq.provision(survey).status == 204);
}

TEST_CASE("provisioning: what points at nothing is named, and changes nothing") {
  Headquarters hq;
  Json before = state_of(hq);
  Json wrong = small_chain();
  wrong["branches"][0]["region"] = "atlantis";
  wrong["touchpoints"][0]["survey"] = "none";
  wrong["kiosks"][0]["branch"] = "atlantis";
  wrong["kiosks"][1]["touchpoint"] = "moon";
  Reply reply = hq.provision(wrong);
  CHECK(reply.status == 422);
  CHECK(pointers(reply) == std::set<std::string>{"/branches/0/region", "/touchpoints/0/survey",
                                                 "/kiosks/0/branch", "/kiosks/1/touchpoint"});
  CHECK((state_of(hq) == before));
}

TEST_CASE("provisioning: a reference may be to what is there already") {
  Headquarters hq;
  Json more{{"kiosks",
             {{{"id", "utrecht-2"}, {"name", "Ingang"}, {"branch", "utrecht"}, {"touchpoint", "checkout"}}}}};
  CHECK(hq.provision(more).status == 204);
  CHECK(must(hq.store->kiosks()).size() == 3);
}

TEST_CASE("provisioning: settings that no kiosk would take are refused here, not in the shop") {
  Headquarters hq;
  Json before = state_of(hq);
  Reply reply = hq.provision({{"settings", {{"languages", {"nl"}}, {"motion", "wild"}, {"volume", 11}}}});
  CHECK(reply.status == 422);
  CHECK(pointers(reply) == std::set<std::string>{"/settings/motion", "/settings/volume"});
  CHECK((state_of(hq) == before));
}

TEST_CASE("provisioning: what is there can be read, and sent back as it is") {
  Headquarters hq;
  Reply got = hq.administrator.get("/api/v1/organisation");
  REQUIRE(got.status == 200);
  Json document = got.json();
  CHECK(document["branches"][1]["zone"] == "Europe/Amsterdam");
  CHECK(document["surveys"][0]["metrics"]["nps"] == "nps");
  CHECK_FALSE(got.body.find("secret") != std::string::npos);
  Json before = state_of(hq);
  REQUIRE(hq.provision(document).status == 204);
  before["version"] = state_of(hq)["version"];
  CHECK((state_of(hq) == before));
}

TEST_CASE("provisioning: an edit of what somebody else has changed since is refused") {
  Headquarters hq;
  const std::string mine(hq.administrator.get("/api/v1/organisation").raw.header("ETag").value_or(""));
  REQUIRE(hq.provision({{"name", "Van een ander"}}).status == 204);
  Reply late =
      hq.administrator.call("PUT", "/api/v1/organisation", {{"name", "Van mij"}}, {{"If-Match", mine}});
  CHECK(late.problem() == 402);
  CHECK(must(hq.store->organisation())->name == "Van een ander");
  const std::string newest(hq.administrator.get("/api/v1/organisation").raw.header("ETag").value_or(""));
  CHECK(hq.administrator.call("PUT", "/api/v1/organisation", {{"name", "Van mij"}}, {{"If-Match", newest}})
            .status == 204);
}

TEST_CASE("provisioning: a dry run judges and changes nothing") {
  Headquarters hq;
  Json before = state_of(hq);
  CHECK(hq.administrator.call("PUT", "/api/v1/organisation?dry_run=true", {{"name", "Anders"}}).status ==
        204);
  CHECK(hq.administrator.call("PUT", "/api/v1/organisation?dry_run=true", {{"k", 1}}).status == 422);
  CHECK((state_of(hq) == before));
}

TEST_CASE("places: regions within regions, none below itself, each branch with a time zone from somewhere") {
  Headquarters hq;
  Json tree{{"regions",
             {{{"id", "midden"}, {"name", "Midden"}, {"parent", "nl"}},
              {{"id", "nl"}, {"name", "Nederland"}, {"zone", "Europe/Amsterdam"}}}},
            {"branches", {{{"id", "gouda"}, {"name", "Gouda"}, {"region", "midden"}}}}};
  REQUIRE(hq.provision(tree).status == 204);
  Json places = hq.administrator.get("/api/v1/places").json();
  const Json gouda =
      *std::ranges::find_if(places["branches"], [](const Json& b) { return b["id"] == "gouda"; });
  CHECK(gouda["values"]["zone"] == "Europe/Amsterdam");
  CHECK(gouda["said_by"]["/zone"]["name"] == "Nederland");

  tree["regions"][1]["parent"] = "midden";
  CHECK(pointers(hq.provision(tree)) == std::set<std::string>{"/regions/0/parent", "/regions/1/parent"});
  Json homeless{{"branches", {{{"id", "oss"}, {"name", "Oss"}}}}};
  CHECK(pointers(hq.provision(homeless)) == std::set<std::string>{"/branches/0/zone"});
  CHECK(must(hq.store->branches()).size() == 3);
}

TEST_CASE("places: a kiosk gets what its region, its branch and it itself say") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Json chain = small_chain();
  chain["regions"][0]["settings"] = {{"theme", "dark"}, {"languages", {"nl"}}};
  chain["branches"][0]["opening_hours"] = {{"mon", {"08:00-20:00"}}};
  chain["branches"][0]["settings"] = {{"languages", {"nl", "en"}}};
  chain["kiosks"][0]["settings"] = {{"display", {{"diagonal_in", 15.6}}}};
  REQUIRE(hq.provision(chain).status == 204);
  Reply reply = kiosk.send("GET", "/api/v1/kiosk/config");
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  Json payload = Json::parse(must(protocol::parse_signed_configuration(reply.body)).payload);
  CHECK(payload["settings"]["theme"] == "dark");
  CHECK(payload["settings"]["languages"] == Json{"nl", "en"});
  CHECK(payload["settings"]["display"]["diagonal_in"] == 15.6);
  CHECK(payload["branch"]["opening_hours"]["mon"][0] == "08:00-20:00");
}

TEST_CASE(
    "places: a language that a notice lacks is refused with the place that wants it, and not in the shop") {
  Headquarters hq;
  Reply refused = hq.provision({{"branches",
                                 {{{"id", "breda"},
                                   {"name", "Breda"},
                                   {"zone", "Europe/Amsterdam"},
                                   {"settings", {{"languages", {"nl", "fr"}}}}}}}});
  CHECK(pointers(refused) == std::set<std::string>{"/notices/0/texts"});
  CHECK(refused.detail().find("for Breda") != std::string::npos);
}

TEST_CASE("places: a branch may ask another survey at a touchpoint, if there is such a survey") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Json chain = small_chain();
  chain["surveys"].push_back(chain["surveys"][0]);
  chain["surveys"][1]["id"] = "refit";
  chain["branches"][0]["asks"] = {{"checkout", "refit"}};
  chain["branches"][1]["asks"] = {{"moon", "nothing"}};
  CHECK(pointers(hq.provision(chain)) == std::set<std::string>{"/branches/1/asks/moon"});
  chain["branches"][1].erase("asks");
  REQUIRE(hq.provision(chain).status == 204);
  Json payload = Json::parse(
      must(protocol::parse_signed_configuration(kiosk.send("GET", "/api/v1/kiosk/config").body)).payload);
  CHECK(payload["surveys"][0]["id"] == "refit");
}

TEST_CASE(
    "places: a plan names surveys and versions that there are, and all that is missing is said at once") {
  Headquarters hq;
  Json chain = small_chain();
  const auto entry = [](const char* survey, const char* from, int version) {
    return Json{{"survey", survey}, {"from", from}, {"version", version}};
  };
  chain["asks"] = {{"checkout", {entry("visit", "2026-12-01", 1), entry("visit", "2026-12-02", 7)}}};
  chain["branches"][0]["asks"] = {{"checkout", {entry("gone", "2026-12-01", 1)}}, {"moon", "visit"}};
  chain["kiosks"][0]["asks"] = {{"checkout", {{{"survey", "visit"}, {"from", "soon"}}}}};
  CHECK(pointers(hq.provision(chain)) == std::set<std::string>{"/asks/checkout", "/branches/0/asks/checkout",
                                                               "/branches/0/asks/moon",
                                                               "/kiosks/0/asks/checkout/0/from"});
}

TEST_CASE("places: what stands below a place keeps it, and removing says so") {
  Headquarters hq;
  Reply kept = hq.administrator.call("DELETE", "/api/v1/branches/breda");
  CHECK(kept.problem() == 401);
  CHECK(hq.administrator.call("DELETE", "/api/v1/kiosks/breda-1").status == 204);
  CHECK(hq.administrator.call("DELETE", "/api/v1/branches/breda").status == 204);
  CHECK(hq.administrator.call("DELETE", "/api/v1/branches/breda").problem() == 301);
  CHECK(must(hq.store->branches()).size() == 1);
}

TEST_CASE("provisioning: a body that is no JSON object is 400") {
  Headquarters hq;
  CHECK(hq.administrator.call("PUT", "/api/v1/organisation", Json::array()).problem() == 102);
  CHECK(hq.administrator.call("PUT", "/api/v1/organisation").problem() == 102);
}

TEST_CASE("demo: removing it empties everything, and a new set-up can begin") {
  Headquarters hq(true);
  Kiosk kiosk = hq.kiosk();
  kiosk.store({a_response(hq.random)});
  CHECK(hq.administrator.get("/api/v1/me").json()["organisation"]["demo"] == true);
  CHECK(hq.administrator.call("DELETE", "/api/v1/demo").status == 204);
  CHECK(hq.stored() == 0);
  CHECK_FALSE(must(hq.store->organisation()));
  CHECK_FALSE(must(hq.store->has_users()));
  CHECK(must(hq.store->branches()).empty());
  CHECK(must(hq.store->kiosks()).empty());
  CHECK(hq.administrator.get("/api/v1/me").problem() == 201);
  CHECK(kiosk.send("GET", "/api/v1/kiosk/config").problem() == 201);
  Browser next = hq.nobody();
  CHECK(hq.set_up(next).status == 200);
  CHECK(next.get("/api/v1/me").json()["organisation"]["demo"] == false);
}

TEST_CASE("demo: an organisation that is none is not removed") {
  Headquarters hq;
  Json before = state_of(hq);
  Reply refused = hq.administrator.call("DELETE", "/api/v1/demo");
  CHECK(refused.status == 403);
  CHECK(refused.problem() == 202);
  CHECK((state_of(hq) == before));
}

TEST_CASE("events: an open page hears of new counts, and of nobody's answers") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  http::RawClient page = listen(hq);
  page.send(http::get("/api/v1/events", "Cookie: " + hq.administrator.cookie() + "\r\n"));
  CHECK(page.until("text/event-stream").starts_with("HTTP/1.1 200"));
  kiosk.store({a_response(hq.random)});
  std::string heard = page.until("\"touchpoints\":[\"checkout\"]}");
  CHECK(heard.find("event: counts\n") != std::string::npos);
  CHECK(heard.find("{\"branches\":[\"utrecht\"],\"touchpoints\":[\"checkout\"]}") != std::string::npos);
  CHECK(heard.find("answers") == std::string::npos);
}

TEST_CASE("events: a heartbeat and an erasure are told, too") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  std::string code = consent::make_receipt_code(hq.random);
  auto r = a_response(hq.random);
  r.receipt_hash = *consent::receipt_hash(code, kiosk.enrolled.receipt_key);
  kiosk.store({r});
  http::RawClient page = listen(hq);
  page.send(http::get("/api/v1/events", "Cookie: " + hq.administrator.cookie() + "\r\n"));
  page.until("text/event-stream");
  kiosk.heartbeat();
  CHECK(page.until("event: kiosks").find("event: kiosks") != std::string::npos);
  hq.nobody().post("/api/v1/receipts/erase", {{"code", code}});
  CHECK(page.until("event: counts").find("event: counts") != std::string::npos);
}

TEST_CASE("events: without a session there are none, and a branch manager gets no live ones") {
  Headquarters hq;
  http::RawClient stranger = listen(hq);
  stranger.send(http::get("/api/v1/events"));
  CHECK(http::status_of(stranger.reply()) == 401);
  Browser manager = hq.as(auth::Role::branch_manager);
  CHECK(manager.get("/api/v1/events").problem() == 202);
}

}  // namespace halte::tests
