// SPDX-License-Identifier: Apache-2.0
#include "core/site/sleep.h"

namespace halte::site {
namespace {

constexpr int minutes_of_day = 24 * 60;

bool is_within(const Sleep& sleep, int minute) {
  const auto since = [&](int then) { return (then - sleep.from + minutes_of_day) % minutes_of_day; };
  return since(minute) < since(sleep.until);
}

}  // namespace

// The wall is asked at each moment, and nothing is counted on it: a night of 23 or 25 hours is no other.
bool may_be_dark(const Sleep& sleep, const OpeningHours& hours, std::string_view zone, base::Instant at) {
  const auto here = base::to_local(at, zone), soon = base::to_local(at + lit_before_opening, zone);
  if (!here || !soon) return false;
  switch (sleep.mode) {
    case Sleep::Mode::when_closed: return !hours.is_open(*here) && !hours.is_open(*soon);
    case Sleep::Mode::never: return false;
    case Sleep::Mode::hours: return is_within(sleep, here->minute_of_day);
  }
  return false;
}

}  // namespace halte::site
