// SPDX-License-Identifier: Apache-2.0
#pragma once

// What about a kiosk needs a person, judged from what it said last.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/site/opening_hours.h"

namespace halte::site {

// Worst first.
enum class Alert {
  silent,    // not heard for longer than its place allows, while the branch was open
  database,  // its database is full, was salvaged, or fails
  parked,    // answers that the server refused, which only a person can move
  disk,      // less than 200 MB free
  backlog,   // an answer has waited for more than an hour, though it is heard
  blocked,   // something lies on the glass or stands before it
  clock,     // more than two minutes off
};
std::string_view name_of(Alert alert);

inline constexpr std::int64_t least_free_bytes = 200'000'000;
inline constexpr std::chrono::hours longest_backlog{1};
inline constexpr std::chrono::minutes largest_clock_offset{2};

// The last heartbeat, as far as it matters here.
struct KioskReport {
  base::Instant at{};
  std::int64_t pending = 0, parked = 0, oldest_pending_s = 0;
  std::int64_t free_disk_bytes = 0;  // 0: not told
  std::int64_t clock_offset_ms = 0;
  std::string database;  // "ok" or what it is instead; empty: not told
  std::string screen;    // "open", "closed", "service", "blocked"
};
// A kiosk that was never heard of is not at work yet, and alerts nobody.
std::vector<Alert> alerts_of(const std::optional<KioskReport>& report, base::Instant now,
                             const OpeningHours& hours, std::string_view zone,
                             std::chrono::minutes longest_silence);

}  // namespace halte::site
