// SPDX-License-Identifier: Apache-2.0
#include "core/stats/comparison.h"
#include "tests/sync/server/support.h"
#include "tests/sync/server/visits.h"

namespace halte::tests {
namespace {

using stats::Metric;

// So many visits with that face and score.
std::vector<Scores> of(int n, int visit, int nps) {
  return std::vector<Scores>(std::size_t(n), Scores{visit, nps});
}

std::vector<Scores> mixed(int promoters, int passives, int detractors) {
  std::vector<Scores> all = of(promoters, 5, 10);
  for (const auto& some : {of(passives, 4, 8), of(detractors, 2, 3)})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

struct Moment {
  std::chrono::hours ago{0};
  std::string locale = "nl", variant = "";
  int version = 1;
  bool flagged = false;
};

void store(Headquarters& hq, Kiosk& kiosk, const std::vector<Scores>& scores, const Moment& moment = {},
           const std::string& branch = "utrecht") {
  std::vector<response::Response> responses;
  for (Scores one : scores) {
    auto r = a_visit(hq.random, one, branch);
    r.started = r.submitted = noon() - moment.ago;
    r.id = response::make_id(r.submitted, hq.random);
    r.locale = moment.locale;
    r.variant = moment.variant;
    r.survey_version = moment.version;
    if (moment.flagged) r.flags = {{"burst", 1}};
    responses.push_back(std::move(r));
  }
  kiosk.store(responses, branch);
}

Json report(Headquarters& hq, const std::string& what) {
  Reply reply = hq.administrator.get("/api/v1/" + what);
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  return reply.json();
}

Json score(const Json& stats, const std::string& metric) {
  for (const Json& one : stats["scores"])
    if (one["metric"] == metric) return one;
  return nullptr;
}

stats::Distribution nps_of(const std::vector<Scores>& scores) {
  stats::Distribution answers(stats::scale_of(Metric::nps));
  for (Scores one : scores) answers.add(one.nps);
  return answers;
}

}  // namespace

TEST_CASE(
    "reports: a score with the one before it is what core/stats says of both, and of their difference") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  const auto now = mixed(30, 10, 10), before = mixed(12, 10, 28);
  store(hq, kiosk, now);
  store(hq, kiosk, before, {.ago = std::chrono::hours(24 * 10)});
  Json stats = report(hq, "stats?days=7");
  Json nps = score(stats, "nps");
  const auto expected = *stats::difference(Metric::nps, nps_of(now), nps_of(before));
  CHECK(nps["without_marked"]["n"] == 50);
  CHECK(nps["without_marked"]["value"] == doctest::Approx(40.0));
  CHECK(nps["before"]["value"] == doctest::Approx(-32.0));
  CHECK(nps["change"]["value"] == doctest::Approx(expected.value));
  CHECK(nps["change"]["p"] == doctest::Approx(expected.p_value));
  CHECK(nps["change"]["proven"] == true);
  CHECK(nps["distribution"][10]["n"] == 30);
  CHECK(stats["responses"]["n"] == 50);
  CHECK(stats["responses"]["before"] == 50);
}

TEST_CASE("reports: a filter selects, and the view says by name what it understood") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(20, 0, 0));
  store(hq, kiosk, mixed(0, 0, 15), {.locale = "en"});
  Json english = report(hq, "stats?branch=utrecht&touchpoint=checkout&language=en");
  CHECK(score(english, "nps")["without_marked"]["value"] == doctest::Approx(-100.0));
  CHECK(score(english, "nps")["without_marked"]["n"] == 15);
  CHECK(english["view"]["branch"]["name"] == "Utrecht");
  CHECK(english["view"]["touchpoint"]["name"] == "Kassa");
  CHECK(english["view"]["language"] == "en");
  CHECK(english["view"]["zone"] == "Europe/Amsterdam");
}

TEST_CASE("reports: what another view less this one would give away is not shown, in no report") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(20, 5, 5));
  store(hq, kiosk, mixed(2, 1, 1), {.locale = "en"});
  CHECK(score(report(hq, "stats"), "nps")["without_marked"]["n"] == 34);
  CHECK(score(report(hq, "stats?language=nl"), "nps") == nullptr);
  CHECK(report(hq, "stats?language=nl")["responses"]["n"] == nullptr);
  const Json trend = report(hq, "trend?language=nl"), heat = report(hq, "heatmap?language=nl");
  for (const Json& point : trend["points"]) CHECK(point["figure"]["suppressed"] == true);
  for (const Json& day : heat["days"])
    for (const Json& cell : day) CHECK((cell == nullptr || cell["suppressed"] == true));
  CHECK(report(hq, "reasons?language=nl")["happy"].empty());
  CHECK(report(hq, "comparison?by=language")["units"].empty());
}

