// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/stats/metric.h"
#include "core/stats/suppression.h"

namespace halte::stats {

// first - second, for two independent samples. `proven` means that the interval excludes 0, and p_value
// is the level at which it would just touch 0: below 0.05 exactly where a 95 % interval is proven.
struct Difference {
  double value = 0;
  Interval interval;
  double p_value = 1;
  bool proven = false;
};

// Square-and-add of the two single intervals: Newcombe, "Interval Estimation for the Difference Between
// Independent Proportions", Statistics in Medicine 17 (1998), method 10, for shares; Zou and Donner,
// Statistics in Medicine 27 (2008), for any other figure. Nothing where either has no answers.
std::optional<Difference> difference(Metric metric, const Distribution& first, const Distribution& second,
                                     double confidence = default_confidence);
Difference difference_of_shares(std::int64_t first_successes, std::int64_t first_n,
                                std::int64_t second_successes, std::int64_t second_n,
                                double confidence = default_confidence);

// Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6
// (1979): which of several differences stay proven when looked at together. One entry per p-value.
std::vector<bool> holm(std::span<const double> p_values, double confidence = default_confidence);

// 1 + the number of others that are proven better, after Holm over all pairs: what is tied shares a
// rank, so no branch is called a winner by chance. Entries without answers get no rank.
enum class Better { higher, lower };
std::vector<std::optional<int>> ranks(Metric metric, std::span<const Distribution> units, Better better,
                                      double confidence = default_confidence);

// This period against the one before. Nothing where either is too small to show.
std::optional<Difference> trend(Metric metric, const Distribution& current, const Distribution& previous,
                                Threshold threshold);

// Whether a target is met: yes or no where the whole interval is on one side of it, else undecided.
enum class Verdict { yes, no, undecided };
std::string_view name_of(Verdict verdict);
Verdict target_met(const Figure& figure, double target, Better better);

}  // namespace halte::stats
