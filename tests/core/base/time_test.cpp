// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <doctest/doctest.h>

using namespace halte::base;
using namespace std::chrono_literals;

TEST_CASE("time: RFC 3339 comes back, with an offset and with a fraction") {
  auto at = parse_rfc3339("2026-11-21T21:48:05Z");
  REQUIRE(at);
  CHECK(to_rfc3339(*at) == "2026-11-21T21:48:05Z");
  CHECK(parse_rfc3339("2026-11-21T22:48:05+01:00") == at);
  CHECK(to_rfc3339(*parse_rfc3339("2026-11-21T21:48:05.250Z")) == "2026-11-21T21:48:05.250Z");
}

TEST_CASE("time: what is not a time is refused") {
  for (const char* text : {"", "2026-11-21", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
                           "2026-11-21T24:00:00Z", "2026-11-21T21:48:05", "2026-11-21 21:48:05Z"})
    CHECK_FALSE(parse_rfc3339(text));
}

TEST_CASE("time: coarsening goes down to the quarter, also before 1970") {
  CHECK(to_rfc3339(coarsen(*parse_rfc3339("2026-11-21T21:59:59.999Z"), 15min)) == "2026-11-21T21:45:00Z");
  CHECK(to_rfc3339(coarsen(*parse_rfc3339("1969-12-31T23:59:00Z"), 15min)) == "1969-12-31T23:45:00Z");
}

TEST_CASE("time: local readings follow daylight saving") {
  auto winter = to_local(*parse_rfc3339("2026-10-25T01:30:00Z"), "Europe/Amsterdam");
  auto summer = to_local(*parse_rfc3339("2026-10-25T00:30:00Z"), "Europe/Amsterdam");
  REQUIRE(winter);
  CHECK(winter->minute_of_day == 150);
  CHECK(summer->minute_of_day == 150);
  CHECK(winter->weekday == 6);
  CHECK_FALSE(to_local(Instant{}, "Mars/Olympus"));
}
