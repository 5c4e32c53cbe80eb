// SPDX-License-Identifier: Apache-2.0
#include "core/site/sleep.h"

#include <doctest/doctest.h>

using namespace halte;
using Mode = site::Sleep::Mode;

namespace {

constexpr const char* zone = "Europe/Amsterdam";

base::Instant utc(const char* text) { return *base::parse_rfc3339(text); }

// Each day of the week alike.
site::OpeningHours daily(std::vector<site::OpenSpan> spans) {
  site::OpeningHours::Week week;
  week.fill(spans);
  return site::OpeningHours(week);
}

bool is_dark(const site::OpeningHours& hours, const char* at) {
  return site::may_be_dark({}, hours, zone, utc(at));
}

bool is_dark(int from, int until, const char* at) {
  return site::may_be_dark({Mode::hours, from, until}, {}, zone, utc(at));
}

// How many minutes of these hours the panel may be dark.
int dark_minutes(const site::Sleep& sleep, const site::OpeningHours& hours, const char* from,
                 std::chrono::hours length) {
  int dark = 0;
  for (base::Instant at = utc(from); at < utc(from) + length; at += std::chrono::minutes(1))
    dark += site::may_be_dark(sleep, hours, zone, at);
  return dark;
}

}  // namespace

TEST_CASE("sleep: the panel may be dark from closing until five minutes before opening") {
  const auto shop = daily({{8 * 60, 21 * 60}});  // in winter an hour ahead of UTC
  CHECK_FALSE(is_dark(shop, "2026-11-21T19:59:59Z"));
  CHECK(is_dark(shop, "2026-11-21T20:00:00Z"));
  CHECK(is_dark(shop, "2026-11-22T06:54:59Z"));
  CHECK_FALSE(is_dark(shop, "2026-11-22T06:55:00Z"));
  CHECK_FALSE(is_dark(shop, "2026-11-22T07:00:00Z"));
}

TEST_CASE("sleep: a shop that is open over midnight is lit over midnight") {
  const auto bar = daily({{18 * 60, 2 * 60}});
  CHECK_FALSE(is_dark(bar, "2026-11-21T23:30:00Z"));
  CHECK_FALSE(is_dark(bar, "2026-11-22T00:59:00Z"));
  CHECK(is_dark(bar, "2026-11-22T01:00:00Z"));
  CHECK(is_dark(bar, "2026-11-22T16:54:00Z"));
  CHECK_FALSE(is_dark(bar, "2026-11-22T16:55:00Z"));
}

TEST_CASE("sleep: a day without hours is dark, the lunch break too") {
  site::OpeningHours::Week week;
  week[0] = {{8 * 60, 12 * 60}, {13 * 60, 18 * 60}};
  const site::OpeningHours monday(week);
  CHECK(is_dark(monday, "2026-11-22T11:00:00Z"));  // Sunday
  CHECK_FALSE(is_dark(monday, "2026-11-23T10:59:00Z"));
  CHECK(is_dark(monday, "2026-11-23T11:00:00Z"));
  CHECK_FALSE(is_dark(monday, "2026-11-23T11:55:00Z"));
}

TEST_CASE("sleep: a branch whose hours or zone nobody knows is never dark for being closed") {
  CHECK(dark_minutes({}, {}, "2026-11-21T00:00:00Z", std::chrono::hours(24 * 7)) == 0);
  CHECK_FALSE(
      site::may_be_dark({}, daily({{8 * 60, 21 * 60}}), "Europe/Nowhere", utc("2026-11-21T23:00:00Z")));
}

TEST_CASE("sleep: never is never") {
  const site::Sleep never{Mode::never};
  CHECK(dark_minutes(never, daily({{8 * 60, 21 * 60}}), "2026-11-21T00:00:00Z", std::chrono::hours(48)) == 0);
}

TEST_CASE("sleep: hours of the manager's own go over midnight, whatever the opening hours are") {
  CHECK_FALSE(is_dark(22 * 60, 7 * 60, "2026-11-21T20:59:59Z"));
  CHECK(is_dark(22 * 60, 7 * 60, "2026-11-21T21:00:00Z"));
  CHECK(is_dark(22 * 60, 7 * 60, "2026-11-22T05:59:59Z"));
  CHECK_FALSE(is_dark(22 * 60, 7 * 60, "2026-11-22T06:00:00Z"));
  const auto always = daily({{0, 24 * 60}});
  CHECK(site::may_be_dark({Mode::hours, 22 * 60, 7 * 60}, always, zone, utc("2026-11-21T22:00:00Z")));
}

TEST_CASE("sleep: hours within a day, and hours of no length, which are never") {
  CHECK(is_dark(12 * 60, 13 * 60 + 30, "2026-11-21T11:00:00Z"));
  CHECK_FALSE(is_dark(12 * 60, 13 * 60 + 30, "2026-11-21T12:30:00Z"));
  const site::Sleep nothing{Mode::hours, 9 * 60, 9 * 60};
  CHECK(dark_minutes(nothing, {}, "2026-11-21T00:00:00Z", std::chrono::hours(24)) == 0);
}

TEST_CASE(
    "sleep: the nights in which the clock changes end when the wall says so, an hour earlier or later") {
  const auto shop = daily({{8 * 60, 21 * 60}});
  const site::Sleep closed, own{Mode::hours, 22 * 60, 7 * 60};
  const std::chrono::hours night(14);  // from 18:00 UTC
  const int of_shop = 11 * 60 - 5, of_manager = 9 * 60;
  CHECK(dark_minutes(closed, shop, "2026-10-23T18:00:00Z", night) == of_shop);
  CHECK(dark_minutes(closed, shop, "2026-10-24T18:00:00Z", night) == of_shop + 60);  // back at 03:00
  CHECK(dark_minutes(closed, shop, "2027-03-27T18:00:00Z", night) == of_shop - 60);  // forward at 02:00
  CHECK(dark_minutes(own, shop, "2026-10-24T18:00:00Z", night) == of_manager + 60);
  CHECK(dark_minutes(own, shop, "2027-03-27T18:00:00Z", night) == of_manager - 60);
  CHECK_FALSE(is_dark(shop, "2026-10-25T06:55:00Z"));
  CHECK_FALSE(is_dark(shop, "2027-03-28T05:55:00Z"));
  CHECK(is_dark(shop, "2027-03-28T05:54:59Z"));
}

TEST_CASE("sleep: an opening inside the hour that the clock leaves out or repeats is met") {
  const auto early = daily({{2 * 60 + 30, 4 * 60}});
  CHECK(is_dark(early, "2027-03-28T00:54:59Z"));        // 01:54:59, five minutes later it is 03:00
  CHECK_FALSE(is_dark(early, "2027-03-28T00:55:00Z"));  // 01:55
  CHECK_FALSE(is_dark(early, "2026-10-25T00:30:00Z"));  // 02:30, summer time
  CHECK(is_dark(early, "2026-10-25T01:00:00Z"));        // 02:00 again
  CHECK_FALSE(is_dark(early, "2026-10-25T01:25:00Z"));  // 02:25 again
}
