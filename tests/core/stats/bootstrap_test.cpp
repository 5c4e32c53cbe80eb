// SPDX-License-Identifier: Apache-2.0
#include "core/stats/bootstrap.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

namespace stats = halte::stats;
using stats::Metric;

namespace {

// Days differ: on a good day every answer is likelier to be a five. The mean over all days is 3.
std::vector<stats::Distribution> clustered_days(std::mt19937_64& random, int days, int answers) {
  std::uniform_real_distribution<double> mood(0.1, 0.9);
  std::vector<stats::Distribution> result;
  for (int day = 0; day < days; ++day) {
    std::binomial_distribution<std::int64_t> content(answers, mood(random));
    std::int64_t fives = content(random);
    stats::Distribution distribution({1, 5});
    distribution.add(5, fives);
    distribution.add(1, answers - fives);
    result.push_back(distribution);
  }
  return result;
}

stats::Distribution sum_of(const std::vector<stats::Distribution>& days) {
  stats::Distribution sum({1, 5});
  for (const stats::Distribution& day : days) sum.merge(day);
  return sum;
}

}  // namespace

TEST_CASE("by day: holds the truth where answers cluster by day and the plain interval does not") {
  std::mt19937_64 draw(3);
  halte::base::SeededRandom random(5);
  int by_day = 0;
  int plain = 0;
  constexpr int rounds = 200;
  for (int round = 0; round < rounds; ++round) {
    auto days = clustered_days(draw, 14, 30);
    by_day += stats::measure_by_day(Metric::emotion, days, random, 200)->interval.holds(3);
    plain += stats::measure(Metric::emotion, sum_of(days))->interval.holds(3);
  }
  MESSAGE("coverage over " << rounds << " draws of 14 days: by day " << 100 * by_day / rounds << " %, plain "
                           << 100 * plain / rounds << " %");
  CHECK(by_day >= rounds * 90 / 100);
  CHECK(plain < rounds * 80 / 100);
}

TEST_CASE("by day: the same seed gives the same interval, and the value is that of all answers") {
  std::mt19937_64 draw(3);
  auto days = clustered_days(draw, 10, 20);
  halte::base::SeededRandom first(1), second(1);
  auto a = stats::measure_by_day(Metric::emotion, days, first);
  auto b = stats::measure_by_day(Metric::emotion, days, second);
  CHECK(a == b);
  CHECK(a->value == stats::measure(Metric::emotion, sum_of(days))->value);
}

TEST_CASE("by day: four days with answers are too few") {
  std::mt19937_64 draw(3);
  auto days = clustered_days(draw, 4, 20);
  days.resize(9, stats::Distribution({1, 5}));
  halte::base::SeededRandom random(1);
  CHECK_FALSE(stats::measure_by_day(Metric::emotion, days, random));
}
