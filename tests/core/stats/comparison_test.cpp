// SPDX-License-Identifier: Apache-2.0
#include "core/stats/comparison.h"

#include <doctest/doctest.h>

#include <array>
#include <random>

namespace stats = halte::stats;
using stats::Better;
using stats::Metric;
using stats::Threshold;
using stats::Verdict;

namespace {

stats::Distribution nps(std::int64_t detractors, std::int64_t passives, std::int64_t promoters) {
  stats::Distribution answers({0, 10});
  answers.add(3, detractors);
  answers.add(8, passives);
  answers.add(10, promoters);
  return answers;
}

stats::Distribution faces(std::array<std::int64_t, 5> bins) { return {{1, 5}, bins}; }

}  // namespace

TEST_CASE("difference of shares: gives the limits that Newcombe 1998 prints for method 10") {
  stats::Difference d = stats::difference_of_shares(56, 70, 48, 80);
  CHECK(d.value == doctest::Approx(0.2));
  CHECK(d.interval.low == doctest::Approx(0.0524).epsilon(0.00005).scale(1));
  CHECK(d.interval.high == doctest::Approx(0.3339).epsilon(0.00005).scale(1));
  CHECK(d.proven);
  d = stats::difference_of_shares(9, 10, 3, 10);
  CHECK(d.interval.low == doctest::Approx(0.1705).epsilon(0.00005).scale(1));
  CHECK(d.interval.high == doctest::Approx(0.8090).epsilon(0.00005).scale(1));
}

TEST_CASE("difference: a large change in nps is proven with many answers and not with few") {
  CHECK(stats::difference(Metric::nps, nps(20, 30, 50), nps(40, 30, 30))->proven);
  CHECK_FALSE(stats::difference(Metric::nps, nps(4, 6, 10), nps(8, 6, 6))->proven);
  CHECK(stats::difference(Metric::nps, nps(20, 30, 50), nps(40, 30, 30))->value == doctest::Approx(40));
  CHECK_FALSE(stats::difference(Metric::nps, nps(20, 30, 50), nps(0, 0, 0)));
}

TEST_CASE("difference: turned round it is the same with the other sign") {
  auto a = faces({1, 2, 5, 20, 30});
  auto b = faces({6, 9, 12, 10, 5});
  auto there = stats::difference(Metric::emotion, a, b);
  auto back = stats::difference(Metric::emotion, b, a);
  CHECK(there->value == doctest::Approx(-back->value));
  CHECK(there->interval.low == doctest::Approx(-back->interval.high));
  CHECK(there->interval.high == doctest::Approx(-back->interval.low));
  CHECK(there->p_value == doctest::Approx(back->p_value));
}

TEST_CASE("difference: the p-value is under 5 % exactly where the 95 % interval excludes zero") {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<int> bin(0, 12);
  int proven = 0;
  for (int round = 0; round < 300; ++round) {
    std::array<std::int64_t, 5> first{}, second{};
    for (std::size_t i = 0; i < 5; ++i) {
      first[i] = bin(random) + (i > 2 ? 4 : 0);
      second[i] = bin(random);
    }
    auto d = stats::difference(Metric::emotion, faces(first), faces(second));
    REQUIRE(d);
    CHECK((d->p_value < 0.05) == d->proven);
    CHECK(d->interval.holds(d->value));
    proven += d->proven;
  }
  CHECK(proven > 50);
  CHECK(proven < 250);
}

TEST_CASE("holm: the worked example keeps the first and the last proven") {
  std::array p{0.01, 0.04, 0.03, 0.005};
  CHECK(stats::holm(p) == std::vector<bool>{true, false, false, true});
  CHECK(stats::holm({}).empty());
}

TEST_CASE("ranks: branches that are tied share a rank") {
  std::vector<stats::Distribution> branches{faces({0, 0, 0, 100, 100}), faces({100, 100, 0, 0, 0}),
                                            faces({0, 0, 0, 99, 101}), stats::Distribution({1, 5})};
  auto rank = stats::ranks(Metric::emotion, branches, Better::higher);
  CHECK(rank[0] == 1);
  CHECK(rank[1] == 3);
  CHECK(rank[2] == 1);
  CHECK_FALSE(rank[3]);
  CHECK(stats::ranks(Metric::emotion, branches, Better::lower)[1] == 1);
}

TEST_CASE("ranks: ten branches of one and the same quality get a false winner in at most 5 % of the draws") {
  std::mt19937_64 random(11);
  std::discrete_distribution<int> answer({5, 10, 20, 40, 25});
  int false_winner = 0;
  constexpr int draws = 200;
  for (int round = 0; round < draws; ++round) {
    std::vector<stats::Distribution> branches(10, stats::Distribution({1, 5}));
    for (stats::Distribution& branch : branches)
      for (int i = 0; i < 40; ++i) branch.add(1 + answer(random));
    for (auto rank : stats::ranks(Metric::emotion, branches, Better::higher))
      if (rank != 1) {
        ++false_winner;
        break;
      }
  }
  MESSAGE("false winners in " << draws << " draws: " << false_winner);
  CHECK(false_winner <= draws * 5 / 100);
}

TEST_CASE("trend: says nothing where either period is too small to show") {
  CHECK_FALSE(stats::trend(Metric::nps, nps(20, 30, 50), nps(1, 2, 6), Threshold(10)));
  CHECK_FALSE(stats::trend(Metric::nps, nps(1, 2, 6), nps(20, 30, 50), Threshold(10)));
  CHECK(stats::trend(Metric::nps, nps(20, 30, 50), nps(40, 30, 30), Threshold(10))->proven);
}

TEST_CASE("target: is undecided as long as the interval holds it") {
  stats::Figure figure{Metric::nps, 100, 30, {15, 45}};
  CHECK(stats::target_met(figure, 10, Better::higher) == Verdict::yes);
  CHECK(stats::target_met(figure, 15, Better::higher) == Verdict::yes);
  CHECK(stats::target_met(figure, 30, Better::higher) == Verdict::undecided);
  CHECK(stats::target_met(figure, 50, Better::higher) == Verdict::no);
  CHECK(stats::target_met(figure, 10, Better::lower) == Verdict::no);
  CHECK(stats::target_met(figure, 50, Better::lower) == Verdict::yes);
  CHECK(stats::name_of(Verdict::undecided) == "undecided");
}
