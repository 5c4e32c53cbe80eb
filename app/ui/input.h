// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/ui/id.h"
#include "app/ui/units.h"
#include "core/base/time.h"

namespace halte::ui {

struct Touch {
  enum class Phase { down, move, up } phase;
  Point at;           // of the event itself, not of the pointer now
  base::Millis time;  // steady clock
};
// A key of a keypad: four directions and OK, and what the voice does.
struct Key {
  enum class Code { up, down, left, right, ok, repeat, louder, softer, faster, slower } code;
};
using Event = std::variant<Touch, Key>;

// The end of a press. `slipped`: the finger had left the target by more than the slop, so it is no tap.
struct Lift {
  std::string id;      // to_string(Id)
  std::uint64_t hash;  // Id::hash
  Point at;
  base::Millis held;  // between down and up
  bool slipped;
};

struct InputRules {
  Mm slop = 8;              // the finger may slip so far between down and up
  base::Millis guard{350};  // taps that begin sooner after a screen change do not count
  base::Millis long_press{450};
  base::Millis stuck_after{10'000};  // a press that lasts longer is a bag or a drop of water
  base::Millis double_strike{350};   // a second tap on the same target sooner than this was not meant
};

// Turns touches into taps on targets. A touch is resolved against the targets of the frame that was on the
// glass when it came, the topmost (last registered) first: what the visitor saw is what was hit, and a tap
// of 0 ms between two frames counts. A tap begins on a target and ends on it or within the slop of where it
// began. A pointer that rests after the finger is gone means nothing: there is no hover.
class Input {
 public:
  explicit Input(InputRules rules = {}) : rules_(rules) {}

  // Resolves the events against the last frame's targets, then forgets those targets.
  // `struck`: the target that a key has tapped, if any; counts like a finger.
  void begin_frame(const std::vector<Event>& events, base::Millis now, const std::string& struck = {});
  // Called by Frame::target, in drawing order. `repeats`: quick taps in a row are all meant, as on a
  // keyboard.
  void add_target(Id id, const Rect& hit, bool repeats = false);
  // Nothing that was on the glass before can be hit any more, and the guard time starts.
  void screen_changed(base::Millis now);

  bool tapped(Id id) const;
  const std::vector<Lift>& lifts() const { return lifts_; }  // in order; several if frames are slow

  bool pressed(Id id) const;  // the finger is down on it now
  std::optional<base::Millis> press_age(
      Id id) const;                          // how long the finger has been down on it, slipped or not
  bool long_pressed(Id id) const;            // true in every frame after rules.long_press
  std::optional<Point> touch_point() const;  // where the finger is, while it is down
  // The next lift is not a tap: a long press has been dealt with.
  void consume_press();

  // When a frame is needed although nothing else happens: the running press becomes long or stuck.
  std::optional<base::Millis> next_deadline() const;
  bool stuck() const { return stuck_; }  // a press has lasted longer than stuck_after: clean the glass

 private:
  struct Target {
    std::uint64_t hash;
    std::string name;
    Rect hit;
    bool repeats;
  };
  struct Press {
    std::uint64_t hash = 0;  // 0: on nothing
    std::string name = {};
    Rect hit = {};
    bool repeats = false;
    Point from, at;
    base::Millis since{0};
    bool counts = true;
  };
  bool has_slipped(const Press& press, Point at) const;
  void on_down(const Touch& touch);
  void on_move(const Touch& touch);
  void on_up(const Touch& touch);
  void strike(const std::string& name);
  void add_lift(const Lift& lift, base::Millis at, bool repeats);

  InputRules rules_;
  std::vector<Target> targets_;
  std::vector<Lift> lifts_;
  std::optional<Press> press_;
  base::Millis now_{0};
  base::Millis guard_until_{-1};
  std::uint64_t last_hash_ = 0;  // of the last lift, and when it came
  base::Millis last_lift_{0};
  bool stuck_ = false;
};

}  // namespace halte::ui
