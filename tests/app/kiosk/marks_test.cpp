// SPDX-License-Identifier: Apache-2.0
// The opening hours, and the marks of answers that look like play.
#include "tests/app/kiosk/bench.h"

using namespace halte;
using namespace halte::kiosk::model;
using halte::kiosk::test::Bench;
using namespace std::chrono_literals;

TEST_CASE(
    "visit: outside the opening hours the glass rests, a touch opens the question, its answer is marked") {
  Bench b;
  site::OpeningHours::Week week{};
  week[1] = {{600, 1200}};  // Tuesdays only; the bench stands on a Monday
  b.configuration.branch.opening_hours = site::OpeningHours(week);
  b.wait(closed_wake_time);
  CHECK(b.on<ClosedNow>());
  b.send(Touched{});
  CHECK(b.on<Attract>());
  b.send(Choose{4});
  CHECK(b.session().flags == std::vector<response::Flag>{{"outside_hours", 1}});
}

TEST_CASE("visit: under a clock that is behind its configuration the shop counts as open") {
  Bench b;
  site::OpeningHours::Week week{};
  week[1] = {{600, 1200}};
  b.configuration.branch.opening_hours = site::OpeningHours(week);
  b.configuration.issued = b.clock.now() + 1h;
  b.wait(closed_wake_time);
  CHECK(b.on<Attract>());
  b.send(Choose{4});
  CHECK(b.session().flags.empty());
}

TEST_CASE("visit: four ratings within 20 s are marked as a burst and all of them are kept") {
  Bench b;
  b.configuration.settings.receipts = false;
  for (int i = 0; i < 4; ++i) {
    b.send(Choose{std::size_t(i)});
    b.send(Finish{});
    b.saved();
    b.send(Dismiss{});
    b.wait(3s);
  }
  CHECK(b.count<Close>() == 4);
  CHECK(b.last<Close>()->response.flags == std::vector<response::Flag>{{"burst", 1}});
}

TEST_CASE("visit: changing one's mind is one vote, not two") {
  Bench b;
  for (int i = 0; i < 6; ++i) b.send(Choose{std::size_t(i % 5)});
  CHECK(b.session().flags.empty());
  CHECK(b.state.taps.size() == 1);
}

TEST_CASE("visit: old taps are forgotten") {
  Bench b;
  b.configuration.settings.receipts = false;
  for (int i = 0; i < 3; ++i) {
    b.send(Choose{0});
    b.send(Finish{});
    b.saved();
    b.send(Dismiss{});
    b.wait(1min);
  }
  CHECK(b.state.taps.size() == 1);
}
