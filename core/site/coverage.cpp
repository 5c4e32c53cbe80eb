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

Coverage coverage_of(std::span<const CoverageSpan> spans, base::Instant from, base::Instant to,
                     const OpeningHours& hours, std::string_view zone) {
  Coverage sum;
  auto span = spans.begin();
  for (base::Instant at = from; at < to; at += coverage_step) {
    const auto local = base::to_local(at, zone);
    if (local && !hours.is_open(*local)) continue;
    while (span != spans.end() && span->ended <= at) ++span;
    const bool was_on = span != spans.end() && span->began <= at;
    if (!was_on)
      sum.off += coverage_step;
    else if (span->state == CoverageState::blocked)
      sum.blocked += coverage_step;
    else
      sum.open += coverage_step;  // closed is left: opening hours that have changed since
  }
  return sum;
}

}  // namespace halte::site
