// SPDX-License-Identifier: Apache-2.0
// How often the 95 % intervals hold the truth. Up to n = 30 by enumeration, else by a seeded simulation.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/stats/comparison.h"
#include "core/stats/interval.h"
#include "core/stats/metric.h"

namespace stats = halte::stats;
using stats::Metric;

namespace {

struct Mix {
  std::string name;
  std::vector<double> shares;  // one per score, low to high
};

const std::vector<double> nps_scores{-100, 0, 100};
const std::vector<double> face_scores{1, 2, 3, 4, 5};
constexpr int rounds = 10'000;
// Three standard errors of a simulated 95 %.
const double noise = 3 * std::sqrt(0.95 * 0.05 / rounds);

double mean_of(const Mix& mix, const std::vector<double>& scores) {
  double mean = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) mean += mix.shares[i] * scores[i];
  return mean;
}

std::vector<std::int64_t> draw(const Mix& mix, std::int64_t n, std::mt19937_64& random) {
  std::vector<std::int64_t> counts;
  double left = 1;
  for (double share : mix.shares) {
    double chance = left <= 0 ? 0 : std::min(1.0, share / left);
    std::int64_t count = std::binomial_distribution<std::int64_t>(n, chance)(random);
    counts.push_back(count);
    n -= count;
    left -= share;
  }
  counts.back() += n;
  return counts;
}

using IntervalOf = std::function<stats::Interval(const std::vector<stats::Scored>&)>;

stats::Interval adjusted(const std::vector<stats::Scored>& scored) {
  return stats::adjusted_mean(scored, scored.front().score, scored.back().score);
}

// What the adjusted interval replaces, for comparison in the table.
stats::Interval plain_t(const std::vector<stats::Scored>& scored) {
  double n = 0, sum = 0, squares = 0;
  for (const stats::Scored& s : scored) {
    n += s.count;
    sum += s.count * s.score;
  }
  for (const stats::Scored& s : scored) squares += s.count * (s.score - sum / n) * (s.score - sum / n);
  double half = stats::student_quantile(0.975, n - 1) * std::sqrt(squares / (n - 1) / n);
  return {sum / n - half, sum / n + half};
}

std::vector<stats::Scored> scored(const std::vector<double>& scores,
                                  const std::vector<std::int64_t>& counts) {
  std::vector<stats::Scored> result;
  for (std::size_t i = 0; i < scores.size(); ++i)
    result.push_back({scores[i], static_cast<double>(counts[i])});
  return result;
}

double simulated(const Mix& mix, const std::vector<double>& scores, std::int64_t n,
                 const IntervalOf& interval) {
  std::mt19937_64 random(1000 + static_cast<std::uint64_t>(n));
  double truth = mean_of(mix, scores);
  int held = 0;
  for (int round = 0; round < rounds; ++round) {
    stats::Interval i = interval(scored(scores, draw(mix, n, random)));
    held += i.low - 1e-9 <= truth && truth <= i.high + 1e-9;
  }
  return static_cast<double>(held) / rounds;
}

// Every possible sample of n answers, weighed by its chance.
double enumerated(const Mix& mix, const std::vector<double>& scores, int n, const IntervalOf& interval) {
  double truth = mean_of(mix, scores);
  double held = 0;
  std::vector<std::int64_t> counts(scores.size());
  std::function<void(std::size_t, int, double)> place = [&](std::size_t bin, int left, double log_chance) {
    bool last = bin + 1 == scores.size();
    for (int count = last ? left : 0; count <= left; ++count) {
      if (count > 0 && mix.shares[bin] < 1e-12) break;
      double log_term = count > 0 ? count * std::log(mix.shares[bin]) : 0;
      double next = log_chance + log_term - std::lgamma(count + 1.0);
      counts[bin] = count;
      if (!last) {
        place(bin + 1, left - count, next);
        continue;
      }
      stats::Interval i = interval(scored(scores, counts));
      if (i.low - 1e-9 <= truth && truth <= i.high + 1e-9) held += std::exp(next);
    }
  };
  place(0, n, std::lgamma(n + 1.0));
  return held;
}

void print_row(const Mix& mix, const char* method, const std::vector<double>& coverage) {
  std::printf("  %-36s %-9s", mix.name.c_str(), method);
  for (double c : coverage) std::printf(" %6.1f", 100 * c);
  std::printf("\n");
}

constexpr std::array<std::int64_t, 7> sizes{10, 20, 30, 100, 300, 1000, 2000};

// Prints both intervals of every mix; returns the coverage of the adjusted one, by mix and size.
std::vector<std::vector<double>> table(const char* title, const std::vector<Mix>& mixes,
                                       const std::vector<double>& scores) {
  std::printf("%s: coverage in %% of a 95 %% interval\n  %-46s", title, "mix, low to high; n =");
  for (std::int64_t n : sizes) std::printf(" %6d", static_cast<int>(n));
  std::printf("\n");
  std::vector<std::vector<double>> result;
  for (const Mix& mix : mixes) {
    std::vector<double> ours, plain;
    for (std::int64_t n : sizes) {
      ours.push_back(simulated(mix, scores, n, adjusted));
      plain.push_back(simulated(mix, scores, n, plain_t));
    }
    print_row(mix, "adjusted", ours);
    print_row(mix, "plain t", plain);
    result.push_back(ours);
  }
  return result;
}

}  // namespace

TEST_CASE("nps coverage: balanced mixes stay within 1.5 points of 95 % from 30 to 2,000 answers") {
  std::vector<Mix> mixes{{"20/30/50", {.20, .30, .50}},
                         {"30/40/30", {.30, .40, .30}},
                         {"40/30/30", {.40, .30, .30}},
                         {"25/50/25", {.25, .50, .25}}};
  for (const auto& row : table("NPS, balanced", mixes, nps_scores))
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      CAPTURE(sizes[i]);
      if (sizes[i] >= 30) CHECK(std::abs(row[i] - 0.95) <= 0.015 + noise / 3);
      CHECK(row[i] >= 0.90);
    }
}

