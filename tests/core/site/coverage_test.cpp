// SPDX-License-Identifier: Apache-2.0
#include "core/site/coverage.h"

#include <doctest/doctest.h>

using namespace halte;
using namespace std::chrono_literals;

namespace {

// A Saturday; Amsterdam is an hour ahead of UTC.
base::Instant at(const char* time) {
  return *base::parse_rfc3339(std::string("2026-11-21T") + time + ":00Z");
}

site::OpeningHours nine_to_five() {
  site::OpeningHours::Week week;
  week[5] = {{9 * 60, 17 * 60}};
  return site::OpeningHours(week);
}

}  // namespace

TEST_CASE("coverage: of the opening hours alone, silence is off and a covered glass is told apart") {
  using enum site::CoverageState;
  const std::vector<site::CoverageSpan> spans{{at("06:00"), at("08:00"), closed},
                                              {at("08:00"), at("11:00"), open},
                                              {at("11:00"), at("11:30"), blocked},
                                              {at("13:00"), at("18:00"), open}};
  const auto day = site::coverage_of(spans, at("00:00"), at("23:00"), nine_to_five(), "Europe/Amsterdam");
  CHECK(day.whole() == 8h);
  CHECK(day.open == 6h);
  CHECK(day.blocked == 30min);
  CHECK(day.off == 90min);
  CHECK(day.share() == doctest::Approx(.75));
}

TEST_CASE("coverage: a shop that was never open missed nothing") {
  const auto night = site::coverage_of({}, at("18:00"), at("22:00"), nine_to_five(), "Europe/Amsterdam");
  CHECK(night.whole() == 0min);
  CHECK(night.share() == 1);
}
