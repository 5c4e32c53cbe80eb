// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where packed counts (packed.h) lie: for each series, 32 days by the day and 8 days by the hour. A sum over
// months reads days, and hours at its ends alone.

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <stdexcept>

#include "core/base/bytes.h"
#include "core/store/hq/sqlite/packed.h"

namespace halte::store::hq {

struct Stretch {
  const char* select;  // key and bins from one key to another
  const char* save;
  const char* drop;
  int hours_a_step;
  int steps;

  constexpr int hours() const { return hours_a_step * steps; }
  // The series above, the number of the stretch since 1970 below. `step` counts since 1970.
  constexpr std::int64_t key(std::int64_t series, int step) const { return series << 16 | (step / steps); }
  constexpr int index_of(std::int64_t key) const { return int(key & 0xffff); }
};

inline constexpr Stretch by_day{
    .select = "SELECT key, bins FROM count_days WHERE key BETWEEN ? AND ? ORDER BY key",
    .save = "INSERT INTO count_days (key, bins) VALUES (?, ?) ON CONFLICT DO UPDATE SET bins = excluded.bins",
    .drop = "DELETE FROM count_days WHERE key = ?",
    .hours_a_step = 24,
    .steps = 32};
inline constexpr Stretch by_hour{
    .select = "SELECT key, bins FROM count_hours WHERE key BETWEEN ? AND ? ORDER BY key",
    .save =
        "INSERT INTO count_hours (key, bins) VALUES (?, ?) ON CONFLICT DO UPDATE SET bins = excluded.bins",
    .drop = "DELETE FROM count_hours WHERE key = ?",
    .hours_a_step = 1,
    .steps = 192};
// Stretches are numbered from 1970 in 16 bits, up to the year 3405. What a kiosk's clock says to be from
// before or behind stays in rows.
inline constexpr int end_of_stretches = (1 << 16) * by_hour.hours();
constexpr bool is_in_stretches(int hour) { return hour >= 0 && hour < end_of_stretches; }

// Thrown inside guarded().
inline std::runtime_error damaged(const Stretch& stretch) {
  return std::runtime_error(
      fmt::format("counts packed by {} hours are damaged; restore a backup", stretch.hours_a_step));
}

// Of a column until the next step of its statement.
inline base::ByteView view(const SQLite::Column& column) {
  return {static_cast<const std::uint8_t*>(column.getBlob()), std::size_t(column.getBytes())};
}

}  // namespace halte::store::hq
