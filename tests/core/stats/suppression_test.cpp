// SPDX-License-Identifier: Apache-2.0
#include "core/stats/suppression.h"

#include <doctest/doctest.h>

#include <numeric>
#include <random>

namespace stats = halte::stats;
using stats::Metric;
using stats::Threshold;

namespace {

stats::Distribution faces(int value, std::int64_t n) {
  stats::Distribution answers({1, 5});
  answers.add(value, n);
  return answers;
}

}  // namespace

TEST_CASE("suppression: nine answers show nothing, ten show the figure") {
  CHECK_FALSE(stats::publish(Metric::emotion, faces(4, 9), Threshold(10)));
  CHECK(stats::publish(Metric::emotion, faces(4, 10), Threshold(10))->n == 10);
  CHECK_FALSE(stats::publish(std::nullopt, Threshold(10)));
}

TEST_CASE("suppression: a threshold under five is lifted to five") {
  CHECK(Threshold(1).answers() == 5);
  CHECK(Threshold(-3).answers() == 5);
  CHECK(Threshold().answers() == 10);
  CHECK_FALSE(stats::publish(Metric::emotion, faces(4, 4), Threshold(0)));
}

TEST_CASE("suppression: one small branch takes the next smallest with it") {
  std::vector<std::int64_t> counts{3, 40, 25, 60};
  CHECK(stats::hidden_by_set(counts, Threshold(10)) == std::vector<bool>{true, false, true, false});
}

TEST_CASE("suppression: small branches that cover each other take no other") {
  std::vector<std::int64_t> counts{6, 40, 4, 60};
  CHECK(stats::hidden_by_set(counts, Threshold(10)) == std::vector<bool>{true, false, true, false});
}

TEST_CASE("suppression: an empty branch is hidden and costs no other its figure") {
  std::vector<std::int64_t> counts{0, 40, 60};
  CHECK(stats::hidden_by_set(counts, Threshold(10)) == std::vector<bool>{true, false, false});
}

TEST_CASE("suppression: in 10,000 random sets total minus shown never gives a small cell back") {
  std::mt19937_64 random(20160712);
  std::uniform_int_distribution<int> cells(1, 12);
  std::uniform_int_distribution<int> size(0, 40);
  std::uniform_int_distribution<int> limit(5, 20);
  int attacked = 0;
  for (int round = 0; round < 10'000; ++round) {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(cells(random)));
    for (std::int64_t& count : counts) count = size(random);
    Threshold threshold(limit(random));
    std::int64_t total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    if (!threshold.allows(total)) continue;
    std::vector<bool> hidden = stats::hidden_by_set(counts, threshold);
    std::int64_t remainder = total;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (!hidden[i]) CHECK(threshold.allows(counts[i]));
      if (!hidden[i]) remainder -= counts[i];
    }
    ++attacked;
    CHECK((remainder == 0 || threshold.allows(remainder)));
  }
  CHECK(attacked > 8'000);
}

TEST_CASE("suppression: the figures of a set are those of its shown cells") {
  std::vector<stats::Distribution> branches{faces(5, 3), faces(4, 40), faces(3, 25)};
  std::vector<stats::Cell> cells = stats::publish_set(Metric::emotion, branches, Threshold(10));
  REQUIRE(cells.size() == 3);
  CHECK_FALSE(cells[0]);
  CHECK(cells[1]->value == doctest::Approx(4));
  CHECK_FALSE(cells[2]);
}

TEST_CASE("suppression: the score with flagged answers is hidden where only a few are flagged") {
  stats::Distribution clean = faces(4, 50);
  auto with = [&](std::int64_t flagged) {
    return stats::publish_both(Metric::emotion, clean, faces(1, flagged), Threshold(10)).with_flagged;
  };
  CHECK(with(0)->n == 50);
  CHECK_FALSE(with(1));
  CHECK_FALSE(with(9));
  CHECK(with(10)->n == 60);
  CHECK(stats::publish_both(Metric::emotion, clean, faces(1, 3), Threshold(10)).without_flagged->n == 50);
}

TEST_CASE("suppression: any two periods of whole blocks differ by nothing or by enough answers") {
  std::mt19937_64 random(4);
  std::uniform_int_distribution<int> size(0, 9);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::int64_t> days(60);
    for (std::int64_t& day : days) day = size(random);
    std::vector<std::size_t> block_of = stats::blocks(days, Threshold(10));
    std::vector<std::int64_t> in_block(block_of.back() + 1, 0);
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (i > 0) CHECK(block_of[i] - block_of[i - 1] <= 1);
      in_block[block_of[i]] += days[i];
    }
    for (std::int64_t answers : in_block) CHECK(answers >= 10);
  }
  CHECK(stats::blocks(std::vector<std::int64_t>{2, 3}, Threshold(10)) == std::vector<std::size_t>{0, 0});
  CHECK(stats::blocks({}, Threshold(10)).empty());
}
