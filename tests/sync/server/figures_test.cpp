// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "core/stats/metric.h"
#include "tests/sync/server/support.h"
#include "tests/sync/server/visits.h"

namespace halte::tests {
namespace {

using stats::Metric;

// 10 promoters, 4 passives, 6 detractors: an NPS of 20.
const std::vector<Scores> utrecht_scores{{5, 10}, {5, 10}, {5, 9}, {4, 9}, {4, 9}, {5, 10}, {4, 9},
                                         {4, 10}, {5, 9},  {4, 9}, {4, 8}, {3, 7}, {4, 7},  {3, 8},
                                         {2, 6},  {1, 0},  {2, 3}, {1, 5}, {2, 6}, {3, 2}};
const std::vector<Scores> breda_scores{{3, 5}, {4, 7}, {4, 8}, {5, 9}, {2, 2}, {3, 6},
                                       {4, 9}, {5, 9}, {4, 8}, {1, 1}, {3, 7}, {4, 10}};

Json expected(Metric metric, const std::vector<Scores>& all) {
  stats::Distribution answers(stats::scale_of(metric));
  for (Scores scores : all) answers.add(metric == Metric::nps ? scores.nps : scores.visit);
  auto figure = stats::measure(metric, answers);
  REQUIRE(figure);
  return {{"metric", stats::name_of(metric)}, {"n", figure->n},
          {"value", figure->value},           {"low", figure->interval.low},
          {"high", figure->interval.high},    {"suppressed", false}};
}

Json hidden(Metric metric) { return {{"metric", stats::name_of(metric)}, {"suppressed", true}, {"k", 10}}; }

std::vector<Scores> first(const std::vector<Scores>& all, std::size_t n) {
  return {all.begin(), all.begin() + long(n)};
}

std::vector<Scores> together(std::vector<Scores> a, const std::vector<Scores>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Json overview(Headquarters& hq) { return hq.administrator.get("/api/v1/overview").json(); }
Json branch(Headquarters& hq, const std::string& id) {
  return hq.administrator.get("/api/v1/branches/" + id).json();
}
Json paying(Headquarters& hq, const std::string& query = "") {
  return hq.administrator.get("/api/v1/journeys/groceries/live" + query)
      .json()["phases"][0]["touchpoints"][0];
}
Json by_id(const Json& list, const std::string& id) {
  for (const Json& one : list)
    if (one["id"] == id) return one;
  return nullptr;
}

}  // namespace

TEST_CASE("figures: ten promoters, four passives and six detractors are an NPS of 20") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  Json nps = overview(hq)["nps"];
  CHECK(nps["n"] == 20);
  CHECK(nps["value"] == doctest::Approx(20.0));
}

TEST_CASE("figures: overview, branch and journey show exactly what core/stats computes") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  hq.kiosk("breda-1").store(visits(hq.random, breda_scores, "breda"), "breda");
  auto all = together(utrecht_scores, breda_scores);
  Json seen = overview(hq), there = branch(hq, "breda"), map = paying(hq),
       map_there = paying(hq, "?branch=breda");
  for (Metric metric : {Metric::nps, Metric::emotion}) {
    std::string name(stats::name_of(metric));
    CHECK(seen[name] == expected(metric, all));
    CHECK(by_id(seen["branches"], "utrecht")[name] == expected(metric, utrecht_scores));
    CHECK(by_id(seen["branches"], "breda")[name] == expected(metric, breda_scores));
    CHECK(there[name] == expected(metric, breda_scores));
    CHECK(by_id(there["touchpoints"], "checkout")[name] == expected(metric, breda_scores));
    CHECK(seen["trend"][0][name] == expected(metric, all));
    CHECK(map[name] == expected(metric, all));
    CHECK(map_there[name] == expected(metric, breda_scores));
  }
  CHECK(seen["trend"].size() == 1);
  CHECK(seen["trend"][0]["day"] == "2026-11-21");
  CHECK(seen["responses"] == Json{{"n", 32}, {"today", 32}, {"today_suppressed", false}});
}

