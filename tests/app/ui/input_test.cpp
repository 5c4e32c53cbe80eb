// SPDX-License-Identifier: Apache-2.0
#include "app/ui/input.h"

#include <doctest/doctest.h>

using namespace halte;
using namespace halte::ui;
using base::Millis;

namespace {

constexpr Rect button{10, 10, 40, 20};
constexpr Rect other{60, 10, 40, 20};

Touch down(Point at, long ms) { return {Touch::Phase::down, at, Millis{ms}}; }
Touch move(Point at, long ms) { return {Touch::Phase::move, at, Millis{ms}}; }
Touch up(Point at, long ms) { return {Touch::Phase::up, at, Millis{ms}}; }

// One frame: what came in is resolved, then the screen registers its targets again.
void frame(Input& input, const std::vector<Event>& events, long ms) {
  input.begin_frame(events, Millis{ms});
  input.add_target("button", button);
  input.add_target("other", other);
}

Input on_screen() {
  Input input;
  frame(input, {}, 0);
  return input;
}

}  // namespace

TEST_CASE("tap: down and up of 0 ms between two frames is a tap") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 5), up({20, 20}, 5)}, 16);
  CHECK(input.tapped("button"));
  CHECK_FALSE(input.tapped("other"));
  frame(input, {}, 32);
  CHECK_FALSE(input.tapped("button"));
}

TEST_CASE("tap: down in one frame and up in a later one is a tap at the lift") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 5)}, 16);
  CHECK(input.pressed("button"));
  CHECK_FALSE(input.tapped("button"));
  frame(input, {up({21, 20}, 90)}, 96);
  CHECK(input.tapped("button"));
  CHECK_FALSE(input.pressed("button"));
}

TEST_CASE("tap: a finger that slips 7 mm off the target still taps, one that slips 9 mm does not") {
  Input near = on_screen();
  frame(near, {down({12, 20}, 5), up({5, 20}, 50)}, 60);
  CHECK(near.tapped("button"));
  Input far = on_screen();
  frame(far, {down({12, 20}, 5), up({3, 20}, 50)}, 60);
  CHECK_FALSE(far.tapped("button"));
  CHECK(far.lifts().size() == 1);
  CHECK(far.lifts()[0].slipped);
}

TEST_CASE("tap: a slide from one target to another taps neither") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 5), move({50, 20}, 20), up({70, 20}, 50)}, 60);
  CHECK_FALSE(input.tapped("button"));
  CHECK_FALSE(input.tapped("other"));
}

TEST_CASE("tap: press feedback ends when the finger has slipped away") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 5), move({70, 20}, 20)}, 30);
  CHECK_FALSE(input.pressed("button"));
  CHECK_FALSE(input.pressed("other"));
}

TEST_CASE("tap: two quick taps in one slow frame both count, in order") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 1), up({20, 20}, 2), down({70, 20}, 3), up({70, 20}, 4)}, 40);
  REQUIRE(input.lifts().size() == 2);
  CHECK(input.lifts()[0].id == "button");
  CHECK(input.lifts()[1].id == "other");
}

TEST_CASE("guard: a tap that begins within 350 ms of a screen change does not count, one at 350 ms does") {
  Input input = on_screen();
  input.screen_changed(Millis{1000});
  frame(input, {}, 1000);
  frame(input, {down({20, 20}, 1349), up({20, 20}, 1360)}, 1365);
  CHECK_FALSE(input.tapped("button"));
  frame(input, {down({20, 20}, 1370), up({20, 20}, 1380)}, 1390);
  CHECK(input.tapped("button"));
}

TEST_CASE("guard: a finger that was down when the screen changed does not tap on the new one") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 5)}, 16);
  input.screen_changed(Millis{20});
  frame(input, {}, 20);
  frame(input, {up({20, 20}, 900)}, 910);
  CHECK_FALSE(input.tapped("button"));
}

TEST_CASE("guard: what was on the glass before the change cannot be hit") {
  Input input = on_screen();
  input.screen_changed(Millis{1000});
  input.begin_frame({down({20, 20}, 1400), up({20, 20}, 1401)}, Millis{1410});  // nothing drawn since
  CHECK(input.lifts().empty());
}

TEST_CASE("watchdog: a press longer than 10 s is stuck, is no tap, and ends with the lift") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 0)}, 10);
  frame(input, {}, 10'000);
  CHECK_FALSE(input.stuck());
  frame(input, {}, 10'001);
  CHECK(input.stuck());
  CHECK_FALSE(input.pressed("button"));
  frame(input, {up({20, 20}, 11'000)}, 11'010);
  CHECK_FALSE(input.tapped("button"));
  CHECK_FALSE(input.stuck());
}

TEST_CASE("watchdog: a finger that comes while something rests on the glass is answered, should it be seen") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 0)}, 10'001);
  REQUIRE(input.stuck());
  frame(input, {down({70, 20}, 11'000), up({70, 20}, 11'050)}, 11'060);
  CHECK(input.tapped("other"));
  CHECK_FALSE(input.stuck());
  frame(input, {up({20, 20}, 12'000)}, 12'010);
  CHECK(input.lifts().empty());
}

TEST_CASE("watchdog: the frame at which a press becomes long, then stuck, is asked for") {
  Input input = on_screen();
  CHECK_FALSE(input.next_deadline().has_value());
  frame(input, {down({20, 20}, 100)}, 110);
  CHECK(input.next_deadline() == Millis{550});
  frame(input, {}, 550);
  CHECK(input.next_deadline() == Millis{10'101});
}

TEST_CASE("long press: true from 450 ms on, and once dealt with the lift is no tap") {
  Input input = on_screen();
  frame(input, {down({20, 20}, 0)}, 10);
  frame(input, {}, 449);
  CHECK_FALSE(input.long_pressed("button"));
  frame(input, {}, 450);
  CHECK(input.long_pressed("button"));
  input.consume_press();
  frame(input, {up({20, 20}, 600)}, 610);
  CHECK_FALSE(input.tapped("button"));
}

TEST_CASE("target: the last one drawn is on top") {
  Input input;
  input.begin_frame({}, Millis{0});
  input.add_target("below", {0, 0, 100, 100});
  input.add_target("above", {20, 20, 10, 10});
  input.begin_frame({down({25, 25}, 1), up({25, 25}, 2)}, Millis{3});
  CHECK(input.tapped("above"));
  CHECK_FALSE(input.tapped("below"));
}

TEST_CASE("tap: a second strike on the same target within 350 ms is not meant, except on a keyboard") {
  for (const bool repeats : {false, true}) {
    Input input;
    std::size_t taps = 0;
    for (long at : {1'000, 1'200, 1'400, 2'000}) {
      input.begin_frame({down({5, 5}, at), up({5, 5}, at + 20)}, Millis{at + 30});
      input.add_target("target", {0, 0, 20, 20}, repeats);
      taps += input.lifts().size();
    }
    CHECK(taps == (repeats ? 3 : 2));  // the first came before anything was on the glass
  }
}
