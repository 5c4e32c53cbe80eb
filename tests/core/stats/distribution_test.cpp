// SPDX-License-Identifier: Apache-2.0
#include "core/stats/distribution.h"

#include <doctest/doctest.h>

#include <array>

namespace stats = halte::stats;

TEST_CASE("distribution: counts each value of the scale and refuses any other") {
  stats::Distribution faces({1, 5});
  CHECK(faces.add(5));
  CHECK(faces.add(5, 2));
  CHECK(faces.add(1));
  CHECK_FALSE(faces.add(0));
  CHECK_FALSE(faces.add(6));
  CHECK(faces.n() == 4);
  CHECK(faces.count(5) == 3);
  CHECK(faces.count(6) == 0);
  CHECK(faces.count(-100, 100) == 4);
  CHECK(faces.count(4, 2) == 0);
}

TEST_CASE("distribution: an erasure never makes a bin negative and changes nothing where it would") {
  stats::Distribution faces({1, 5}, std::array<std::int64_t, 5>{1, 0, 2, 0, 4});
  stats::Distribution before = faces;
  CHECK_FALSE(faces.add(2, -1));
  CHECK_FALSE(faces.subtract({{1, 5}, std::array<std::int64_t, 5>{1, 1, 0, 0, 0}}));
  CHECK(faces == before);
  CHECK(faces.subtract({{1, 5}, std::array<std::int64_t, 5>{0, 0, 2, 0, 1}}));
  CHECK(faces.n() == 4);
}

TEST_CASE("distribution: merging and subtracting again gives the first back") {
  stats::Distribution monday({0, 10});
  stats::Distribution tuesday({0, 10});
  for (int value = 0; value <= 10; ++value) {
    monday.add(value, value);
    tuesday.add(value, 10 - value);
  }
  stats::Distribution both = monday;
  CHECK(both.merge(tuesday));
  CHECK(both.n() == 110);
  CHECK(both.subtract(tuesday));
  CHECK(both == monday);
  CHECK_FALSE(both.merge(stats::Distribution({1, 5})));
}
