// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is told of one score, at the kiosk and at headquarters alike: computed and suppressed here, once.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/figures/summary.h"
#include "core/stats/comparison.h"
#include "core/stats/reasons.h"
#include "core/stats/suppression.h"

namespace halte::figures {

// Counts of one place in one period, with the answers apart that a ballot-stuffing rule marked.
struct Counted {
  Summary clean, flagged, all;
  void add(const response::CountRow& row, const Meaning& meaning);
};

// One score: without the marked answers, with them, and as it was.
struct Score {
  stats::Metric metric;
  stats::WithAndWithout now;
  stats::Cell before;                         // without the marked ones
  std::optional<stats::Difference> change;    // nothing where either is too small
  std::optional<stats::Distribution> spread;  // without the marked ones; nothing: too few
};
Score score_of(stats::Metric metric, const Counted& now, const Counted& before, stats::Threshold threshold);

// A share between 0 and 1 with its Wilson interval.
struct Share {
  std::int64_t n = 0;
  double value = 0;
  stats::Interval interval;
  bool operator==(const Share&) const = default;
};
// Responses that came to the survey's end; nothing: too few.
std::optional<Share> completion_of(const Summary& summary, stats::Threshold threshold);

// A reason with the question in which that band named it most: whose words it is told in.
struct Reason {
  std::string question;
  stats::ReasonShare share;
};
// Most named first.
std::vector<Reason> reasons_of(const Summary& summary, stats::Band band, stats::Threshold threshold);

}  // namespace halte::figures
