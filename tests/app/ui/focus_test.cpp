// SPDX-License-Identifier: Apache-2.0
#include "app/ui/focus.h"

#include <doctest/doctest.h>

#include <array>

#include "app/ui/stage.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

using namespace halte;
using namespace halte::ui;
using base::Millis;
using Code = Key::Code;

namespace {

// Two rows of two, and one that cannot be tapped.
struct Keypad {
  Stage stage = *Stage::create({.display = {}, .theme = make_theme({})});
  Direction direction = Direction::left_to_right;
  bool with_dialogue = false;
  std::vector<std::string> tapped;
  long ms = 1'000;

  Keypad() { look(); }
  std::string look(const std::vector<Event>& events = {}) {
    stage.begin(Millis{ms += 400}, events, direction);
    Frame& frame = stage.frame();
    const std::array<Id, 4> ids{"a", "b", "c", "d"};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Rect box{i % 2 == 0 ? 20.f : 100.f, i < 2 ? 40.f : 90.f, 60, 20};
      if (frame.target(ids[i], box)) tapped.push_back(to_string(ids[i]));
    }
    frame.target({.id = "off", .rect = {20, 140, 60, 20}, .enabled = false});
    if (with_dialogue) {
      scrim(frame);
      if (frame.target("yes", {20, 200, 60, 20})) tapped.push_back("yes");
    }
    stage.end();
    return stage.focused();
  }
  std::string press(Code code) { return look({Key{code}}); }
};

}  // namespace

TEST_CASE("focus: right and left go on and back and round, in the order of drawing") {
  Keypad keypad;
  CHECK(keypad.look().empty());
  for (const char* id : {"a", "b", "c", "d", "a"}) CHECK(keypad.press(Code::right) == id);
  CHECK(keypad.press(Code::left) == "d");
}

TEST_CASE("focus: in a language that reads from the right, left goes on") {
  Keypad keypad;
  keypad.direction = Direction::right_to_left;
  CHECK(keypad.press(Code::left) == "a");
  CHECK(keypad.press(Code::left) == "b");
  CHECK(keypad.press(Code::right) == "a");
}

TEST_CASE("focus: down and up go to the nearest in the next row, and stay at the last") {
  Keypad keypad;
  keypad.look({Key{Code::right}, Key{Code::right}});
  CHECK(keypad.press(Code::down) == "d");
  CHECK(keypad.press(Code::down) == "d");
  CHECK(keypad.press(Code::up) == "b");
}

TEST_CASE("focus: OK taps once what has the focus, and nothing where nothing has it") {
  Keypad keypad;
  keypad.press(Code::ok);
  CHECK(keypad.tapped.empty());
  keypad.press(Code::right);
  keypad.press(Code::ok);
  keypad.look();
  CHECK(keypad.tapped == std::vector<std::string>{"a"});
}

TEST_CASE("focus: a touch and another screen take it away") {
  Keypad keypad;
  keypad.press(Code::right);
  CHECK(keypad.look({Touch{Touch::Phase::down, {5, 5}, Millis{keypad.ms}}}).empty());
  keypad.press(Code::right);
  keypad.stage.screen_changed(Millis{keypad.ms});
  CHECK(keypad.look().empty());
}

TEST_CASE("focus: the next visitor does not find it where the last one left it") {
  Keypad keypad;
  keypad.press(Code::right);
  keypad.stage.wipe();
  keypad.press(Code::ok);
  CHECK(keypad.tapped.empty());
}

TEST_CASE("focus: under a dialogue nothing can be reached") {
  Keypad keypad;
  keypad.with_dialogue = true;
  keypad.look();
  CHECK(keypad.press(Code::right) == "yes");
  CHECK(keypad.press(Code::right) == "yes");
  keypad.press(Code::ok);
  CHECK(keypad.tapped == std::vector<std::string>{"yes"});
}

TEST_CASE("focus: the ring is seen: it changes the picture around its target and nothing else") {
  Keypad keypad;
  keypad.stage.paint().take_changes();
  keypad.press(Code::right);
  const auto changes = keypad.stage.paint().take_changes();
  REQUIRE_FALSE(changes.empty());
  const float k = keypad.stage.display().px_per_mm;
  for (const PixelRect& part : changes) {
    CHECK(float(part.right()) < 90 * k);
    CHECK(float(part.bottom()) < 70 * k);
  }
}
