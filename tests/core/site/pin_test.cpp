// SPDX-License-Identifier: Apache-2.0
#include "core/site/pin.h"

#include <doctest/doctest.h>

using namespace halte;
using namespace std::chrono_literals;

TEST_CASE("PIN: 6 to 12 digits that are no plain row") {
  for (const char* good : {"483920", "112233", "129999", "098764", "483920483920"})
    CHECK_MESSAGE(site::is_good_pin(good), good);
  for (const char* bad : {"", "48392", "4839204839201", "48392x", "000000", "123456", "987654", "-12345"})
    CHECK_MESSAGE(!site::is_good_pin(bad), bad);
}

TEST_CASE("PIN: four failures are free, then waits double up to a quarter of an hour") {
  CHECK(site::wait_after(0) == 0ms);
  CHECK(site::wait_after(4) == 0ms);
  CHECK(site::wait_after(5) == 30s);
  CHECK(site::wait_after(6) == 60s);
  CHECK(site::wait_after(9) == 8min);
  CHECK(site::wait_after(10) == 15min);
  CHECK(site::wait_after(1'000'000) == 15min);
}
