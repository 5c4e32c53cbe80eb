// SPDX-License-Identifier: Apache-2.0
#include "core/site/alerts.h"

#include <doctest/doctest.h>

namespace halte::tests {
namespace {

using namespace std::chrono_literals;
using site::Alert;

// A Monday in Amsterdam, open from 8:00 to 20:00.
base::Instant at(const char* utc) { return *base::parse_rfc3339(utc); }
site::OpeningHours hours() {
  site::OpeningHours::Week week;
  week[0] = {{8 * 60, 20 * 60}};
  return site::OpeningHours(week);
}

site::KioskReport well(base::Instant heard) {
  site::KioskReport report;
  report.at = heard;
  report.free_disk_bytes = 5'000'000'000;
  report.database = "ok";
  report.screen = "open";
  return report;
}

std::vector<Alert> alerts(const site::KioskReport& report, base::Instant now) {
  return site::alerts_of(report, now, hours(), "Europe/Amsterdam", 30min);
}

}  // namespace

TEST_CASE("alerts: a kiosk that is well, or has never been at work, needs nobody") {
  CHECK(alerts(well(at("2026-11-23T11:55:00Z")), at("2026-11-23T12:00:00Z")).empty());
  CHECK(
      site::alerts_of(std::nullopt, at("2026-11-23T12:00:00Z"), hours(), "Europe/Amsterdam", 30min).empty());
}

TEST_CASE("alerts: silence counts while the branch is open, from half an hour after opening on") {
  const auto last_evening = well(at("2026-11-22T18:00:00Z"));
  CHECK(alerts(last_evening, at("2026-11-23T06:00:00Z")).empty());
  CHECK(alerts(last_evening, at("2026-11-23T07:20:00Z")).empty());
  CHECK(alerts(last_evening, at("2026-11-23T07:40:00Z")) == std::vector{Alert::silent});
  CHECK(alerts(well(at("2026-11-23T11:00:00Z")), at("2026-11-23T11:31:00Z")) == std::vector{Alert::silent});
}

TEST_CASE("alerts: each trouble that a kiosk tells of is one, the worst first") {
  const auto now = at("2026-11-23T12:00:00Z");
  auto report = well(now - 1min);
  report.parked = 1;
  report.pending = 3;
  report.oldest_pending_s = 3700;
  report.free_disk_bytes = 100'000'000;
  report.clock_offset_ms = -180'000;
  report.database = "salvaged";
  report.screen = "blocked";
  CHECK(alerts(report, now) == std::vector{Alert::database, Alert::parked, Alert::disk, Alert::backlog,
                                           Alert::blocked, Alert::clock});
}

}  // namespace halte::tests
