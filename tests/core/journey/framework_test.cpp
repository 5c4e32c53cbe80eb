// SPDX-License-Identifier: Apache-2.0
#include "core/journey/framework.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace journey = halte::journey;
namespace base = halte::base;

namespace {

const std::filesystem::path journeys = std::filesystem::path(HALTE_SOURCE_DIR) / "assets/journeys";

journey::Framework named(std::string_view id) {
  auto all = journey::load_frameworks(journeys / "templates");
  REQUIRE(all);
  auto found = std::ranges::find(*all, id, &journey::Framework::id);
  REQUIRE(found != all->end());
  return *found;
}

std::vector<std::string> phases_of(std::string_view id) {
  std::vector<std::string> ids;
  for (const auto& phase : named(id).phases) ids.push_back(phase.id);
  return ids;
}

}  // namespace

TEST_CASE("frameworks: five ship, each with its phases in order") {
  using Phases = std::vector<std::string>;
  CHECK(journey::load_frameworks(journeys / "templates")->size() == 5);
  CHECK(phases_of("five-phase") == Phases{"awareness", "consideration", "decision", "service", "advocacy"});
  CHECK(phases_of("six-step") == Phases{"touch", "consider", "buy", "use", "share", "return"});
  CHECK(phases_of("aaarrr") ==
        Phases{"awareness", "acquisition", "activation", "revenue", "retention", "referral"});
  CHECK(phases_of("before-during-after") == Phases{"before", "during", "after"});
  CHECK(phases_of("blank").empty());
}

TEST_CASE("frameworks: only the last three stages of the pirate funnel come in any order") {
  CHECK(named("aaarrr").any_order_from == 3);
  CHECK(named("five-phase").any_order_from == 5);
}

TEST_CASE("frameworks: every phase is named in Dutch and English and knows only metrics of the catalogue") {
  auto metrics = journey::load_metrics(journeys / "metrics.json");
  REQUIRE(metrics);
  std::set<std::string> known;
  for (const auto& metric : *metrics) {
    CHECK(known.insert(metric.id).second);
    CHECK(metric.names.contains("nl"));
    CHECK(metric.names.contains("en"));
  }
  for (halte::stats::Metric metric : halte::stats::all_metrics)
    CHECK(known.contains(std::string(halte::stats::name_of(metric))));
  const auto frameworks = journey::load_frameworks(journeys / "templates");
  for (const auto& framework : *frameworks)
    for (const auto& phase : framework.phases) {
      CAPTURE(phase.id);
      CHECK(phase.names.contains("nl"));
      CHECK(phase.goals.contains("en"));
      CHECK_FALSE(phase.metrics.empty());
      for (const std::string& metric : phase.metrics) CHECK(known.contains(metric));
    }
}

TEST_CASE("frameworks: a new map has the phases in its language, and English where there is no other") {
  auto map = journey::start_map(named("five-phase"), "m", "Kaart", "nl");
  CHECK(map.phases.at(0).name == "Bewustwording");
  CHECK(map.framework == "five-phase");
  CHECK(journey::parse_map(journey::to_json(map)) == map);
  CHECK(journey::start_map(named("five-phase"), "m", "Karte", "de").phases.at(0).name == "Awareness");
  CHECK(journey::start_map(named("blank"), "m", "Leer", "de").phases.empty());
}

TEST_CASE("frameworks: a wrong file and a missing folder say what is wrong") {
  CHECK_FALSE(journey::load_frameworks(journeys / "nothing-here"));
  auto parsed = journey::parse_framework(base::Json::parse(
      R"({"id": "x", "names": {"en": "X"}, "phases": [{"id": "a", "names": {}}], "color": 1})"));
  REQUIRE_FALSE(parsed);
  CHECK(base::to_string(parsed.error()) ==
        "/phases/0/names: must hold a text by language; /phases/0/goals: must hold a text by language; "
        "/color: unknown key");
}
