// SPDX-License-Identifier: Apache-2.0
#include "core/figures/report.h"

#include <doctest/doctest.h>

using namespace halte;
using namespace std::chrono_literals;
using figures::PeriodKind;

namespace {

constexpr const char* amsterdam = "Europe/Amsterdam";

base::Instant at(const char* text) { return *base::parse_rfc3339(text); }

response::CountRow row(const char* when, const char* measures, const char* bin, std::int64_t n,
                       bool flagged = false, int band = 0) {
  return {.survey = "visit",
          .survey_version = 1,
          .question = measures,
          .flagged = flagged,
          .hour = base::hours_since_epoch(at(when)),
          .band = band,
          .bin = bin,
          .n = n,
          .measures = measures};
}

response::CountRow ended(const char* when, const char* how, std::int64_t n) {
  auto r = row(when, "", how, n);
  r.question = response::ended_question;
  return r;
}

constexpr const char* morning = "2026-11-21T09:00:00Z";  // a Saturday, 10 o'clock in Amsterdam

figures::Report report(const std::vector<response::CountRow>& rows,
                       const std::vector<response::CountRow>& before = {}) {
  const auto period = figures::period_of(PeriodKind::day, at("2026-11-21T12:00:00Z"), amsterdam);
  return figures::report_of(period, rows, before, stats::Threshold(10), amsterdam);
}

}  // namespace

TEST_CASE("period: a day, a week from Monday and a month begin at midnight on the branch's wall") {
  const base::Instant now = at("2026-11-21T12:00:00Z");
  CHECK(figures::period_of(PeriodKind::day, now, amsterdam) ==
        figures::Period{PeriodKind::day, at("2026-11-19T23:00:00Z"), at("2026-11-20T23:00:00Z"), now});
  CHECK(figures::period_of(PeriodKind::week, now, amsterdam) ==
        figures::Period{PeriodKind::week, at("2026-11-08T23:00:00Z"), at("2026-11-15T23:00:00Z"), now});
  CHECK(figures::period_of(PeriodKind::month, now, amsterdam) ==
        figures::Period{PeriodKind::month, at("2026-09-30T22:00:00Z"), at("2026-10-31T23:00:00Z"), now});
}

TEST_CASE("period: the day on which summer time ends has 25 hours") {
  const auto day = figures::period_of(PeriodKind::day, at("2026-10-26T08:00:00Z"), amsterdam);
  CHECK(day.from - day.before == 25h);
}

TEST_CASE("report: a score, its change and how it spreads come with their answers") {
  const auto r = report({row(morning, "emotion", "5", 12), row(morning, "emotion", "2", 4),
                         ended(morning, "complete", 12), ended(morning, "timeout", 4)},
                        {row("2026-11-20T09:00:00Z", "emotion", "3", 20)});
  REQUIRE(r.scores.size() == 1);
  const auto& score = r.scores[0];
  REQUIRE(score.now.without_flagged);
  CHECK(score.now.without_flagged->n == 16);
  CHECK(score.now.without_flagged->value == doctest::Approx(68. / 16));
  CHECK(score.before->value == doctest::Approx(3));
  REQUIRE(score.change);
  CHECK(score.change->proven);
  CHECK(score.spread->count(5) == 12);
  CHECK(r.responses == 16);
  CHECK(r.completion->value == doctest::Approx(.75));
}

TEST_CASE("report: fewer answers than k show neither score nor spread nor count") {
  const auto r = report({row(morning, "emotion", "5", 9), ended(morning, "complete", 9)});
  REQUIRE(r.scores.size() == 1);
  CHECK_FALSE(r.scores[0].now.without_flagged);
  CHECK_FALSE(r.scores[0].spread);
  CHECK_FALSE(r.responses);
  CHECK_FALSE(r.completion);
  CHECK(r.heat[5][10].has_answers);
  CHECK_FALSE(r.heat[5][10].figure);
}

TEST_CASE("report: marked answers stand apart, and few of them are not given away by a difference") {
  const auto few = report({row(morning, "emotion", "5", 20), row(morning, "emotion", "1", 3, true)});
  CHECK(few.scores[0].now.without_flagged->n == 20);
  CHECK_FALSE(few.scores[0].now.with_flagged);
  const auto many = report({row(morning, "emotion", "5", 20), row(morning, "emotion", "1", 30, true)});
  CHECK(many.scores[0].now.without_flagged->value == doctest::Approx(5));
  CHECK(many.scores[0].now.with_flagged->n == 50);
}

TEST_CASE("report: hours of the heat map are the branch's, and a small one is covered by another") {
  const auto r = report({row(morning, "emotion", "4", 30), row("2026-11-21T10:00:00Z", "emotion", "2", 3),
                         row("2026-11-21T11:00:00Z", "emotion", "3", 12)});
  CHECK(r.heat[5][10].figure->value == doctest::Approx(4));
  CHECK(r.heat[5][11].has_answers);
  CHECK_FALSE(r.heat[5][11].figure);
  CHECK_FALSE(r.heat[5][12].figure);  // the total less what is shown would tell of the three
  CHECK_FALSE(r.heat[5][13].has_answers);
}

TEST_CASE("report: reasons are of the happy and of the unhappy, with the size of their band") {
  const auto r =
      report({row(morning, "emotion", "5", 40), row(morning, "emotion", "1", 12),
              row(morning, "reason", "staff", 30, false, 3), row(morning, "reason", "price", 11, false, 3),
              row(morning, "reason", "wait", 12, false, 1)});
  REQUIRE(r.happy.size() == 2);
  CHECK(r.happy[0].share.reason == "staff");
  CHECK(r.happy[0].share.n == 40);
  CHECK(r.happy[0].share.share == doctest::Approx(.75));
  REQUIRE(r.unhappy.size() == 1);
  CHECK(r.unhappy[0].share.n == 12);
}

TEST_CASE(
    "report: a reason that two questions offer is told in the words of the one that the band was asked") {
  auto named = [](const char* question, int band) {
    auto r = row(morning, "reason", "wait", 12, false, band);
    r.question = question;
    return r;
  };
  const auto r = report({row(morning, "emotion", "5", 12), row(morning, "emotion", "1", 12),
                         named("went_well", 3), named("could_be_better", 1)});
  REQUIRE(r.happy.size() == 1);
  REQUIRE(r.unhappy.size() == 1);
  CHECK(r.happy[0].question == "went_well");
  CHECK(r.unhappy[0].question == "could_be_better");
}

TEST_CASE("report: the score that reasons go with comes first, and the heat map is of it") {
  const auto r = report({row(morning, "nps", "9", 20), row(morning, "emotion", "4", 20)});
  REQUIRE(r.scores.size() == 2);
  CHECK(r.scores[0].metric == stats::Metric::emotion);
  CHECK(r.heat_metric == stats::Metric::emotion);
}
