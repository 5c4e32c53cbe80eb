// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace halte::base {

// UTC, to the millisecond. What is stored about a visitor is coarsened first (see coarsen).
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

// RFC 3339 in UTC with a trailing Z; milliseconds only where they are not zero.
std::string to_rfc3339(Instant at);
std::optional<Instant> parse_rfc3339(std::string_view text);

// Down to a multiple of `step` since 1970 (UTC). step > 0.
Instant coarsen(Instant at, std::chrono::minutes step);

// Days and hours since 1970 in UTC; negative before.
int days_since_epoch(Instant at);
int hours_since_epoch(Instant at);

// A local wall-clock reading in an IANA zone. Unknown zone: nullopt.
struct LocalTime {
  int year, month, day;
  int weekday;        // 0 = Monday … 6 = Sunday (ISO 8601)
  int minute_of_day;  // 0 … 1439
};
std::optional<LocalTime> to_local(Instant at, std::string_view zone);
bool is_zone(std::string_view zone);
// What a clock there is ahead of UTC at that moment (behind it: negative). Unknown zone: nullopt.
std::optional<std::chrono::seconds> ahead_of_utc(Instant at, std::string_view zone);
// The first moment of the local day that lies `days` after that of `at` (before it where negative), or of the
// month that lies `months` after. A day may have 23 or 25 hours. Unknown zone: nullopt.
std::optional<Instant> start_of_day(Instant at, std::string_view zone, int days = 0);
std::optional<Instant> start_of_month(Instant at, std::string_view zone, int months = 0);

// The port for time: what needs to know the time takes a Clock. Called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;    // wall clock: may jump
  virtual Millis steady() const = 0;  // never goes back; origin arbitrary
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  Millis steady() const override;
};

// For tests: stands still until told.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_; }
  Millis steady() const override { return steady_; }
  void advance(Millis by) {
    now_ += by;
    steady_ += by;
  }
  void set(Instant to) { now_ = to; }  // the wall clock jumps, the steady one does not

 private:
  Instant now_;
  Millis steady_{0};
};

}  // namespace halte::base
