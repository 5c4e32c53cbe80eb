// SPDX-License-Identifier: Apache-2.0
#include "core/stats/interval.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace halte::stats {
namespace {

constexpr double imaginary_at_each_end = 0.75;
constexpr double imaginary_in_the_middle = 1.5;

// Acklam's rational approximation for 0 < p <= 0.5, 1.15e-9 relative: the start of one Newton step.
double lower_half_quantile(double p) {
  constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                          1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                          6.680131188771972e+01, -1.328068155288572e+01};
  constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                          -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                          3.754408661907416e+00};
  if (p < 0.02425) {
    double q = std::sqrt(-2 * std::log(p));
    return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
           ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
  }
  double q = p - 0.5;
  double r = q * q;
  return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
         (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

}  // namespace

double normal_quantile(double probability) {
  // The upper half by symmetry: erfc keeps its precision only in the lower tail.
  if (probability > 0.5) return -normal_quantile(1 - probability);
  double z = lower_half_quantile(probability);
  double error = 0.5 * std::erfc(-z / std::numbers::sqrt2) - probability;
  double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  return z - error / density;
}

double student_quantile(double probability, double degrees) {
  double z = normal_quantile(probability);
  double z2 = z * z;
  double g1 = z * (z2 + 1) / 4;
  double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
  double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  double v = std::max(degrees, 1.0);
  return z + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v;
}

Interval wilson(std::int64_t successes, std::int64_t n, double confidence) {
  double z = normal_quantile((1 + confidence) / 2);
  double size = static_cast<double>(n);
  double share = static_cast<double>(successes) / size;
  double centre = share + z * z / (2 * size);
  double half = z * std::sqrt(share * (1 - share) / size + z * z / (4 * size * size));
  double scale = 1 + z * z / size;
  // At the ends rounding would leave 1e-17 where the formula gives exactly 0 or 1.
  return {successes == 0 ? 0.0 : std::max(0.0, (centre - half) / scale),
          successes == n ? 1.0 : std::min(1.0, (centre + half) / scale)};
}

Interval adjusted_mean(std::span<const Scored> scores, double lowest, double highest, double confidence) {
  double n = 0;
  for (const Scored& s : scores) n += s.count;
  double middle = (lowest + highest) / 2;
  double size = n + 2 * imaginary_at_each_end + imaginary_in_the_middle;
  double sum = imaginary_at_each_end * (lowest + highest) + imaginary_in_the_middle * middle;
  for (const Scored& s : scores) sum += s.count * s.score;
  double mean = sum / size;

  auto squared = [mean](double score) { return (score - mean) * (score - mean); };
  double squares = imaginary_at_each_end * (squared(lowest) + squared(highest)) +
                   imaginary_in_the_middle * squared(middle);
  for (const Scored& s : scores) squares += s.count * squared(s.score);

  double half = student_quantile((1 + confidence) / 2, n - 1) * std::sqrt(squares / size / size);
  return {std::max(lowest, mean - half), std::min(highest, mean + half)};
}

}  // namespace halte::stats
