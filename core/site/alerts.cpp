// SPDX-License-Identifier: Apache-2.0
#include "core/site/alerts.h"

#include <cstdlib>

namespace halte::site {

namespace {

// Open at both ends of the silence: a kiosk that was off overnight is given its time after opening, too.
bool is_open(const OpeningHours& hours, base::Instant at, std::string_view zone) {
  const auto local = base::to_local(at, zone);
  return !local || hours.is_open(*local);
}

}  // namespace

std::string_view name_of(Alert alert) {
  switch (alert) {
    case Alert::silent: return "silent";
    case Alert::database: return "database";
    case Alert::parked: return "parked";
    case Alert::disk: return "disk";
    case Alert::backlog: return "backlog";
    case Alert::blocked: return "blocked";
    case Alert::clock: break;
  }
  return "clock";
}

std::vector<Alert> alerts_of(const std::optional<KioskReport>& report, base::Instant now,
                             const OpeningHours& hours, std::string_view zone, std::chrono::minutes longest) {
  if (!report) return {};
  std::vector<Alert> alerts;
  const auto note = [&](bool holds, Alert alert) {
    if (holds) alerts.push_back(alert);
  };
  const bool is_unheard = now - report->at > longest;
  note(is_unheard && is_open(hours, now, zone) && is_open(hours, now - longest, zone), Alert::silent);
  note(!report->database.empty() && report->database != "ok", Alert::database);
  note(report->parked > 0, Alert::parked);
  note(report->free_disk_bytes > 0 && report->free_disk_bytes < least_free_bytes, Alert::disk);
  note(report->pending > 0 && std::chrono::seconds(report->oldest_pending_s) > longest_backlog && !is_unheard,
       Alert::backlog);
  note(report->screen == "blocked", Alert::blocked);
  note(std::chrono::milliseconds(std::abs(report->clock_offset_ms)) > largest_clock_offset, Alert::clock);
  return alerts;
}

}  // namespace halte::site
