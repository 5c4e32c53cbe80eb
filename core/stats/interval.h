// SPDX-License-Identifier: Apache-2.0
#pragma once

// Closed-form confidence intervals over counts. They cover sampling error alone: people at a kiosk
// choose themselves, and that no interval shows. README.md in this folder has formulas and coverage.

#include <cstdint>
#include <span>

namespace halte::stats {

inline constexpr double default_confidence = 0.95;

struct Interval {
  double low = 0;
  double high = 0;
  bool holds(double value) const { return low <= value && value <= high; }
  bool operator==(const Interval&) const = default;
};

// Inverse of the standard normal distribution; 0 < probability < 1. Error below 1e-9.
double normal_quantile(double probability);
// Inverse of Student's t; degrees >= 1. Cornish-Fisher expansion to the fourth order (Abramowitz and
// Stegun 26.7.5): 0.0009 off at 4 degrees and 97.5 %, less above.
double student_quantile(double probability, double degrees);

// A share of `successes` in n > 0, between 0 and 1. Wilson, "Probable Inference, the Law of Succession,
// and Statistical Inference", JASA 22 (1927).
Interval wilson(std::int64_t successes, std::int64_t n, double confidence = default_confidence);

// One value of a bounded score and how often it was seen.
struct Scored {
  double score;
  double count;
};

// The mean of a score that lies between `lowest` and `highest`, n > 0 (in all counts): an adjusted t
// interval. Three imaginary answers are added, 3/4 at each end of the scale and 3/2 in its middle, and the
// mean m' and variance v' of the n + 3 answers give  m' +- t(n - 1) * sqrt(v' / (n + 3)),  cut at the ends.
// For NPS (scores -100, 0, 100) this is the adjusted Wald interval that Rocks recommends, with t for z
// ("Interval Estimation for the Net Promoter Score", The American Statistician 70(4), 2016); the ends
// keep it honest where a skewed sample shows no spread at all, which the plain t interval is not.
Interval adjusted_mean(std::span<const Scored> scores, double lowest, double highest,
                       double confidence = default_confidence);

}  // namespace halte::stats
