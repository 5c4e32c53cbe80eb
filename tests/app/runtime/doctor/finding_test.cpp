// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/doctor/finding.h"

#include <doctest/doctest.h>

#include <future>

using namespace halte;
using namespace halte::runtime::doctor;
using namespace std::chrono_literals;

TEST_CASE("doctor: a finding is one line, and the summary counts by level and names the subjects once") {
  const Finding clock{Level::wrong, "clock", "400 days ahead", "set it"};
  CHECK(line(clock) == "wrong    clock: 400 days ahead; set it");
  CHECK(line({Level::ok, "fonts", "all there", ""}) == "ok       fonts: all there");
  const Findings all{clock,
                     {Level::wrong, "touch", "none", "connect it"},
                     {Level::wrong, "touch", "off", "switch it on"},
                     {Level::warning, "disk", "small", "make room"},
                     {Level::ok, "fonts", "all there", ""}};
  CHECK(summary(all) == "3 wrong (clock, touch), 1 warning (disk), 1 ok");
  CHECK(summary({{Level::ok, "fonts", "all there", ""}}) == "1 ok");
}

TEST_CASE("doctor: warnings alone are not wrong") {
  CHECK_FALSE(has_wrong({{Level::warning, "disk", "small", "make room"}}));
  CHECK(
      has_wrong({{Level::warning, "disk", "small", "make room"}, {Level::wrong, "clock", "off", "set it"}}));
}

TEST_CASE("doctor: as JSON it has the same findings and counts") {
  const auto json =
      to_json({{Level::wrong, "clock", "off", "set it"}, {Level::ok, "fonts", "all there", ""}});
  CHECK(json["wrong"] == 1);
  CHECK(json["warnings"] == 0);
  CHECK(json["ok"] == 1);
  CHECK(json["findings"][0] ==
        base::Json{{"level", "wrong"}, {"subject", "clock"}, {"cause", "off"}, {"mend", "set it"}});
}

TEST_CASE("doctor: checks run side by side and are told in their order") {
  // Each waits for the other, so one after the other would never end.
  auto first = std::make_shared<std::promise<void>>(), second = std::make_shared<std::promise<void>>();
  const auto meet = [](auto own, auto other, const char* subject) {
    return [=] {
      own->set_value();
      other->get_future().wait();
      return Findings{{Level::ok, subject, "met", ""}};
    };
  };
  const auto report =
      run({{"a", meet(first, second, "a"), ""}, {"b", meet(second, first, "b"), ""}}, 5'000ms);
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].subject == "a");
  CHECK(report.findings[1].subject == "b");
  CHECK_FALSE(report.left_behind);
}

TEST_CASE("doctor: a check that hangs is found wrong after the patience, and the others are told") {
  auto never = std::make_shared<std::promise<void>>();
  const auto hangs = [never] {
    never->get_future().wait();
    return Findings{};
  };
  const auto started = std::chrono::steady_clock::now();
  const auto report = run({{"audio", hangs, "kill it"},
                           {"fonts", [] { return Findings{{Level::ok, "fonts", "there", ""}}; }, ""}},
                          1'000ms);
  CHECK(std::chrono::steady_clock::now() - started < 3s);
  never->set_value();
  CHECK(report.left_behind);
  REQUIRE(report.findings.size() == 2);
  CHECK(line(report.findings[0]) == "wrong    audio: gave no answer within 1 s; kill it");
  CHECK(report.findings[1].subject == "fonts");
}
