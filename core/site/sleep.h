// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string_view>

#include "core/base/time.h"
#include "core/site/opening_hours.h"

namespace halte::site {

// When a kiosk's panel is not needed. From and until in minutes after local midnight, 0 … 1439; from later
// than until: over midnight. from == until: never.
struct Sleep {
  enum class Mode { when_closed, never, hours };
  Mode mode = Mode::when_closed;
  int from = 22 * 60, until = 7 * 60;  // of Mode::hours
  bool operator==(const Sleep&) const = default;
};

// Whoever comes first in the morning finds it lit.
inline constexpr std::chrono::minutes lit_before_opening{5};

// Whether the panel may be dark, by the clock on the branch's wall. It changes with whole minutes of that
// clock alone. Where the opening hours or the zone are unknown: no, since the branch then counts as open.
bool may_be_dark(const Sleep& sleep, const OpeningHours& hours, std::string_view zone, base::Instant at);

}  // namespace halte::site
