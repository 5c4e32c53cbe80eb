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

TEST_CASE("coverage: the opening times of a night of the clock's change are the wall's") {
  site::OpeningHours::Week week;
  week[5] = {{20 * 60, 4 * 60}};  // Saturday, past midnight
  const site::OpeningHours hours(week);
  const auto instant = [](const char* text) { return *base::parse_rfc3339(text); };
  using Times = std::vector<site::OpenTime>;
  CHECK(site::open_times(hours, "Europe/Amsterdam", instant("2026-03-28T00:00:00Z"),
                         instant("2026-03-30T00:00:00Z")) ==
        Times{{instant("2026-03-28T19:00:00Z"), instant("2026-03-29T02:00:00Z")}});
  CHECK(site::open_times(hours, "Europe/Amsterdam", instant("2026-10-24T00:00:00Z"),
                         instant("2026-10-26T00:00:00Z")) ==
        Times{{instant("2026-10-24T18:00:00Z"), instant("2026-10-25T03:00:00Z")}});
}

TEST_CASE("coverage: hours that nobody knows are all the time, and what is asked about is the limit") {
  const std::vector<site::OpenTime> all{{at("06:00"), at("08:00")}};
  CHECK(site::open_times({}, "Europe/Amsterdam", at("06:00"), at("08:00")) == all);
  const std::vector<site::OpenTime> cut{{at("09:00"), at("10:00")}};
  CHECK(site::open_times(nine_to_five(), "Europe/Amsterdam", at("09:00"), at("10:00")) == cut);
}

TEST_CASE("coverage: spans that overlap are counted once") {
  using enum site::CoverageState;
  const std::vector<site::CoverageSpan> spans{{at("08:00"), at("12:00"), open},
                                              {at("09:00"), at("10:00"), blocked},
                                              {at("11:00"), at("13:00"), open}};
  const auto day = site::coverage_of(spans, at("08:00"), at("14:00"), nine_to_five(), "Europe/Amsterdam");
  CHECK(day == site::Coverage{5h, 0min, 1h});
}
