// SPDX-License-Identifier: Apache-2.0
#include "core/site/opening_hours.h"

#include <doctest/doctest.h>

namespace site = halte::site;
namespace base = halte::base;

namespace {

site::OpeningHours hours(const char* text, base::Problems& problems) {
  base::Json json = base::Json::parse(text);
  base::ObjectReader reader(json, "", problems);
  site::OpeningHours result = site::read_opening_hours(reader);
  reader.refuse_unknown_keys();
  return result;
}

site::OpeningHours hours(const char* text) {
  base::Problems problems;
  site::OpeningHours result = hours(text, problems);
  REQUIRE(problems.empty());
  return result;
}

base::LocalTime at(int weekday, int hour, int minute) {
  return {2026, 3, 2 + weekday, weekday, hour * 60 + minute};
}

}  // namespace

TEST_CASE("opening hours: opens at the first minute and is closed at the last") {
  auto week = hours(R"({"mon": ["08:00-21:00"]})");
  CHECK_FALSE(week.is_open(at(0, 7, 59)));
  CHECK(week.is_open(at(0, 8, 0)));
  CHECK(week.is_open(at(0, 20, 59)));
  CHECK_FALSE(week.is_open(at(0, 21, 0)));
  CHECK_FALSE(week.is_open(at(1, 12, 0)));
}

TEST_CASE("opening hours: Friday night runs into Saturday and Sunday night into Monday") {
  auto week = hours(R"({"fri": ["18:00-02:00"], "sun": ["22:00-01:30"]})");
  CHECK(week.is_open(at(5, 1, 59)));
  CHECK_FALSE(week.is_open(at(5, 2, 0)));
  CHECK(week.is_open(at(0, 1, 29)));
  CHECK_FALSE(week.is_open(at(0, 1, 30)));
}

TEST_CASE("opening hours: two spans leave the lunch break closed") {
  auto week = hours(R"({"sun": ["10:00-12:00", "13:00-18:00"]})");
  CHECK_FALSE(week.is_open(at(6, 12, 30)));
  CHECK(week.minutes_to_change(at(6, 11, 50)) == 10);
  CHECK(week.minutes_to_change(at(6, 12, 30)) == 30);
}

TEST_CASE("opening hours: the next change may lie days ahead") {
  auto week = hours(R"({"mon": ["08:00-21:00"]})");
  CHECK(week.minutes_to_change(at(0, 21, 0)) == 6 * 24 * 60 + 11 * 60);
}

TEST_CASE("opening hours: unknown hours and round-the-clock hours are always open and never change") {
  CHECK(hours("{}").is_open(at(2, 3, 0)));
  CHECK_FALSE(hours("{}").minutes_to_change(at(2, 3, 0)));
  auto always = hours(
      R"({"mon":["00:00-24:00"],"tue":["00:00-24:00"],"wed":["00:00-24:00"],"thu":["00:00-24:00"],"fri":["00:00-24:00"],"sat":["00:00-24:00"],"sun":["00:00-24:00"]})");
  CHECK(always.is_open(at(6, 23, 59)));
  CHECK_FALSE(always.minutes_to_change(at(6, 23, 59)));
}

TEST_CASE("opening hours: what is no time is a problem at its day") {
  for (const char* text :
       {R"({"mon": ["8:00-21:00"]})", R"({"mon": ["08:00-25:00"]})", R"({"mon": ["08:60-21:00"]})",
        R"({"mon": ["24:00-08:00"]})", R"({"mon": ["08:00–21:00"]})"}) {
    base::Problems problems;
    hours(text, problems);
    CAPTURE(text);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].pointer == "/mon");
  }
  base::Problems problems;
  hours(R"({"monday": ["08:00-21:00"]})", problems);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0] == base::Problem{"/monday", "unknown key"});
}

TEST_CASE("opening hours: written and read again they are the same") {
  const char* text = R"({"fri":["18:00-02:00"],"mon":["08:00-12:00","13:00-24:00"]})";
  CHECK(base::to_text(site::to_json(hours(text))) == text);
}