TEST_CASE("figures: today begins at the branch's midnight on a day of 23 hours, too") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  const base::Instant now = *base::parse_rfc3339("2027-03-28T12:00:00Z");  // 14:00 in summer time
  hq.clock.advance(now - hq.clock.now());
  hq.administrator = hq.as(auth::Role::administrator);
  auto store_at = [&](const char* time, const std::vector<Scores>& scores) {
    auto all = visits(hq.random, scores);
    for (auto& r : all) r.started = r.submitted = *base::parse_rfc3339(time);
    kiosk.store(all);
  };
  store_at("2027-03-27T22:15:00Z", utrecht_scores);  // 23:15 of the day before
  store_at("2027-03-27T23:15:00Z", breda_scores);
  CHECK(overview(hq)["responses"] == Json{{"n", 32}, {"today", 12}, {"today_suppressed", false}});
}

TEST_CASE("figures: the distribution has a bin for every answer of the scale") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  Json distribution = branch(hq, "utrecht")["distribution"];
  CHECK(distribution["nps"].size() == 11);
  std::vector<int> faces;
  for (const Json& bin : distribution["emotion"]) faces.push_back(bin["n"]);
  CHECK(faces == std::vector<int>{2, 3, 3, 7, 5});
}

TEST_CASE("figures: completion is the share of visits that came to the end") {
  Headquarters hq;
  auto all = visits(hq.random, utrecht_scores);
  for (int i = 0; i < 5; ++i) all[std::size_t(i)].ended = response::Ended::timeout;
  hq.kiosk().store(all);
  Json completion = overview(hq)["completion"];
  CHECK(completion["n"] == 20);
  CHECK(completion["value"] == doctest::Approx(0.75));
}

TEST_CASE("figures: reasons are counted with the band of the score, in the page's language") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  Json dutch = branch(hq, "utrecht")["reasons"];
  REQUIRE(dutch["happy"].size() == 2);
  CHECK(dutch["happy"][0]["share"]["n"] == 12);
  CHECK(dutch["happy"][0]["share"]["value"] == 1.0);
  CHECK(dutch["happy"][0]["label"] == "Vriendelijk personeel");
  CHECK(dutch["unhappy"].empty());  // five people: too few to say
  Json english = hq.administrator.get("/api/v1/branches/utrecht", {{"Accept-Language", "en-GB,nl;q=0.5"}})
                     .json()["reasons"];
  CHECK(english["happy"][0]["label"] == "Friendly staff");
}

TEST_CASE("figures: a reason has the words of the question in which it was named") {
  Headquarters hq;
  std::vector<response::Response> unhappy;
  for (int i = 0; i < 24; ++i) {
    auto r = tests::a_response(hq.random);
    r.answers = {{"visit", 1}, {"could_be_better", {i < 12 ? "wait" : "price"}}};
    unhappy.push_back(r);
  }
  hq.kiosk().store(unhappy);
  std::set<std::string> labels;
  Json reasons = branch(hq, "utrecht")["reasons"];
  for (const Json& reason : reasons["unhappy"]) labels.insert(reason["label"]);
  CHECK(labels == std::set<std::string>{"Wachttijd", "Prijzen"});
}

TEST_CASE("k: nine answers show neither a score nor a number, ten do") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  kiosk.store(visits(hq.random, first(utrecht_scores, 9)));
  Json seen = overview(hq), there = branch(hq, "utrecht"), map = paying(hq);
  for (Metric metric : {Metric::nps, Metric::emotion}) {
    std::string name(stats::name_of(metric));
    for (const Json& cell :
         {seen[name], there[name], map[name], seen["trend"][0][name],
          by_id(seen["branches"], "utrecht")[name], by_id(there["touchpoints"], "checkout")[name]})
      CHECK(cell == hidden(metric));
    CHECK(there["distribution"][name].is_null());
  }
  CHECK(map["latest"].is_null());
  CHECK(map["age_s"].is_null());
  CHECK(seen["completion"]["suppressed"] == true);
  CHECK(seen["responses"] == Json{{"n", nullptr}, {"today", nullptr}, {"today_suppressed", true}});
  kiosk.store({a_visit(hq.random, utrecht_scores[9])});
  CHECK(overview(hq)["nps"] == expected(Metric::nps, first(utrecht_scores, 10)));
  CHECK(paying(hq)["nps"] == expected(Metric::nps, first(utrecht_scores, 10)));
}

