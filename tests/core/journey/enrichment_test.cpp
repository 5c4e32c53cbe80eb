// SPDX-License-Identifier: Apache-2.0
#include "core/journey/enrichment.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/file.h"

namespace journey = halte::journey;
namespace base = halte::base;
namespace stats = halte::stats;
using stats::Metric;
using stats::Threshold;

namespace {

const base::Instant now = *base::parse_rfc3339("2026-11-21T12:00:00Z");

journey::Map supermarket() {
  auto text = base::read_file(std::string(HALTE_SOURCE_DIR) + "/assets/journeys/supermarket.json");
  REQUIRE(text);
  auto map = journey::parse_map_text(*text, "supermarket.json");
  REQUIRE(map);
  return *map;
}

stats::Distribution faces(std::array<std::int64_t, 5> bins) { return {{1, 5}, bins}; }

stats::Distribution nps(std::int64_t detractors, std::int64_t passives, std::int64_t promoters) {
  stats::Distribution answers({0, 10});
  answers.add(2, detractors);
  answers.add(7, passives);
  answers.add(9, promoters);
  return answers;
}

// A busy service counter, a self-checkout that got worse, a checkout that people dislike, an entrance where
// few answer.
std::optional<journey::Measurement> measured(const std::string& touchpoint) {
  journey::Measurement m;
  if (touchpoint == "entrance") {
    m.current.emplace(Metric::emotion, faces({0, 1, 2, 3, 3}));
    m.latest = now - std::chrono::hours(1);
  } else if (touchpoint == "service-counter") {
    m.current.emplace(Metric::emotion, faces({2, 3, 15, 60, 120}));
    m.previous.emplace(Metric::emotion, faces({2, 3, 15, 62, 118}));
    m.current.emplace(Metric::nps, nps(10, 30, 160));
    m.latest = now - std::chrono::days(91) - std::chrono::minutes(1);
  } else if (touchpoint == "self-checkout") {
    m.current.emplace(Metric::emotion, faces({60, 40, 40, 40, 20}));
    m.previous.emplace(Metric::emotion, faces({20, 20, 40, 60, 60}));
    m.latest = now - std::chrono::days(2);
  } else if (touchpoint == "checkout") {
    m.current.emplace(Metric::emotion, faces({60, 42, 40, 40, 18}));
    m.current.emplace(Metric::nps, nps(50, 30, 20));
    m.reasons = {{"queue", stats::Band::low, 70},
                 {"price", stats::Band::low, 4},
                 {"packing", stats::Band::low, 25},
                 {"staff", stats::Band::high, 30}};
    m.latest = now - std::chrono::hours(3);
  } else {
    return std::nullopt;
  }
  return m;
}

journey::EnrichedMap enriched() { return journey::enrich(supermarket(), measured, now, Threshold(10)); }

const journey::EnrichedTouchpoint& at(const journey::EnrichedMap& map, std::string_view id) {
  for (const auto& phase : map.phases)
    for (const auto& touchpoint : phase.touchpoints)
      if (touchpoint.touchpoint.id == id) return touchpoint;
  FAIL("no such touchpoint");
  return map.phases.front().touchpoints.front();
}

const journey::EnrichedMetric& metric(const journey::EnrichedTouchpoint& touchpoint, Metric wanted) {
  auto found = std::ranges::find(touchpoint.metrics, wanted, &journey::EnrichedMetric::metric);
  REQUIRE(found != touchpoint.metrics.end());
  return *found;
}

}  // namespace

TEST_CASE("enrichment: a touchpoint shows hypothesis and evidence side by side") {
  auto map = enriched();
  const auto& counter = at(map, "service-counter");
  CHECK(counter.expected_emotion == 4.3);
  REQUIRE(counter.measured_emotion);
  CHECK(counter.measured_emotion->n == 200);
  CHECK(counter.measured_emotion->value == doctest::Approx(4.465));
  CHECK_FALSE(at(map, "folder").measured_emotion);
  CHECK(at(map, "folder").freshness == journey::Freshness::none);
}

TEST_CASE("enrichment: under the threshold a touchpoint shows no figure, no trend and no verdict") {
  auto map = enriched();
  const auto& entrance = metric(at(map, "entrance"), Metric::emotion);
  CHECK_FALSE(entrance.figure);
  CHECK_FALSE(entrance.trend);
  CHECK(entrance.target == 3.9);
  CHECK_FALSE(entrance.target_met);
}