TEST_CASE("nps coverage: skewed mixes never fall under 90 %") {
  std::vector<Mix> mixes{{"1/4/95", {.01, .04, .95}}, {"0/10/90", {0, .10, .90}},
                         {"5/5/90", {.05, .05, .90}}, {"80/15/5", {.80, .15, .05}},
                         {"1/98/1", {.01, .98, .01}}, {"10/0/90", {.10, 0, .90}}};
  for (const auto& row : table("NPS, skewed", mixes, nps_scores))
    for (double coverage : row) CHECK(coverage >= 0.90);
}

TEST_CASE("nps coverage: no mix on a 5 % grid falls under 90 % at 10, 15, 20 and 30 answers") {
  for (int n : {10, 15, 20, 30}) {
    double lowest = 1;
    for (int low = 0; low <= 20; ++low)
      for (int high = 0; low + high <= 20; ++high) {
        Mix mix{"", {low / 20.0, (20 - low - high) / 20.0, high / 20.0}};
        lowest = std::min(lowest, enumerated(mix, nps_scores, n, adjusted));
      }
    std::printf("NPS, every mix on a 5 %% grid, enumerated: n %d, lowest coverage %.1f %%\n", n,
                100 * lowest);
    CHECK(lowest >= 0.90);
  }
}

TEST_CASE("mean coverage: balanced faces stay within 1.5 points of 95 % from 30 to 2,000 answers") {
  std::vector<Mix> mixes{{"20/20/20/20/20", {.2, .2, .2, .2, .2}},
                         {"10/20/40/20/10", {.1, .2, .4, .2, .1}},
                         {"10/15/25/30/20", {.10, .15, .25, .30, .20}},
                         {"40/10/0/10/40", {.4, .1, 0, .1, .4}}};
  for (const auto& row : table("Mean of five faces, balanced", mixes, face_scores))
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      CAPTURE(sizes[i]);
      if (sizes[i] >= 30) CHECK(std::abs(row[i] - 0.95) <= 0.015 + noise / 3);
      CHECK(row[i] >= 0.90);
    }
}

TEST_CASE("mean coverage: skewed faces never fall under 90 %, where the plain t interval falls far below") {
  std::vector<Mix> mixes{
      {"1/1/3/15/80", {.01, .01, .03, .15, .80}},  {"5/0/0/0/95", {.05, 0, 0, 0, .95}},
      {"10/2/3/10/75", {.10, .02, .03, .10, .75}}, {"90/6/2/1/1", {.90, .06, .02, .01, .01}},
      {"0/0/2/96/2", {0, 0, .02, .96, .02}},       {"1/0/0/0/99", {.01, 0, 0, 0, .99}}};
  for (const auto& row : table("Mean of five faces, skewed", mixes, face_scores))
    for (double coverage : row) CHECK(coverage >= 0.90);
  CHECK(simulated(mixes[1], face_scores, 10, plain_t) < 0.65);
}

TEST_CASE("mean coverage: no mix of five faces on a 20 % grid falls under 90 % at 10 answers") {
  double lowest = 1;
  int count = 0;
  for (int code = 0; code < 6 * 6 * 6 * 6; ++code) {
    std::array<int, 4> fifths{code % 6, code / 6 % 6, code / 36 % 6, code / 216};
    int sum = fifths[0] + fifths[1] + fifths[2] + fifths[3];
    if (sum > 5) continue;
    Mix mix{"", {fifths[0] / 5.0, fifths[1] / 5.0, fifths[2] / 5.0, fifths[3] / 5.0, (5 - sum) / 5.0}};
    lowest = std::min(lowest, enumerated(mix, face_scores, 10, adjusted));
    ++count;
  }
  std::printf("Faces, %d mixes on a 20 %% grid, enumerated: n 10, lowest coverage %.1f %%\n", count,
              100 * lowest);
  CHECK(lowest >= 0.90);
}

TEST_CASE(
    "difference coverage: the difference of two scores holds the truth as often as a single score does") {
  struct Pair {
    Mix first, second;
  };
  std::vector<Pair> pairs{{{"20/30/50 - 40/30/30", {.2, .3, .5}}, {"", {.4, .3, .3}}},
                          {{"30/40/30 - 30/40/30", {.3, .4, .3}}, {"", {.3, .4, .3}}},
                          {{"1/4/95 - 5/10/85", {.01, .04, .95}}, {"", {.05, .10, .85}}}};
  std::printf("Difference of two NPS: coverage in %%\n");
  for (const auto& [first, second] : pairs) {
    double truth = mean_of(first, nps_scores) - mean_of(second, nps_scores);
    std::vector<double> coverage;
    for (std::int64_t n : {10, 30, 100, 1000}) {
      std::mt19937_64 random(50 + static_cast<std::uint64_t>(n));
      int held = 0;
      constexpr int draws = 2000;
      auto answers = [&](const Mix& mix) {
        std::vector<std::int64_t> counts = draw(mix, n, random);
        stats::Distribution d({0, 10});
        d.add(0, counts[0]);
        d.add(7, counts[1]);
        d.add(10, counts[2]);
        return d;
      };
      for (int round = 0; round < draws; ++round)
        held += stats::difference(Metric::nps, answers(first), answers(second))->interval.holds(truth);
      coverage.push_back(static_cast<double>(held) / draws);
      CHECK(coverage.back() >= 0.90);
    }
    print_row(first, "n 10, 30, 100, 1000", coverage);
  }
}
