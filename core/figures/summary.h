// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/figures/known_survey.h"
#include "core/response/counts.h"
#include "core/stats/distribution.h"
#include "core/stats/metric.h"
#include "core/stats/reasons.h"

namespace halte::figures {

using Distributions = std::map<stats::Metric, stats::Distribution>;

// Counts of one place in one period: scores, how responses ended, and reasons with the size of their bands.
// A plain value; what a person may see of it goes through stats::publish and its like first.
struct Summary {
  Distributions scores;
  std::map<std::string, std::int64_t> ended;
  std::map<std::string, std::vector<stats::ReasonCount>> reasons;  // by question
  std::map<stats::Band, std::int64_t> band_sizes;                  // of the score that reasons go with

  // A row without a meaning counts only where it says how responses ended.
  void add(const response::CountRow& row, const Meaning& meaning);
  const stats::Distribution* score(stats::Metric metric) const;
  stats::Distribution score_or_empty(stats::Metric metric) const;
  std::int64_t responses() const;
  std::int64_t completed() const;
  // The question in which that reason was named most by those of the band: "wait" reads otherwise when people
  // praise it. Empty: in none.
  std::string asked_in(stats::Band band, const std::string& reason) const;
};

}  // namespace halte::figures
