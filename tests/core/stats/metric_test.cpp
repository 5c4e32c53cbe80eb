// SPDX-License-Identifier: Apache-2.0
#include "core/stats/metric.h"

#include <doctest/doctest.h>

#include <array>

namespace stats = halte::stats;
using stats::Band;
using stats::Metric;

TEST_CASE("nps: passives count in the base and not in the score") {
  stats::Distribution answers({0, 10});
  answers.add(10, 5);
  answers.add(8, 3);
  answers.add(6, 2);
  std::optional<stats::Figure> figure = stats::measure(Metric::nps, answers);
  REQUIRE(figure);
  CHECK(figure->value == doctest::Approx(30));
  CHECK(figure->n == 10);
  answers.add(7, 10);
  CHECK(stats::measure(Metric::nps, answers)->value == doctest::Approx(15));
}

TEST_CASE("bands: every answer lies in one band, and the bands add up") {
  for (Metric metric : stats::all_metrics) {
    CAPTURE(stats::name_of(metric));
    stats::Distribution answers(stats::scale_of(metric));
    for (int value = answers.scale().low; value <= answers.scale().high; ++value) {
      answers.add(value, 3);
      stats::Distribution one(answers.scale());
      one.add(value);
      for (Band band : stats::all_bands)
        CHECK(stats::count_in(metric, band, one) == (band == stats::band_of(metric, value) ? 1 : 0));
    }
    std::int64_t sum = 0;
    for (Band band : stats::all_bands) sum += stats::count_in(metric, band, answers);
    CHECK(sum == answers.n());
  }
}

TEST_CASE("bands: detractors end at 6 and promoters start at 9, faces 1-2 are low and 4-5 high") {
  CHECK(stats::band_of(Metric::nps, 6) == Band::low);
  CHECK(stats::band_of(Metric::nps, 7) == Band::middle);
  CHECK(stats::band_of(Metric::nps, 8) == Band::middle);
  CHECK(stats::band_of(Metric::nps, 9) == Band::high);
  CHECK(stats::band_of(Metric::emotion, 2) == Band::low);
  CHECK(stats::band_of(Metric::emotion, 3) == Band::middle);
  CHECK(stats::band_of(Metric::emotion, 4) == Band::high);
}

TEST_CASE("csat: is the share of the two best answers, not their mean") {
  stats::Distribution answers({1, 5}, std::array<std::int64_t, 5>{2, 0, 2, 3, 3});
  CHECK(stats::measure(Metric::csat, answers)->value == doctest::Approx(60));
  CHECK(stats::measure(Metric::stars, answers)->value == doctest::Approx(3.5));
}

TEST_CASE("measure: no answers or a foreign scale give no figure") {
  CHECK_FALSE(stats::measure(Metric::nps, stats::Distribution({0, 10})));
  stats::Distribution faces({1, 5});
  faces.add(3, 50);
  CHECK_FALSE(stats::measure(Metric::nps, faces));
  CHECK_FALSE(stats::measure(Metric::ces, faces));
}

TEST_CASE("measure: the interval stays in the metric's range and holds the value") {
  for (Metric metric : stats::all_metrics) {
    stats::Scale scale = stats::scale_of(metric);
    for (int value = scale.low; value <= scale.high; ++value) {
      for (std::int64_t n : {1, 2, 10, 1000}) {
        stats::Distribution answers(scale);
        answers.add(value, n);
        answers.add(scale.high, 1);
        std::optional<stats::Figure> figure = stats::measure(metric, answers);
        REQUIRE(figure);
        CAPTURE(stats::name_of(metric));
        CAPTURE(value);
        CAPTURE(n);
        CHECK(figure->interval.low >= stats::range_of(metric).low);
        CHECK(figure->interval.high <= stats::range_of(metric).high);
        CHECK(figure->interval.holds(figure->value));
      }
    }
  }
}

TEST_CASE("metric: names read back") {
  for (Metric metric : stats::all_metrics) CHECK(stats::metric_named(stats::name_of(metric)) == metric);
  for (Band band : stats::all_bands) CHECK(stats::band_named(stats::name_of(band)) == band);
  CHECK_FALSE(stats::metric_named("NPS"));
  CHECK_FALSE(stats::band_named(""));
}
