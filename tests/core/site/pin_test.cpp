// SPDX-License-Identifier: Apache-2.0
#include "core/site/pin.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <utility>

using namespace halte;
using namespace std::chrono_literals;

namespace {

// "000000", then what chance brings.
class ZeroFirst final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    if (std::exchange(first_, false))
      std::ranges::fill(out, std::uint8_t{0});
    else
      rest_.fill(out);
  }

 private:
  bool first_ = true;
  base::SeededRandom rest_{1};
};

}  // namespace

TEST_CASE("PIN: 6 to 12 digits that are no plain row") {
  for (const char* good : {"483920", "112233", "129999", "098764", "483920483920"})
    CHECK_MESSAGE(site::is_good_pin(good), good);
  for (const char* bad : {"", "48392", "4839204839201", "48392x", "000000", "123456", "987654", "-12345"})
    CHECK_MESSAGE(!site::is_good_pin(bad), bad);
}

TEST_CASE("PIN: a random one has six digits, also those that begin with 0, and is a good one") {
  base::SeededRandom random{7};
  std::set<std::string> all;
  for (int i = 0; i < 1'000; ++i) all.insert(site::make_pin(random));
  CHECK(all.size() > 990);
  CHECK(std::ranges::all_of(all, [](const auto& pin) { return pin.size() == 6 && site::is_good_pin(pin); }));
  CHECK(all.begin()->front() == '0');
  CHECK(all.rbegin()->front() == '9');
}

TEST_CASE("PIN: where chance brings a plain row, another one is drawn") {
  ZeroFirst random;
  base::SeededRandom rest{1};
  CHECK(site::make_pin(random) == site::make_pin(rest));
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
