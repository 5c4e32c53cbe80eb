// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/site/opening_hours.h"

namespace halte::site {

// What a kiosk was to visitors. Off is what no span covers: no power, a crash, out of service.
enum class CoverageState { open, closed, blocked };  // closed: outside the opening hours. blocked: covered
std::string_view to_string(CoverageState state);
std::optional<CoverageState> parse_coverage_state(std::string_view text);

struct CoverageSpan {
  base::Instant began, ended;  // whole minutes
  CoverageState state;
  bool operator==(const CoverageSpan&) const = default;
};

// A kiosk that says every few minutes what it is leaves this behind. Durable when a call returns; any thread.
class CoverageLog {
 public:
  virtual ~CoverageLog() = default;
  // Goes on with the last span where it has the same state and ended at most `longest_silence` ago, else
  // begins one. A time before the last span's end, from a clock that was set back, leaves nothing; by
  // more than a day, it had been wrong before, and what it left in the future goes.
  virtual base::Status note_coverage(CoverageState state, base::Instant at) = 0;
  // Those that touch from … to, oldest first, cut to it.
  virtual base::Result<std::vector<CoverageSpan>> coverage(base::Instant from, base::Instant to) = 0;
  virtual base::Status drop_coverage_before(base::Instant at) = 0;
};
inline constexpr std::chrono::minutes longest_silence{12}, coverage_step{5};

// Of the minutes in which the branch was open: how long the kiosk was there, covered by something, or off.
struct Coverage {
  std::chrono::minutes open{0}, blocked{0}, off{0};
  std::chrono::minutes whole() const { return open + blocked + off; }
  // 0 … 1; 1 where the branch was not open at all.
  double share() const;
  Coverage& operator+=(const Coverage& other);
  bool operator==(const Coverage&) const = default;
};

struct OpenTime {
  base::Instant from, to;
  bool operator==(const OpenTime&) const = default;
};
// When a branch is open between from and to, by the clock on its wall; all the time where its hours are not
// known. Oldest first, without overlap. To be kept where many kiosks have the same hours.
std::vector<OpenTime> open_times(const OpeningHours& hours, std::string_view zone, base::Instant from,
                                 base::Instant to);

// Of the opening times, by what a kiosk left behind, oldest first. A span that says "closed" in one of them
// is from before the hours changed, and the kiosk was there.
Coverage coverage_of(std::span<const CoverageSpan> spans, std::span<const OpenTime> times);
Coverage coverage_of(std::span<const CoverageSpan> spans, base::Instant from, base::Instant to,
                     const OpeningHours& hours, std::string_view zone);

}  // namespace halte::site
