// SPDX-License-Identifier: Apache-2.0
#include "core/figures/calendar.h"

#include <doctest/doctest.h>

namespace halte::tests {

TEST_CASE("calendar: weeks are ISO 8601's, whose year is that of their Thursday") {
  const auto week = [](const char* at) {
    return figures::name_of(figures::Step::week,
                            *base::to_local(*base::parse_rfc3339(at), "Europe/Amsterdam"));
  };
  CHECK(week("2026-11-28T12:00:00Z") == "2026-W48");
  CHECK(week("2026-12-31T12:00:00Z") == "2026-W53");
  CHECK(week("2027-01-03T12:00:00Z") == "2026-W53");
  CHECK(week("2027-01-04T12:00:00Z") == "2027-W01");
  CHECK(week("2024-12-30T12:00:00Z") == "2025-W01");
}

TEST_CASE("calendar: a step is named by the clock on the wall, and names sort by time") {
  const auto local = *base::to_local(*base::parse_rfc3339("2026-06-30T23:30:00Z"), "Europe/Amsterdam");
  CHECK(figures::name_of(figures::Step::hour, local) == "2026-07-01T01");
  CHECK(figures::name_of(figures::Step::day, local) == "2026-07-01");
  CHECK(figures::name_of(figures::Step::month, local) == "2026-07");
  CHECK_FALSE(figures::step_named("minute"));
}

}  // namespace halte::tests
