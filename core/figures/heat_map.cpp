// SPDX-License-Identifier: Apache-2.0
#include "core/figures/heat_map.h"

namespace halte::figures {

HeatCells::HeatCells(stats::Metric metric)
    : metric_(metric), cells_(7 * 24, stats::Distribution(stats::scale_of(metric))) {}

void HeatCells::add(const base::LocalTime& at, int value, std::int64_t n) {
  cells_[std::size_t(at.weekday * 24 + at.minute_of_day / 60)].add(value, n);
}

HeatMap HeatCells::published(stats::Threshold threshold) const {
  const auto published = stats::publish_set(metric_, cells_, threshold);
  HeatMap map{};
  for (std::size_t i = 0; i < cells_.size(); ++i) map[i / 24][i % 24] = {cells_[i].n() > 0, published[i]};
  return map;
}

}  // namespace halte::figures