TEST_CASE("reports: a branch is hidden where the rest of the organisation is small") {
  Headquarters hq;
  Kiosk utrecht = hq.kiosk(), breda = hq.kiosk("breda-1");
  store(hq, utrecht, mixed(20, 5, 5));
  store(hq, breda, mixed(1, 1, 1), {}, "breda");
  CHECK(score(report(hq, "stats?branch=utrecht"), "nps") == nullptr);
  store(hq, breda, mixed(5, 2, 2), {}, "breda");
  CHECK(score(report(hq, "stats?branch=utrecht"), "nps")["without_marked"]["n"] == 30);
}

TEST_CASE("reports: a trend has a step a day, week or month of the branch's calendar") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(10, 2, 2));
  store(hq, kiosk, mixed(5, 5, 5), {.ago = std::chrono::hours(24)});
  store(hq, kiosk, mixed(2, 2, 12), {.ago = std::chrono::hours(24 * 25)});
  Json days = report(hq, "trend?metric=nps&step=day&days=30")["points"];
  REQUIRE(days.size() == 3);
  CHECK(days[2]["step"] == "2026-11-21");
  CHECK(days[2]["figure"]["n"] == 14);
  CHECK(report(hq, "trend?step=week")["points"][0]["step"] == "2026-W44");
  CHECK(report(hq, "trend?step=month")["points"][0]["step"] == "2026-10");
  CHECK(report(hq, "trend?step=hour&days=2")["points"].back()["step"] == "2026-11-21T13");
  CHECK(hq.administrator.get("/api/v1/trend?step=hour&days=40").problem() == 103);
}

TEST_CASE("reports: another wording in mid-series is a break of the trend, another question is none") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Json second = small_chain();
  second["surveys"][0]["version"] = 2;
  second["surveys"][0]["definition"]["title"] = "Anders";
  REQUIRE(hq.provision(second).status == 204);
  Json third = second;
  third["surveys"][0]["version"] = 3;
  for (Json& page : third["surveys"][0]["definition"]["pages"])
    for (Json& element : page["elements"])
      if (element["name"] == "nps") element["title"] = "Zou u terugkomen?";
  REQUIRE(hq.provision(third).status == 204);
  store(hq, kiosk, mixed(10, 2, 2), {.ago = std::chrono::hours(48)});
  store(hq, kiosk, mixed(10, 2, 2), {.ago = std::chrono::hours(24), .version = 2});
  store(hq, kiosk, mixed(10, 2, 2), {.version = 3});
  Json breaks = report(hq, "trend?metric=nps")["breaks"];
  REQUIRE(breaks.size() == 1);
  CHECK(breaks[0] == Json{{"step", "2026-11-21"}, {"survey", "visit"}, {"version", 3}});
  CHECK(report(hq, "trend?metric=emotion")["breaks"].empty());
}

TEST_CASE("reports: an hour of the week holds what was answered in it on the branch's clock") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(10, 2, 2));                                           // Saturday, 13:00 in Utrecht
  store(hq, kiosk, mixed(0, 0, 12), {.ago = std::chrono::hours(24 * 5 + 3)});  // Monday, 10:00
  Json days = report(hq, "heatmap?metric=nps&branch=utrecht")["days"];
  CHECK(days[5][13]["n"] == 14);
  CHECK(days[0][10]["value"] == doctest::Approx(-100.0));
  CHECK(days[5][12] == nullptr);
}

TEST_CASE("reports: the better branch is above only when that is proven, else it is a tie") {
  Headquarters hq;
  Kiosk utrecht = hq.kiosk(), breda = hq.kiosk("breda-1");
  store(hq, utrecht, mixed(10, 5, 6));
  store(hq, breda, mixed(9, 6, 6), {}, "breda");
  Json tied = report(hq, "comparison?metric=nps&by=branch")["units"];
  REQUIRE(tied.size() == 2);
  CHECK(tied[0]["id"] == "utrecht");
  for (const Json& unit : tied) {
    CHECK(unit["standing"] == "tied");
    CHECK(unit["rank"] == 1);
  }
  store(hq, utrecht, mixed(200, 10, 5));
  store(hq, breda, mixed(20, 50, 120), {}, "breda");
  Json proven = report(hq, "comparison?metric=nps&by=branch")["units"];
  CHECK(proven[0]["standing"] == "above");
  CHECK(proven[1]["standing"] == "below");
  CHECK(proven[1]["rank"] == 2);
}

TEST_CASE("reports: units with too few answers are named without a figure") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(20, 10, 10), {.variant = "a"});
  store(hq, kiosk, mixed(20, 10, 10), {.variant = "b"});
  store(hq, kiosk, mixed(4, 0, 0), {.variant = "c"});
  Json by_variant = report(hq, "comparison?by=variant");
  CHECK(by_variant["units"].size() == 1);  // one more covers the small one
  CHECK(by_variant["too_few"].size() == 2);
}

