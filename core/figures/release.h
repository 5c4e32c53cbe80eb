// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "core/stats/metric.h"
#include "core/stats/suppression.h"

namespace halte::figures {

// Whether a cell (a total, a day, an hour of the week) of a filtered view may be shown, when anybody who sees
// it may also ask for the same cell with fewer filters. Each answer of the cell lies, for each filter, in
// what it selects or outside: 2^filters parts. What views with some of the filters left out show are sums of
// parts, so their differences are, too; where each part holds nobody or at least k answers, none of them is
// small.
class Parts {
 public:
  static constexpr unsigned most_filters = 4;

  // Bit i of `part`: filter i selects these answers. `n` may be below 0: what was counted for a larger whole.
  void add(stats::Metric metric, unsigned part, std::int64_t n) { of(metric)[part] += n; }
  void add_responses(unsigned part, std::int64_t n) { responses_[part] += n; }

  bool releases(stats::Metric metric, stats::Threshold threshold) const {
    return all_large(scores_[std::size_t(metric)], threshold);
  }
  bool releases_responses(stats::Threshold threshold) const { return all_large(responses_, threshold); }

 private:
  using Counts = std::array<std::int64_t, 1u << most_filters>;

  Counts& of(stats::Metric metric) { return scores_[std::size_t(metric)]; }
  static bool all_large(const Counts& parts, stats::Threshold threshold) {
    for (std::int64_t n : parts)
      if (n != 0 && !threshold.allows(n)) return false;
    return true;
  }

  std::array<Counts, stats::all_metrics.size()> scores_{};
  Counts responses_{};
};

}  // namespace halte::figures
