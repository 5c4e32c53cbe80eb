// SPDX-License-Identifier: Apache-2.0
#include "core/stats/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace halte::stats {
namespace {

constexpr std::size_t fewest_days = 5;

Distribution sum_of(std::span<const Distribution> days) {
  Distribution sum(days.front().scale());
  for (const Distribution& day : days) sum.merge(day);
  return sum;
}

Distribution draw_days(std::span<const Distribution> days, base::Random& random) {
  Distribution drawn(days.front().scale());
  for (std::size_t i = 0; i < days.size(); ++i) {
    auto pick = static_cast<std::size_t>(random.uniform() * static_cast<double>(days.size()));
    drawn.merge(days[pick]);
  }
  return drawn;
}

double standard_deviation(std::span<const double> values) {
  double mean = 0;
  for (double value : values) mean += value / static_cast<double>(values.size());
  double squares = 0;
  for (double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace

std::optional<Figure> measure_by_day(Metric metric, std::span<const Distribution> days, base::Random& random,
                                     int draws, double confidence) {
  std::vector<Distribution> with_answers;
  for (const Distribution& day : days)
    if (day.scale() == scale_of(metric) && day.n() > 0) with_answers.push_back(day);
  if (with_answers.size() < fewest_days) return std::nullopt;

  std::optional<Figure> figure = measure(metric, sum_of(with_answers), confidence);
  std::vector<double> values;
  for (int i = 0; i < std::max(draws, 2); ++i)
    values.push_back(measure(metric, draw_days(with_answers, random))->value);

  double clusters = static_cast<double>(with_answers.size());
  double error = standard_deviation(values) * std::sqrt(clusters / (clusters - 1));
  double half = student_quantile((1 + confidence) / 2, clusters - 1) * error;
  Interval range = range_of(metric);
  figure->interval.low = std::max(range.low, std::min(figure->interval.low, figure->value - half));
  figure->interval.high = std::min(range.high, std::max(figure->interval.high, figure->value + half));
  return figure;
}

}  // namespace halte::stats
