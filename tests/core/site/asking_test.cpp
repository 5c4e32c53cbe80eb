// SPDX-License-Identifier: Apache-2.0
#include "core/site/asking.h"

#include <doctest/doctest.h>

namespace halte::tests {
namespace {

using base::Json;

constexpr const char* amsterdam = "Europe/Amsterdam";

base::Instant at(const char* text) { return *base::parse_rfc3339(text); }

std::string problems_of(const Json& asking) {
  base::Problems problems;
  const Json asks{{"checkout", asking}};
  base::ObjectReader reader(asks, "/asks", problems);
  (void)site::read_asking(reader, "checkout");
  return base::to_string(problems);
}

std::vector<site::AskingStep> plan(const Json& asking, const char* now, const char* zone = amsterdam) {
  REQUIRE(problems_of(asking) == "");
  const site::Asked own{"own", {}, ""};
  return site::plan(site::asking_at({{"checkout", asking}}, "checkout"), own, at(now), zone);
}

// "visit", "visit 2", "visit/a + short/b"
std::string what(const site::AskingStep& step) {
  std::string text;
  for (const site::Asked& asked : step.asked)
    text += (text.empty() ? "" : " + ") + asked.survey +
            (asked.version ? " " + std::to_string(*asked.version) : "") +
            (asked.variant.empty() ? "" : "/" + asked.variant);
  return text;
}

}  // namespace

TEST_CASE("asking: a survey's id is asked always, and in its newest version") {
  const auto steps = plan("visit", "2026-03-01T12:00:00Z");
  REQUIRE(steps.size() == 1);
  CHECK(what(steps[0]) == "visit");
  CHECK_FALSE(steps[0].from);
}

TEST_CASE("asking: the entries with the latest day that has come hold") {
  const Json asking{{{"survey", "visit"}, {"version", 2}},
                    {{"survey", "spring"}, {"from", "2026-03-20"}},
                    {{"survey", "winter"}, {"from", "2025-12-01"}}};
  CHECK(what(plan(asking, "2025-11-01T00:00:00Z").front()) == "visit 2");
  CHECK(what(plan(asking, "2026-03-01T00:00:00Z").front()) == "winter");
  CHECK(what(plan(asking, "2026-06-01T00:00:00Z").front()) == "spring");
}

TEST_CASE("asking: until the first entry has come, the touchpoint's own survey is asked") {
  const auto steps =
      plan(Json::array({{{"survey", "spring"}, {"from", "2026-03-20"}}}), "2026-03-01T00:00:00Z");
  REQUIRE(steps.size() == 2);
  CHECK(what(steps[0]) == "own");
  CHECK(what(steps[1]) == "spring");
}

TEST_CASE("asking: a day begins at midnight where the branch is, in summer and in winter") {
  const Json summer = Json::array({{{"survey", "s"}, {"from", "2026-07-01"}}});
  const Json winter = Json::array({{{"survey", "s"}, {"from", "2026-12-01"}}});
  const char* now = "2026-03-01T00:00:00Z";
  CHECK(plan(summer, now).at(1).from == at("2026-06-30T22:00:00Z"));
  CHECK(plan(winter, now).at(1).from == at("2026-11-30T23:00:00Z"));
  CHECK(plan(winter, now, "Pacific/Kiritimati").at(1).from == at("2026-11-30T10:00:00Z"));
  CHECK(plan(winter, now, "Pacific/Pago_Pago").at(1).from == at("2026-12-01T11:00:00Z"));
  CHECK(plan(winter, now, "").at(1).from == at("2026-12-01T00:00:00Z"));
  // The day on which the clock is put forward, and the one whose midnight that clock skips.
  const Json forward = Json::array({{{"survey", "s"}, {"from", "2026-03-29"}}});
  CHECK(plan(forward, now).at(1).from == at("2026-03-28T23:00:00Z"));
  const Json beirut = Json::array({{{"survey", "s"}, {"from", "2022-03-27"}}});
  CHECK(plan(beirut, "2022-01-01T00:00:00Z", "Asia/Beirut").at(1).from == at("2022-03-26T22:00:00Z"));
}

TEST_CASE("asking: a time holds from that moment on, and not a millisecond before") {
  const Json asking = Json::array({{{"survey", "s"}, {"from", "2026-03-02T09:30:00+01:00"}}});
  CHECK(what(plan(asking, "2026-03-02T08:29:59.999Z").front()) == "own");
  CHECK(what(plan(asking, "2026-03-02T08:30:00Z").front()) == "s");
}

TEST_CASE("asking: of a day and a time that begin at once the time holds") {
  const Json asking{{{"survey", "time"}, {"from", "2026-03-02T00:00:00+01:00"}},
                    {{"survey", "day"}, {"from", "2026-03-02"}}};
  const auto steps = plan(asking, "2026-03-01T00:00:00Z");
  REQUIRE(steps.size() == 2);
  CHECK(what(steps[1]) == "time");
}

TEST_CASE("asking: two variants hold together and end together") {
  const Json asking{{{"survey", "visit"}, {"variant", "a"}, {"from", "2026-03-02"}},
                    {{"survey", "short"}, {"variant", "b"}, {"from", "2026-03-02"}, {"version", 4}},
                    {{"survey", "short"}, {"from", "2026-04-01"}}};
  const auto steps = plan(asking, "2026-03-10T00:00:00Z");
  REQUIRE(steps.size() == 2);
  CHECK(what(steps[0]) == "visit/a + short 4/b");
  CHECK(what(steps[1]) == "short");
}

TEST_CASE("asking: at most four steps ahead are told, the next ones") {
  Json asking = Json::array();
  for (int day = 9; day >= 1; --day)
    asking.push_back({{"survey", "day" + std::to_string(day)}, {"from", "2026-03-0" + std::to_string(day)}});
  const auto steps = plan(asking, "2026-03-02T12:00:00Z");
  REQUIRE(steps.size() == 5);
  CHECK(what(steps.front()) == "day2");
  CHECK(what(steps.back()) == "day6");
}

TEST_CASE("asking: all that is wrong with a plan is said at once, each with its place") {
  CHECK(problems_of({{{"survey", "a"}, {"from", "1 december"}},
                     {{"version", 0}, {"variant", "B!"}, {"until", "2026-01-01"}}}) ==
        "/asks/checkout/0/from: must be a date like 2026-12-01 or a time like 2026-12-01T09:00:00+01:00; "
        "/asks/checkout/1/survey: is missing; "
        "/asks/checkout/1/version: must be a whole number from 1 to 1000000; "
        "/asks/checkout/1/variant: must be of a–z and 0–9, at most 16; "
        "/asks/checkout/1/until: unknown key");
  CHECK(problems_of(Json::array()) == "/asks/checkout: must name a survey");
  CHECK(problems_of(false) == "/asks/checkout: must be a survey or a list of what is asked when");
}

TEST_CASE("asking: several at once need names that differ, and are two at most") {
  const auto three = [](const char* one, const char* two, const char* other) {
    return Json{{{"survey", "x"}, {"variant", one}},
                {{"survey", "y"}, {"variant", two}},
                {{"survey", "z"}, {"variant", other}}};
  };
  CHECK(problems_of(three("a", "b", "c")) == "/asks/checkout: asks 3 at once: at most 2 for now");
  CHECK(problems_of({{{"survey", "x"}, {"variant", "a"}}, {{"survey", "y"}, {"variant", "a"}}}) ==
        "/asks/checkout: asks several at once: each needs a variant of its own name");
  CHECK(problems_of({{{"survey", "x"}}, {{"survey", "y"}, {"variant", "a"}}}) ==
        "/asks/checkout: asks several at once: each needs a variant of its own name");
  CHECK(problems_of(Json::array({{{"survey", "x"}, {"variant", "winner"}}})) == "");
}

TEST_CASE("asking: a plan has at most twenty entries") {
  Json asking = Json::array();
  for (int day = 1; day <= 21; ++day)
    asking.push_back(
        {{"survey", "x"}, {"from", (day < 10 ? "2026-03-0" : "2026-03-") + std::to_string(day)}});
  CHECK(problems_of(asking) == "/asks/checkout: must have at most 20 entries");
}

}  // namespace halte::tests
