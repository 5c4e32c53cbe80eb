// SPDX-License-Identifier: Apache-2.0
#include "core/stats/distribution.h"

#include <algorithm>
#include <numeric>

namespace halte::stats {

Distribution::Distribution(Scale scale)
    : scale_(scale), bins_(static_cast<std::size_t>(std::max(0, scale.high - scale.low + 1)), 0) {}

Distribution::Distribution(Scale scale, std::span<const std::int64_t> bins) : Distribution(scale) {
  std::copy_n(bins.begin(), std::min(bins.size(), bins_.size()), bins_.begin());
}

std::int64_t Distribution::n() const { return std::accumulate(bins_.begin(), bins_.end(), std::int64_t{0}); }

std::int64_t Distribution::count(int value) const { return count(value, value); }

std::int64_t Distribution::count(int from, int to) const {
  int first = std::max(from, scale_.low);
  int last = std::min(to, scale_.high);
  if (first > last) return 0;
  return std::accumulate(bins_.begin() + (first - scale_.low), bins_.begin() + (last - scale_.low + 1),
                         std::int64_t{0});
}

bool Distribution::add(int value, std::int64_t count) {
  if (!scale_.holds(value)) return false;
  std::int64_t& bin = bins_[static_cast<std::size_t>(value - scale_.low)];
  if (bin + count < 0) return false;
  bin += count;
  return true;
}

bool Distribution::merge(const Distribution& other) { return combine(other, 1); }

bool Distribution::subtract(const Distribution& other) { return combine(other, -1); }

bool Distribution::combine(const Distribution& other, std::int64_t sign) {
  if (scale_ != other.scale_) return false;
  std::vector<std::int64_t> sum(bins_.size());
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = bins_[i] + sign * other.bins_[i];
  if (std::ranges::any_of(sum, [](std::int64_t bin) { return bin < 0; })) return false;
  bins_ = std::move(sum);
  return true;
}

}  // namespace halte::stats
