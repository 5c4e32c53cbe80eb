// SPDX-License-Identifier: Apache-2.0
#pragma once

// Small cells tell about people, so they show nothing: no score and no count.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/stats/metric.h"

namespace halte::stats {

// The least number of answers that a cell may show. A setting below the floor is lifted to it.
class Threshold {
 public:
  static constexpr std::int64_t floor = 5;
  explicit Threshold(std::int64_t answers = 10) : answers_(answers < floor ? floor : answers) {}
  std::int64_t answers() const { return answers_; }
  bool allows(std::int64_t n) const { return n >= answers_; }

 private:
  std::int64_t answers_;
};

// A figure that may be shown, or nothing: the view is hatched and says "not enough answers".
using Cell = std::optional<Figure>;

Cell publish(const std::optional<Figure>& figure, Threshold threshold);
Cell publish(Metric metric, const Distribution& answers, Threshold threshold);

// Which cells of a set to hide when their total is shown beside them (branches of an organisation, bands
// of a touchpoint). Hides each cell under the threshold; then, as long as the hidden ones hold fewer answers
// together than the threshold, the next smallest too: total minus shown never gives a small cell back.
// Empty cells are hidden as well but hold nobody and need no cover. One entry per count, true = hidden.
std::vector<bool> hidden_by_set(std::span<const std::int64_t> counts, Threshold threshold);

// The same set as cells, in order.
std::vector<Cell> publish_set(Metric metric, std::span<const Distribution> cells, Threshold threshold);

// A score without the answers that a ballot-stuffing rule marked, and with them. The second is hidden
// where 0 < flagged < k, else the difference would tell what the few flagged ones answered.
struct WithAndWithout {
  Cell without_flagged;
  Cell with_flagged;
};
WithAndWithout publish_both(Metric metric, const Distribution& clean, const Distribution& flagged,
                            Threshold threshold);

// Periods in which any two sums over whole blocks differ by nothing or by at least the threshold: cuts a
// row of consecutive counts (days of one touchpoint) into blocks that each hold enough answers. Returns
// the block of each entry; a tail with too few joins the block before. All in block 0 where the whole
// row holds too few.
std::vector<std::size_t> blocks(std::span<const std::int64_t> counts, Threshold threshold);

}  // namespace halte::stats
