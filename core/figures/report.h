// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a store manager may see of one kiosk's counts: computed and suppressed here, once, so that a view has
// nothing left to decide.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/figures/heat_map.h"
#include "core/figures/score.h"
#include "core/response/counts.h"

namespace halte::figures {

enum class PeriodKind { day, week, month };

// Whole local days, weeks from Monday, months: the running one up to `to`, and the whole one before it.
struct Period {
  PeriodKind kind = PeriodKind::day;
  base::Instant before{}, from{}, to{};
  bool operator==(const Period&) const = default;
};
// `now` is coarsened: what was answered since stays out, so that nobody sees a figure move with the visitor
// who is leaving. Unknown zone: UTC.
Period period_of(PeriodKind kind, base::Instant now, std::string_view zone);

struct Report {
  Period period;
  stats::Threshold threshold = stats::Threshold();
  std::vector<Score> scores;  // of what was asked, the one that reasons go with first
  std::optional<std::int64_t> responses, responses_before;  // nothing: too few
  std::optional<Share> completion;
  std::optional<stats::Metric> heat_metric;
  HeatMap heat{};
  std::vector<Reason> happy, unhappy;  // most named first
};

// `rows` by the hour, of the period; `before` of the one before it, and of the same kiosk.
Report report_of(const Period& period, std::span<const response::CountRow> rows,
                 std::span<const response::CountRow> before, stats::Threshold threshold,
                 std::string_view zone);

}  // namespace halte::figures
