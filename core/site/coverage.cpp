// SPDX-License-Identifier: Apache-2.0
#include "core/site/coverage.h"

#include <algorithm>

namespace halte::site {

std::string_view to_string(CoverageState state) {
  switch (state) {
    case CoverageState::open: return "open";
    case CoverageState::closed: return "closed";
    case CoverageState::blocked: return "blocked";
  }
  return "open";
}

std::optional<CoverageState> parse_coverage_state(std::string_view text) {
  for (auto state : {CoverageState::open, CoverageState::closed, CoverageState::blocked})
    if (to_string(state) == text) return state;
  return std::nullopt;
}

double Coverage::share() const {
  return whole().count() == 0 ? 1 : double(open.count()) / double(whole().count());
}

Coverage& Coverage::operator+=(const Coverage& other) {
  open += other.open;
  blocked += other.blocked;
  off += other.off;
  return *this;
}

std::vector<OpenTime> open_times(const OpeningHours& hours, std::string_view zone, base::Instant from,
                                 base::Instant to) {
  std::vector<OpenTime> times;
  for (base::Instant at = from; at < to;) {
    const auto local = base::to_local(at, zone);
    const auto left = local ? hours.minutes_to_change(*local) : std::nullopt;
    base::Instant end = left ? std::min(to, at + std::chrono::minutes(*left)) : to;
    // The hours are the wall clock's: where that is moved before they end, they end as much earlier or later.
    if (left)
      if (const auto now = base::ahead_of_utc(at, zone), then = base::ahead_of_utc(end, zone); now && then)
        end = std::clamp(end - (*then - *now), at + std::chrono::minutes(1), to);
    if (!local || hours.is_open(*local)) {
      if (!times.empty() && times.back().to == at)
        times.back().to = end;
      else
        times.push_back({at, end});
    }
    at = end;
  }
  return times;
}

Coverage coverage_of(std::span<const CoverageSpan> spans, std::span<const OpenTime> times) {
  const auto minutes = [](auto time) { return std::chrono::floor<std::chrono::minutes>(time); };
  Coverage sum;
  auto span = spans.begin();
  for (const OpenTime& time : times) {
    for (base::Instant at = time.from; at < time.to;) {
      while (span != spans.end() && span->ended <= at) ++span;
      const base::Instant next = span == spans.end() ? time.to : std::clamp(span->began, at, time.to);
      sum.off += minutes(next - at);
      if (next == time.to) break;
      const base::Instant end = std::min(span->ended, time.to);
      (span->state == CoverageState::blocked ? sum.blocked : sum.open) += minutes(end - next);
      at = end;
    }
  }
  return sum;
}

Coverage coverage_of(std::span<const CoverageSpan> spans, base::Instant from, base::Instant to,
                     const OpeningHours& hours, std::string_view zone) {
  return coverage_of(spans, open_times(hours, zone, from, to));
}

}  // namespace halte::site
