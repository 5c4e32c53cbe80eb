// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/stats/metric.h"
#include "core/stats/suppression.h"

namespace halte::stats {

// How many of the answers in one band of a score named a reason. One answer may name several.
struct ReasonCount {
  std::string reason;
  Band band;
  std::int64_t count;
};

// Share of the band's answers that named the reason, 0 to 1, with its Wilson interval; n is the band's
// number of answers.
struct ReasonShare {
  std::string reason;
  Band band;
  std::int64_t n;
  double share;
  Interval interval;
};

// Most named first (ties by name), for one band. A band under the threshold gives an empty list; a reason
// that fewer than the threshold named is left out, and one more as cover where hidden_by_set() says so.
std::vector<ReasonShare> shares(std::span<const ReasonCount> counts, Band band, std::int64_t answers_in_band,
                                Threshold threshold);

}  // namespace halte::stats
