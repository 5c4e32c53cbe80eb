// SPDX-License-Identifier: Apache-2.0
#include "core/stats/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace halte::stats {
namespace {

struct Estimate {
  double value;
  Interval interval;
};

// Zou and Donner's square-and-add. An adjusted interval is centred a little off the plain value; a limit
// on the wrong side of it counts as touching it, so that more confidence never gives a narrower interval.
Interval square_and_add(const Estimate& first, const Estimate& second) {
  double value = first.value - second.value;
  auto below = [](const Estimate& e) { return std::max(0.0, e.value - e.interval.low); };
  auto above = [](const Estimate& e) { return std::max(0.0, e.interval.high - e.value); };
  return {value - std::hypot(below(first), above(second)), value + std::hypot(above(first), below(second))};
}

bool excludes_zero(const Interval& interval) { return interval.low > 0 || interval.high < 0; }

// `at(confidence)` gives the interval of the difference; it grows with confidence, so the p-value is found
// by halving.
template <class IntervalAt>
double p_value(const IntervalAt& at) {
  double not_proven = 0;
  double proven = 1;
  for (int step = 0; step < 40; ++step) {
    double p = (not_proven + proven) / 2;
    (excludes_zero(at(1 - p)) ? proven : not_proven) = p;
  }
  return proven;
}

template <class IntervalAt>
Difference difference_from(double value, const IntervalAt& at, double confidence) {
  Interval interval = at(confidence);
  return {value, interval, p_value(at), excludes_zero(interval)};
}

constexpr std::array<std::string_view, 3> verdict_names{"yes", "no", "undecided"};

}  // namespace

std::optional<Difference> difference(Metric metric, const Distribution& first, const Distribution& second,
                                     double confidence) {
  std::optional<Figure> a = measure(metric, first);
  std::optional<Figure> b = measure(metric, second);
  if (!a || !b) return std::nullopt;
  auto at = [&](double level) {
    return square_and_add({a->value, measure(metric, first, level)->interval},
                          {b->value, measure(metric, second, level)->interval});
  };
  return difference_from(a->value - b->value, at, confidence);
}

Difference difference_of_shares(std::int64_t first_successes, std::int64_t first_n,
                                std::int64_t second_successes, std::int64_t second_n, double confidence) {
  double first = static_cast<double>(first_successes) / static_cast<double>(first_n);
  double second = static_cast<double>(second_successes) / static_cast<double>(second_n);
  auto at = [&](double level) {
    return square_and_add({first, wilson(first_successes, first_n, level)},
                          {second, wilson(second_successes, second_n, level)});
  };
  return difference_from(first - second, at, confidence);
}

std::vector<bool> holm(std::span<const double> p_values, double confidence) {
  std::vector<std::size_t> by_p(p_values.size());
  std::iota(by_p.begin(), by_p.end(), std::size_t{0});
  std::ranges::sort(by_p, {}, [&](std::size_t i) { return p_values[i]; });

  std::vector<bool> proven(p_values.size(), false);
  auto left = static_cast<double>(p_values.size());
  for (std::size_t i : by_p) {
    if (p_values[i] > (1 - confidence) / left) break;
    proven[i] = true;
    --left;
  }
  return proven;
}

std::vector<std::optional<int>> ranks(Metric metric, std::span<const Distribution> units, Better better,
                                      double confidence) {
  struct Pair {
    std::size_t first, second;
    double value;
  };
  std::vector<Pair> pairs;
  std::vector<double> p_values;
  std::vector<std::optional<int>> rank(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (measure(metric, units[i])) rank[i] = 1;
    for (std::size_t j = i + 1; j < units.size(); ++j) {
      std::optional<Difference> d = difference(metric, units[i], units[j], confidence);
      if (!d) continue;
      pairs.push_back({i, j, d->value});
      p_values.push_back(d->p_value);
    }
  }
  std::vector<bool> proven = holm(p_values, confidence);
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    if (!proven[k]) continue;
    bool first_is_better = (pairs[k].value > 0) == (better == Better::higher);
    ++*rank[first_is_better ? pairs[k].second : pairs[k].first];
  }
  return rank;
}

std::optional<Difference> trend(Metric metric, const Distribution& current, const Distribution& previous,
                                Threshold threshold) {
  if (!threshold.allows(current.n()) || !threshold.allows(previous.n())) return std::nullopt;
  return difference(metric, current, previous);
}

std::string_view name_of(Verdict verdict) { return verdict_names[static_cast<std::size_t>(verdict)]; }

Verdict target_met(const Figure& figure, double target, Better better) {
  const Interval& interval = figure.interval;
  bool met = better == Better::higher ? interval.low >= target : interval.high <= target;
  bool missed = better == Better::higher ? interval.high < target : interval.low > target;
  if (met) return Verdict::yes;
  return missed ? Verdict::no : Verdict::undecided;
}

}  // namespace halte::stats
