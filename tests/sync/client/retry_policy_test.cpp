// SPDX-License-Identifier: Apache-2.0
#include "sync/client/retry_policy.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace halte;
using namespace std::chrono_literals;
using base::Millis;
using client::parse_retry_after;
using client::RetryPolicy;

namespace {

struct Spread {
  Millis low{Millis::max()}, high{0}, mean{0};
};

Spread spread_of(int failures) {
  base::SeededRandom random(5);
  RetryPolicy policy;
  Spread spread;
  Millis sum{0};
  for (int i = 0; i < 2000; ++i) {
    Millis delay = policy.delay(failures, std::nullopt, random);
    spread.low = std::min(spread.low, delay);
    spread.high = std::max(spread.high, delay);
    sum += delay;
  }
  spread.mean = sum / 2000;
  return spread;
}

const base::Instant now = *base::parse_rfc3339("1994-11-06T08:49:07Z");

}  // namespace

TEST_CASE("retry: the ceiling is 5 s, doubles with each failure and stops at 15 min") {
  const std::vector<Millis> ceilings{5s, 10s, 20s, 40s, 80s, 160s, 320s, 640s, 900s, 900s};
  for (std::size_t i = 0; i < ceilings.size(); ++i) {
    CAPTURE(i);
    Spread spread = spread_of(int(i) + 1);
    CHECK(spread.high <= ceilings[i]);
    CHECK(spread.high > ceilings[i] * 9 / 10);
    CHECK(spread.low < ceilings[i] / 10);  // full jitter reaches down to nothing
    CHECK(spread.mean > ceilings[i] * 45 / 100);
    CHECK(spread.mean < ceilings[i] * 55 / 100);
  }
}

TEST_CASE("retry: it never gives up, however many failures there were") {
  for (int failures : {100, 1'000'000, 2'000'000'000}) CHECK(spread_of(failures).high <= 15min);
}

TEST_CASE("retry: Retry-After is waited out, and a hostile one for an hour at most") {
  base::SeededRandom random(5);
  RetryPolicy policy;
  CHECK(policy.delay(1, Millis{30s}, random) == Millis{30s});
  CHECK(policy.delay(1, Millis{1h}, random) == Millis{1h});
  CHECK(policy.delay(1, parse_retry_after("1000000000", now), random) == Millis{1h});
  CHECK(policy.delay(1, Millis{0}, random) <= 5s);
}

TEST_CASE("Retry-After: seconds, however many") {
  CHECK(parse_retry_after("0", now) == Millis{0});
  CHECK(parse_retry_after("120", now) == Millis{2min});
  CHECK(parse_retry_after("99999999999999999999999999", now) == Millis{std::chrono::seconds{1'000'000'000}});
}

TEST_CASE("Retry-After: a date, and one that is past means now") {
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == Millis{30s});
  CHECK(parse_retry_after("Sat, 05 Nov 1994 08:49:37 GMT", now) == Millis{0});
}

TEST_CASE("Retry-After: anything else is no answer") {
  for (const char* text : {"", " ", "-1", "1.5", "soon", "0x10", "Sun, 06 Foo 1994 08:49:37 GMT",
                           "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
                           "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"}) {
    CAPTURE(text);
    CHECK(!parse_retry_after(text, now));
  }
}