TEST_CASE("reports: what changed is ranked by proof, and chance is not called a change") {
  Headquarters hq;
  Kiosk utrecht = hq.kiosk(), breda = hq.kiosk("breda-1");
  const Moment before{.ago = std::chrono::hours(24 * 8)};
  store(hq, utrecht, mixed(60, 20, 20), before);
  store(hq, utrecht, mixed(20, 20, 60));
  store(hq, breda, mixed(21, 10, 10), before, "breda");
  store(hq, breda, mixed(20, 10, 11), {}, "breda");
  Json changes = report(hq, "changes?days=7")["changes"];
  REQUIRE(changes.size() >= 4);
  CHECK(changes[0]["change"]["proven"] == true);
  CHECK(changes[0]["of"]["id"] != "breda");
  for (std::size_t i = 1; i < changes.size(); ++i)
    CHECK(changes[i - 1]["change"]["p"].get<double>() <= changes[i]["change"]["p"].get<double>());
  for (const Json& change : changes)
    if (change["of"]["id"] == "breda") CHECK(change["change"]["proven"] == false);
}

TEST_CASE("reports: marked answers stand apart, and a few of them are not told by a difference") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(20, 5, 5));
  store(hq, kiosk, mixed(4, 0, 0), {.flagged = true});
  Json few = score(report(hq, "stats"), "nps");
  CHECK(few["without_marked"]["n"] == 30);
  CHECK(few["with_marked"]["suppressed"] == true);
  CHECK(report(hq, "stats")["responses"]["marked"] == nullptr);
  store(hq, kiosk, mixed(10, 0, 0), {.flagged = true});
  Json many = score(report(hq, "stats"), "nps");
  CHECK(many["with_marked"]["n"] == 44);
  CHECK(report(hq, "stats")["responses"]["marked"] == 14);
}

TEST_CASE("reports: each is a file with the same figures, and that it was taken stands in the audit log") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(20, 5, 5));
  for (const std::string what : {"stats", "trend", "heatmap", "reasons", "comparison", "changes"}) {
    Reply csv = hq.administrator.get("/api/v1/" + what + "?format=csv");
    CHECK_MESSAGE(csv.raw.header("Content-Type").value_or("") == "text/csv; charset=utf-8", csv.body);
    Reply xlsx = hq.administrator.get("/api/v1/" + what + "?format=xlsx");
    CHECK(xlsx.body.starts_with("PK"));
  }
  Reply csv = hq.administrator.get("/api/v1/trend?metric=nps", {{"Accept", "text/csv"}});
  CHECK(csv.body.find("2026-11-21,50,") != std::string::npos);
  CHECK(hq.administrator.get("/api/v1/trend", {{"Accept", "image/png"}}).problem() == 105);
}

TEST_CASE("reports: a branch manager sees the own branches and no other") {
  Headquarters hq;
  Kiosk utrecht = hq.kiosk(), breda = hq.kiosk("breda-1");
  store(hq, utrecht, mixed(20, 5, 5));
  store(hq, breda, mixed(2, 5, 25), {}, "breda");
  Browser manager = hq.as(auth::Role::branch_manager);  // of Utrecht
  Json own = manager.get("/api/v1/stats").json();
  CHECK(own["view"]["branch"]["id"] == "utrecht");
  CHECK(score(own, "nps")["without_marked"]["n"] == 30);
  CHECK(manager.get("/api/v1/stats?branch=breda").problem() == 202);
  CHECK(manager.get("/api/v1/filters").json()["branches"] ==
        Json::array({{{"id", "utrecht"}, {"name", "Utrecht"}}}));
  CHECK(hq.administrator.get("/api/v1/filters").json()["languages"] == Json{"en", "nl"});
  CHECK(manager.get("/api/v1/comparison?by=branch&region=midden").problem() == 202);
}

TEST_CASE("reports: a period is whole days of the place, and what cannot be one is refused") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  store(hq, kiosk, mixed(10, 2, 2));
  store(hq, kiosk, mixed(0, 0, 12), {.ago = std::chrono::hours(24)});
  Json one_day = report(hq, "stats?from=2026-11-20&to=2026-11-20");
  CHECK(score(one_day, "nps")["without_marked"]["n"] == 12);
  CHECK(one_day["view"]["period"]["from"] == "2026-11-19T23:00:00Z");
  for (const char* wrong :
       {"stats?days=0", "stats?days=x", "stats?from=2026-11-20", "stats?from=2026-11-20&to=2026-11-19",
        "stats?from=2020-01-01&to=2026-11-20", "stats?metric=mood", "stats?branch=atlantis",
        "stats?region=atlantis", "trend?step=minute", "comparison?by=weather"})
    CHECK_MESSAGE(hq.administrator.get(std::string("/api/v1/") + wrong).problem() == 103, wrong);
}

}  // namespace halte::tests
