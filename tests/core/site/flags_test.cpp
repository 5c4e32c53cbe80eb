// SPDX-License-Identifier: Apache-2.0
#include "core/site/flags.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace site = halte::site;
using halte::base::Millis;
using site::Tap;

namespace {

const halte::base::LocalTime monday_noon{2026, 3, 2, 0, 12 * 60};

std::set<std::string> rules(std::vector<Tap> taps, const site::OpeningHours& hours = {}) {
  std::set<std::string> names;
  for (const site::Flag& flag : site::flags_of_last(taps, hours, monday_noon)) names.insert(flag.rule);
  return names;
}

Tap tap(int at_ms, int value, int held_ms = 120) { return {Millis(at_ms), Millis(held_ms), value}; }

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("flags: visitors at a calm pace are not marked") {
  CHECK(rules({}) == Names{});
  CHECK(rules({tap(0, 5)}) == Names{});
  CHECK(rules({tap(0, 5), tap(8'000, 5), tap(30'000, 5), tap(52'000, 4)}) == Names{});
}

TEST_CASE("flags: burst is four answers in twenty seconds, and not four in a little more") {
  CHECK(rules({tap(0, 5), tap(6'000, 4), tap(12'000, 3), tap(20'000, 2)}) == Names{"burst"});
  CHECK(rules({tap(0, 5), tap(6'000, 4), tap(12'000, 3), tap(20'001, 2)}) == Names{});
}

TEST_CASE("flags: burst is an answer less than two and a half seconds after the one before") {
  CHECK(rules({tap(0, 5), tap(2'499, 1)}) == Names{"burst"});
  CHECK(rules({tap(0, 5), tap(2'500, 1)}) == Names{});
}

TEST_CASE("flags: straight repeat is the same face three times in fifteen seconds") {
  CHECK(rules({tap(0, 1), tap(7'000, 1), tap(15'000, 1)}) == Names{"straight_repeat"});
  CHECK(rules({tap(0, 1), tap(7'000, 1), tap(15'001, 1)}) == Names{});
  CHECK(rules({tap(0, 1), tap(7'000, 2), tap(15'000, 1)}) == Names{});
}

TEST_CASE("flags: a long press is one of two seconds") {
  CHECK(rules({tap(0, 3, 2'000)}) == Names{"long_press"});
  CHECK(rules({tap(0, 3, 1'999)}) == Names{});
}

TEST_CASE("flags: an answer while the branch is closed is marked, and not where the hours are unknown") {
  site::OpeningHours::Week week;
  week[0] = {{13 * 60, 18 * 60}};
  CHECK(rules({tap(0, 3)}, site::OpeningHours(week)) == Names{"outside_hours"});
  CHECK(rules({tap(0, 3)}) == Names{});
  CHECK(site::flags_of_last(std::vector{tap(0, 3)}, site::OpeningHours(week), std::nullopt).empty());
}

TEST_CASE("flags: a child that hammers one face trips several rules, each with its version") {
  auto flags =
      site::flags_of_last(std::vector{tap(0, 1), tap(900, 1), tap(1'800, 1), tap(2'700, 1)}, {}, monday_noon);
  CHECK(flags == std::vector<site::Flag>{{"burst", 1}, {"straight_repeat", 1}});
}

TEST_CASE("flags: every rule that can mark is described once") {
  Names names;
  for (const site::FlagRule& rule : site::flag_rules()) {
    CHECK(names.insert(rule.name.rule).second);
    CHECK_FALSE(rule.description.empty());
  }
  CHECK(names == Names{"burst", "straight_repeat", "long_press", "outside_hours"});
}
