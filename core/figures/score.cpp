// SPDX-License-Identifier: Apache-2.0
#include "core/figures/score.h"

namespace halte::figures {

using stats::Metric;

void Counted::add(const response::CountRow& row, const Meaning& meaning) {
  (row.flagged ? flagged : clean).add(row, meaning);
  all.add(row, meaning);
}

Score score_of(Metric metric, const Counted& now, const Counted& before, stats::Threshold threshold) {
  const auto clean = now.clean.score_or_empty(metric), earlier = before.clean.score_or_empty(metric);
  Score score{metric,
              stats::publish_both(metric, clean, now.flagged.score_or_empty(metric), threshold),
              stats::publish(metric, earlier, threshold),
              stats::trend(metric, clean, earlier, threshold),
              {}};
  if (threshold.allows(clean.n())) score.spread = clean;
  return score;
}

std::optional<Share> completion_of(const Summary& summary, stats::Threshold threshold) {
  const std::int64_t n = summary.responses();
  if (!threshold.allows(n)) return std::nullopt;
  return Share{n, double(summary.completed()) / double(n), stats::wilson(summary.completed(), n)};
}

std::vector<Reason> reasons_of(const Summary& summary, stats::Band band, stats::Threshold threshold) {
  std::vector<stats::ReasonCount> all;
  for (const auto& [question, counts] : summary.reasons) all.insert(all.end(), counts.begin(), counts.end());
  auto size = summary.band_sizes.find(band);
  std::vector<Reason> reasons;
  for (stats::ReasonShare& share :
       stats::shares(all, band, size == summary.band_sizes.end() ? 0 : size->second, threshold))
    reasons.push_back({summary.asked_in(band, share.reason), std::move(share)});
  return reasons;
}

}  // namespace halte::figures
