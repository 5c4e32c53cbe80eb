// SPDX-License-Identifier: Apache-2.0
#include "core/stats/metric.h"

#include <algorithm>
#include <vector>

namespace halte::stats {
namespace {

struct Definition {
  Metric metric;
  std::string_view name;
  Scale scale;
  Interval range;
  int band_middle_from;  // the middle band of the scale, both ends included
  int band_middle_to;
};

constexpr std::array definitions{
    Definition{Metric::nps, "nps", {0, 10}, {-100, 100}, 7, 8},
    Definition{Metric::emotion, "emotion", {1, 5}, {1, 5}, 3, 3},
    Definition{Metric::csat, "csat", {1, 5}, {0, 100}, 3, 3},
    Definition{Metric::ces, "ces", {1, 7}, {1, 7}, 4, 4},
    Definition{Metric::stars, "stars", {1, 5}, {1, 5}, 3, 3},
};

const Definition& definition_of(Metric metric) { return definitions[static_cast<std::size_t>(metric)]; }

constexpr std::array<std::string_view, 3> band_names{"low", "middle", "high"};

Figure net_promoter_score(const Distribution& answers, double confidence) {
  auto in_band = [&](Band band) { return static_cast<double>(count_in(Metric::nps, band, answers)); };
  std::array scores{Scored{-100, in_band(Band::low)}, Scored{0, in_band(Band::middle)},
                    Scored{100, in_band(Band::high)}};
  double n = static_cast<double>(answers.n());
  double value = 100 * (scores[2].count - scores[0].count) / n;
  return {Metric::nps, answers.n(), value, adjusted_mean(scores, -100, 100, confidence)};
}

Figure share_of_two_best(Metric metric, const Distribution& answers, double confidence) {
  std::int64_t content = answers.count(answers.scale().high - 1, answers.scale().high);
  Interval share = wilson(content, answers.n(), confidence);
  double value = 100 * static_cast<double>(content) / static_cast<double>(answers.n());
  return {metric, answers.n(), value, {100 * share.low, 100 * share.high}};
}

Figure mean_of_scale(Metric metric, const Distribution& answers, double confidence) {
  Scale scale = answers.scale();
  std::vector<Scored> scores;
  double sum = 0;
  for (int value = scale.low; value <= scale.high; ++value) {
    double count = static_cast<double>(answers.count(value));
    scores.push_back({static_cast<double>(value), count});
    sum += value * count;
  }
  return {metric, answers.n(), sum / static_cast<double>(answers.n()),
          adjusted_mean(scores, scale.low, scale.high, confidence)};
}

}  // namespace

std::string_view name_of(Metric metric) { return definition_of(metric).name; }

std::optional<Metric> metric_named(std::string_view name) {
  auto found = std::ranges::find(definitions, name, &Definition::name);
  if (found == definitions.end()) return std::nullopt;
  return found->metric;
}

Scale scale_of(Metric metric) { return definition_of(metric).scale; }

Interval range_of(Metric metric) { return definition_of(metric).range; }

std::string_view name_of(Band band) { return band_names[static_cast<std::size_t>(band)]; }

std::optional<Band> band_named(std::string_view name) {
  auto found = std::ranges::find(band_names, name);
  if (found == band_names.end()) return std::nullopt;
  return static_cast<Band>(found - band_names.begin());
}

Band band_of(Metric metric, int value) {
  const Definition& definition = definition_of(metric);
  if (value < definition.band_middle_from) return Band::low;
  return value <= definition.band_middle_to ? Band::middle : Band::high;
}

std::int64_t count_in(Metric metric, Band band, const Distribution& answers) {
  const Definition& definition = definition_of(metric);
  switch (band) {
    case Band::low: return answers.count(definition.scale.low, definition.band_middle_from - 1);
    case Band::middle: return answers.count(definition.band_middle_from, definition.band_middle_to);
    case Band::high: return answers.count(definition.band_middle_to + 1, definition.scale.high);
  }
  return 0;
}

std::optional<Figure> measure(Metric metric, const Distribution& answers, double confidence) {
  if (answers.scale() != scale_of(metric) || answers.n() == 0) return std::nullopt;
  switch (metric) {
    case Metric::nps: return net_promoter_score(answers, confidence);
    case Metric::csat: return share_of_two_best(metric, answers, confidence);
    case Metric::emotion:
    case Metric::ces:
    case Metric::stars: return mean_of_scale(metric, answers, confidence);
  }
  return std::nullopt;
}

}  // namespace halte::stats