TEST_CASE("k: a branch that is too small takes another with it, since the total stands beside them") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  hq.kiosk("breda-1").store(visits(hq.random, first(breda_scores, 6), "breda"), "breda");
  Json seen = overview(hq);
  CHECK(seen["nps"]["n"] == 26);
  for (const Json& one : seen["branches"]) CHECK(one["nps"] == hidden(Metric::nps));
}

TEST_CASE("k: what covers a small branch is hidden on its own page and on the map, too") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  hq.kiosk("breda-1").store(visits(hq.random, first(breda_scores, 6), "breda"), "breda");
  CHECK(paying(hq)["nps"]["n"] == 26);
  for (const char* id : {"utrecht", "breda"}) {
    Json there = branch(hq, id), map = paying(hq, std::string("?branch=") + id);
    for (Metric metric : {Metric::nps, Metric::emotion}) {
      std::string name(stats::name_of(metric));
      CHECK(there[name] == hidden(metric));
      CHECK(there["distribution"][name].is_null());
      CHECK(map[name] == hidden(metric));
    }
    CHECK(there["completion"]["suppressed"] == true);
    CHECK(there["trend"].empty());
    CHECK(there["reasons"]["happy"].empty());
    CHECK(map["reasons"].empty());
  }
}

TEST_CASE("k: on the map a small touchpoint takes another with it, since the total stands elsewhere") {
  Headquarters hq;
  Json entrance{{"touchpoints", {{{"id", "entrance"}, {"name", "Ingang"}, {"survey", "visit"}}}}};
  REQUIRE(hq.provision(entrance).status == 204);
  Kiosk kiosk = hq.kiosk();
  kiosk.store(visits(hq.random, utrecht_scores));
  auto few = visits(hq.random, first(breda_scores, 6));
  for (auto& r : few) r.touchpoint = "entrance";
  kiosk.store(few);
  CHECK(overview(hq)["nps"]["n"] == 26);
  CHECK(paying(hq)["nps"] == hidden(Metric::nps));
  CHECK(paying(hq, "?branch=utrecht")["nps"] == hidden(Metric::nps));
}

TEST_CASE("k: a higher threshold of the organisation counts everywhere") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  REQUIRE(hq.provision({{"k", 25}}).status == 204);
  for (const Json& cell : {overview(hq)["nps"], branch(hq, "utrecht")["nps"], paying(hq)["nps"]})
    CHECK(cell == Json{{"metric", "nps"}, {"suppressed", true}, {"k", 25}});
}

TEST_CASE("journey: one more response makes a touchpoint's n grow by one") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  kiosk.store(visits(hq.random, utrecht_scores));
  CHECK(paying(hq)["nps"]["n"] == 20);
  kiosk.store({a_visit(hq.random, {5, 10})});
  CHECK(paying(hq)["nps"]["n"] == 21);
  CHECK(paying(hq)["emotion"]["n"] == 21);
}

TEST_CASE("journey: a duplicate batch leaves every figure as it is") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto batch = kiosk.batch(visits(hq.random, utrecht_scores));
  kiosk.deliver(batch);
  Json before = overview(hq);
  kiosk.deliver(batch);
  CHECK(overview(hq) == before);
}

TEST_CASE("journey: the evidence stands beside the expectation, with its age and its target") {
  Headquarters hq;
  hq.kiosk().store(visits(hq.random, utrecht_scores));
  hq.clock.advance(std::chrono::minutes(20));
  Json touchpoint = paying(hq);
  CHECK(touchpoint["latest"] == "2026-11-21T12:00:00Z");
  CHECK(touchpoint["age_s"] == 1200);
  CHECK(touchpoint["target"] == Json{{"metric", "nps"}, {"value", 30.0}, {"met", "undecided"}});
  CHECK(touchpoint["trend"].is_null());  // nothing to compare with yet
}

