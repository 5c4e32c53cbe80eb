// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/time.h"
#include "core/stats/suppression.h"

namespace halte::figures {

// By weekday (0 = Monday) and hour on the branch's clock.
struct HeatCell {
  bool has_answers = false;  // false: nobody answered
  stats::Cell figure;        // nothing where there are answers: too few
};
using HeatMap = std::array<std::array<HeatCell, 24>, 7>;

// One score's answers by weekday and hour.
class HeatCells {
 public:
  explicit HeatCells(stats::Metric metric);
  void add(const base::LocalTime& at, int value, std::int64_t n);
  // The cells are parts of a score that stands beside them, so they are hidden as a set.
  HeatMap published(stats::Threshold threshold) const;

 private:
  stats::Metric metric_;
  std::vector<stats::Distribution> cells_;  // day by day
};

}  // namespace halte::figures
