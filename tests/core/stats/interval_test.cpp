// SPDX-License-Identifier: Apache-2.0
#include "core/stats/interval.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>

namespace stats = halte::stats;

TEST_CASE("interval: quantiles are those of the printed tables") {
  CHECK(stats::normal_quantile(0.975) == doctest::Approx(1.959963984540).epsilon(1e-10));
  CHECK(stats::normal_quantile(0.5) == doctest::Approx(0).epsilon(1e-10));
  CHECK(stats::normal_quantile(0.001) == doctest::Approx(-3.090232306168).epsilon(1e-10));
  CHECK(stats::normal_quantile(1e-9) == doctest::Approx(-5.997807015008).epsilon(1e-9));
  CHECK(stats::student_quantile(0.975, 4) == doctest::Approx(2.776445).epsilon(5e-4));
  CHECK(stats::student_quantile(0.975, 9) == doctest::Approx(2.262157).epsilon(1e-5));
  CHECK(stats::student_quantile(0.995, 29) == doctest::Approx(2.756386).epsilon(1e-5));
  CHECK(stats::student_quantile(0.975, 1e9) == doctest::Approx(1.959964).epsilon(1e-6));
}

TEST_CASE("wilson: gives the limits that Newcombe 1998 prints") {
  struct Row {
    std::int64_t successes, n;
    double low, high;
  };
  for (const Row& row : {Row{81, 263, 0.2553, 0.3662}, Row{15, 148, 0.0624, 0.1605},
                         Row{0, 20, 0.0000, 0.1611}, Row{1, 29, 0.0061, 0.1718}}) {
    stats::Interval interval = stats::wilson(row.successes, row.n);
    CAPTURE(row.n);
    CHECK(interval.low == doctest::Approx(row.low).epsilon(0.00005).scale(1));
    CHECK(interval.high == doctest::Approx(row.high).epsilon(0.00005).scale(1));
  }
  CHECK(stats::wilson(20, 20).high == 1.0);
}

TEST_CASE("nps interval: 50 % promoters and 20 % detractors have the margins that people judge by") {
  struct Row {
    double n, margin;
  };
  std::printf("margin of an NPS of 30 (50 %% promoters, 20 %% detractors)\n");
  for (const Row& row : {Row{30, 27.9}, Row{50, 21.6}, Row{100, 15.3}, Row{400, 7.7}, Row{1000, 4.8}}) {
    std::array scores{stats::Scored{-100, 0.2 * row.n}, stats::Scored{0, 0.3 * row.n},
                      stats::Scored{100, 0.5 * row.n}};
    stats::Interval interval = stats::adjusted_mean(scores, -100, 100);
    double margin = (interval.high - interval.low) / 2;
    std::printf("  n %5.0f  +-%.1f\n", row.n, margin);
    CHECK(margin == doctest::Approx(row.margin).epsilon(0.2).scale(1));
    CHECK(interval.holds(30));
  }
}

TEST_CASE("adjusted mean: ten times the same answer still leaves doubt, inside the scale") {
  std::array all_five{stats::Scored{5, 10}};
  stats::Interval interval = stats::adjusted_mean(all_five, 1, 5);
  CHECK(interval.high == 5);
  CHECK(interval.low < 4.2);
  CHECK(interval.low > 3);
}

TEST_CASE("adjusted mean: more confidence is wider, more answers narrower") {
  std::array few{stats::Scored{2, 10}, stats::Scored{4, 20}};
  std::array many{stats::Scored{2, 100}, stats::Scored{4, 200}};
  auto width = [](const stats::Interval& i) { return i.high - i.low; };
  CHECK(width(stats::adjusted_mean(few, 1, 5, 0.99)) > width(stats::adjusted_mean(few, 1, 5, 0.95)));
  CHECK(width(stats::adjusted_mean(many, 1, 5)) < width(stats::adjusted_mean(few, 1, 5)) / 2.5);
}