TEST_CASE("journey: the period before is what the trend compares with") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  auto earlier = visits(hq.random, utrecht_scores);
  for (auto& r : earlier) r.started = r.submitted = noon() - std::chrono::days(10);
  kiosk.store(earlier);
  kiosk.store(visits(hq.random, breda_scores));
  Json week = paying(hq, "?days=7");
  CHECK(week["nps"] == expected(Metric::nps, breda_scores));
  CHECK(week["trend"]["previous_n"] == 20);
  CHECK(week["trend"]["difference"] ==
        doctest::Approx(expected(Metric::nps, breda_scores)["value"].get<double>() - 20.0));
  CHECK(paying(hq)["nps"]["n"] == 32);
}

TEST_CASE("journey: the list, the document and an unknown one") {
  Headquarters hq;
  Json list = hq.administrator.get("/api/v1/journeys").json();
  REQUIRE(list.size() == 1);
  CHECK(list[0]["touchpoints"] == 1);
  CHECK(hq.administrator.get("/api/v1/journeys/groceries").json() == small_chain()["journeys"][0]);
  CHECK(hq.administrator.get("/api/v1/journeys/nowhere").problem() == 301);
  CHECK(hq.administrator.get("/api/v1/journeys/nowhere/live").problem() == 301);
}

TEST_CASE("figures: a comment, or words where a choice belongs, are in none of them") {
  Headquarters hq;
  auto all = visits(hq.random, utrecht_scores);
  for (auto& r : all) {
    r.answers["comment"] = "kwetsbaar-woord";
    r.answers["nps"] = "kwetsbaar-woord";
    r.answers["went_well"] = {"kwetsbaar-woord", "staff"};
    r.answers["unasked"] = "kwetsbaar-woord";
  }
  hq.kiosk().store(all);
  for (const char* path : {"/api/v1/overview", "/api/v1/branches", "/api/v1/branches/utrecht",
                           "/api/v1/journeys", "/api/v1/journeys/groceries/live"}) {
    Reply reply = hq.administrator.get(path);
    CHECK(reply.status == 200);
    CHECK_MESSAGE(reply.body.find("kwetsbaar") == std::string::npos, path);
  }
  CHECK(overview(hq)["nps"] == hidden(Metric::nps));
  CHECK(overview(hq)["emotion"]["n"] == 20);
}

TEST_CASE("figures: a response of an unknown survey version counts as a response and in no score") {
  Headquarters hq;
  auto all = visits(hq.random, utrecht_scores);
  for (auto& r : all) r.survey_version = 7;
  hq.kiosk().store(all);
  Json seen = overview(hq);
  CHECK(seen["responses"]["n"] == 20);
  CHECK(seen["nps"] == hidden(Metric::nps));
}

TEST_CASE("figures: the period is whole days up to now, from 1 to 1100") {
  Headquarters hq;
  auto old = visits(hq.random, utrecht_scores);
  for (auto& r : old) r.started = r.submitted = noon() - std::chrono::days(40);
  hq.kiosk().store(old);
  CHECK(overview(hq)["nps"] == hidden(Metric::nps));
  CHECK(hq.administrator.get("/api/v1/overview?days=60").json()["nps"]["n"] == 20);
  for (const char* days : {"0", "1101", "-1", "x", "7x", ""})
    CHECK_MESSAGE(hq.administrator.get(std::string("/api/v1/overview?days=") + days).problem() == 103, days);
}

TEST_CASE("figures: a branch that there is not is 404") {
  Headquarters hq;
  CHECK(hq.administrator.get("/api/v1/branches/atlantis").problem() == 301);
  CHECK(hq.administrator.get("/api/v1/branches").json().size() == 2);
}

}  // namespace halte::tests
