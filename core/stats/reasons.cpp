// SPDX-License-Identifier: Apache-2.0
#include "core/stats/reasons.h"

#include <algorithm>
#include <map>
#include <utility>

namespace halte::stats {

std::vector<ReasonShare> shares(std::span<const ReasonCount> counts, Band band, std::int64_t answers_in_band,
                                Threshold threshold) {
  if (!threshold.allows(answers_in_band)) return {};
  std::map<std::string, std::int64_t> by_reason;
  for (const ReasonCount& c : counts)
    if (c.band == band) by_reason[c.reason] += c.count;

  std::vector<std::int64_t> sizes;
  for (const auto& [reason, count] : by_reason) sizes.push_back(count);
  std::vector<bool> hidden = hidden_by_set(sizes, threshold);

  std::vector<ReasonShare> result;
  std::size_t i = 0;
  for (const auto& [reason, count] : by_reason) {
    if (hidden[i++]) continue;
    std::int64_t named = std::min(count, answers_in_band);
    double share = static_cast<double>(named) / static_cast<double>(answers_in_band);
    result.push_back({reason, band, answers_in_band, share, wilson(named, answers_in_band)});
  }
  std::ranges::sort(result, {}, [](const ReasonShare& s) { return std::pair(-s.share, s.reason); });
  return result;
}

}  // namespace halte::stats