TEST_CASE("enrichment: a target is met, missed or undecided by the interval") {
  auto map = enriched();
  CHECK(metric(at(map, "service-counter"), Metric::nps).target_met == stats::Verdict::yes);
  CHECK(metric(at(map, "checkout"), Metric::nps).target_met == stats::Verdict::no);
  journey::Map close = supermarket();
  for (auto& phase : close.phases)
    for (auto& touchpoint : phase.touchpoints)
      for (auto& kpi : touchpoint.kpis)
        if (touchpoint.id == "service-counter" && kpi.metric == "emotion") kpi.target = 4.45;
  auto again = journey::enrich(close, measured, now, Threshold(10));
  CHECK(metric(at(again, "service-counter"), Metric::emotion).target_met == stats::Verdict::undecided);
}

TEST_CASE("enrichment: a trend is proven where it is, and not where the change is chance") {
  auto map = enriched();
  CHECK(metric(at(map, "self-checkout"), Metric::emotion).trend->proven);
  CHECK(metric(at(map, "self-checkout"), Metric::emotion).trend->value < 0);
  CHECK_FALSE(metric(at(map, "service-counter"), Metric::emotion).trend->proven);
  CHECK_FALSE(metric(at(map, "checkout"), Metric::emotion).trend);
}

TEST_CASE("enrichment: data is stale after 90 days") {
  auto map = enriched();
  CHECK(at(map, "service-counter").age == std::chrono::days(91));
  CHECK(at(map, "service-counter").freshness == journey::Freshness::stale);
  CHECK(at(map, "checkout").age == std::chrono::days(0));
  CHECK(at(map, "checkout").freshness == journey::Freshness::fresh);
}

TEST_CASE("enrichment: reasons are shares of the unhappy, without the ones that few named") {
  auto map = enriched();
  const auto& low = at(map, "checkout").reasons_low;
  REQUIRE(low.size() == 1);
  CHECK(low[0].reason == "queue");
  CHECK(low[0].n == 102);
  CHECK(at(map, "checkout").reasons_high.at(0).reason == "staff");
}

TEST_CASE("friction: only steps between measured touchpoints, the proven fall first") {
  auto map = enriched();
  REQUIRE(map.friction.size() == 2);
  CHECK(map.friction[0].from == "service-counter");
  CHECK(map.friction[0].to == "self-checkout");
  CHECK(map.friction[0].difference.proven);
  CHECK(map.friction[1].from == "self-checkout");
  CHECK(map.friction[1].to == "checkout");
  CHECK_FALSE(map.friction[1].difference.proven);
}

TEST_CASE("action plan: overdue first, then by day, without what is done or dropped") {
  auto map = enriched();
  std::vector<std::string> ids;
  for (const auto& action : map.action_plan) ids.push_back(action.opportunity.id);
  CHECK(ids == std::vector<std::string>{"steekproef", "tweede-kassa", "voorraad-folder", "karren"});
  CHECK(map.action_plan[0].overdue);
  CHECK_FALSE(map.action_plan[1].overdue);
}

TEST_CASE("stage table: a row per phase says what customers do, how it is measured and what was measured") {
  auto rows = journey::stage_table(enriched());
  REQUIRE(rows.size() == 5);
  CHECK(rows[2].stage == "Aankoop");
  CHECK(rows[2].doing.size() == 5);
  auto nps_at_checkout = std::ranges::find_if(rows[2].measures, [](const journey::StageMeasure& m) {
    return m.metric == "nps" && m.touchpoint == "Bemande kassa";
  });
  REQUIRE(nps_at_checkout != rows[2].measures.end());
  CHECK(nps_at_checkout->figure->value == doctest::Approx(-30));
  CHECK(rows[0].measures.at(0).metric == "click-through-rate");
  CHECK_FALSE(rows[0].measures.at(0).figure);
}

TEST_CASE("enrichment: a map without any measurement is whole and empty") {
  auto map =
      journey::enrich(supermarket(), [](const std::string&) { return std::nullopt; }, now, Threshold(10));
  CHECK(map.phases.size() == 5);
  CHECK(map.friction.empty());
  CHECK_FALSE(map.review_is_due);
  for (const auto& phase : map.phases)
    for (const auto& touchpoint : phase.touchpoints) CHECK_FALSE(touchpoint.measured_emotion);
}
