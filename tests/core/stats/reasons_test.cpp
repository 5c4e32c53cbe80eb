// SPDX-License-Identifier: Apache-2.0
#include "core/stats/reasons.h"

#include <doctest/doctest.h>

namespace stats = halte::stats;
using stats::Band;
using stats::Threshold;

TEST_CASE("reasons: shares are of the band's answers, most named first") {
  std::vector<stats::ReasonCount> counts{{"price", Band::low, 15},
                                         {"queue", Band::low, 20},
                                         {"queue", Band::low, 10},
                                         {"staff", Band::high, 99}};
  auto shares = stats::shares(counts, Band::low, 60, Threshold(10));
  REQUIRE(shares.size() == 2);
  CHECK(shares[0].reason == "queue");
  CHECK(shares[0].share == doctest::Approx(0.5));
  CHECK(shares[0].n == 60);
  CHECK(shares[0].interval.low == doctest::Approx(0.3774).epsilon(0.0002).scale(1));
  CHECK(shares[1].reason == "price");
}

TEST_CASE("reasons: few who named one are hidden, and another with them where the rest would tell") {
  std::vector<stats::ReasonCount> counts{
      {"price", Band::low, 3}, {"queue", Band::low, 20}, {"staff", Band::low, 12}};
  auto shares = stats::shares(counts, Band::low, 35, Threshold(10));
  REQUIRE(shares.size() == 1);
  CHECK(shares[0].reason == "queue");
}

TEST_CASE("reasons: a small band shows none") {
  std::vector<stats::ReasonCount> counts{{"price", Band::low, 9}};
  CHECK(stats::shares(counts, Band::low, 9, Threshold(10)).empty());
}
