// SPDX-License-Identifier: Apache-2.0
#include "core/stats/suppression.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace halte::stats {

Cell publish(const std::optional<Figure>& figure, Threshold threshold) {
  if (!figure || !threshold.allows(figure->n)) return std::nullopt;
  return figure;
}

Cell publish(Metric metric, const Distribution& answers, Threshold threshold) {
  return publish(measure(metric, answers), threshold);
}

std::vector<bool> hidden_by_set(std::span<const std::int64_t> counts, Threshold threshold) {
  std::vector<std::size_t> by_size(counts.size());
  std::iota(by_size.begin(), by_size.end(), std::size_t{0});
  std::ranges::sort(by_size, {}, [&](std::size_t i) { return std::pair(counts[i], i); });

  std::vector<bool> hidden(counts.size(), false);
  std::int64_t hidden_answers = 0;
  for (std::size_t i : by_size) {
    bool too_small = !threshold.allows(counts[i]);
    bool needed_as_cover = hidden_answers > 0 && !threshold.allows(hidden_answers);
    if (!too_small && !needed_as_cover) break;
    hidden[i] = true;
    hidden_answers += counts[i];
  }
  return hidden;
}

std::vector<Cell> publish_set(Metric metric, std::span<const Distribution> cells, Threshold threshold) {
  std::vector<std::int64_t> counts;
  for (const Distribution& cell : cells) counts.push_back(cell.n());
  std::vector<bool> hidden = hidden_by_set(counts, threshold);
  std::vector<Cell> published;
  for (std::size_t i = 0; i < cells.size(); ++i)
    published.push_back(hidden[i] ? Cell{} : publish(metric, cells[i], threshold));
  return published;
}

WithAndWithout publish_both(Metric metric, const Distribution& clean, const Distribution& flagged,
                            Threshold threshold) {
  Cell without = publish(metric, clean, threshold);
  Distribution all = clean;
  if (!all.merge(flagged)) return {without, std::nullopt};
  bool few_flagged = flagged.n() > 0 && !threshold.allows(flagged.n());
  return {without, few_flagged ? Cell{} : publish(metric, all, threshold)};
}

std::vector<std::size_t> blocks(std::span<const std::int64_t> counts, Threshold threshold) {
  std::vector<std::size_t> block_of;
  std::size_t block = 0;
  std::int64_t in_block = 0;
  for (std::int64_t count : counts) {
    if (threshold.allows(in_block)) {
      ++block;
      in_block = 0;
    }
    block_of.push_back(block);
    in_block += count;
  }
  if (block > 0 && !threshold.allows(in_block)) std::ranges::replace(block_of, block, block - 1);
  return block_of;
}

}  // namespace halte::stats
