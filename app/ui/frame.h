// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "app/ui/anim.h"
#include "app/ui/input.h"
#include "app/ui/layout.h"
#include "app/ui/paint.h"
#include "app/ui/registry.h"
#include "app/ui/text.h"
#include "app/ui/theme.h"

namespace halte::ui {

struct Target {
  Id id;
  Rect rect;      // what is seen
  Rect hit = {};  // what answers; empty: the same. Never smaller than rect
  Role role = Role::button;
  std::string_view label = {};
  bool selected = false;
  bool enabled = true;     // false: registered, but never tapped
  std::size_t length = 0;  // code points in a field
  bool repeats = false;    // quick taps in a row are all meant
};

enum class Align { start, centre, end };
enum class VAlign { top, middle, bottom };

struct Label {
  std::string_view text;
  TextStyle style;
  Color color;
  Color background;            // what it stands on: for the contrast check
  Align align = Align::start;  // start is the right side where the paragraph's frame reads from the right
  VAlign valign = VAlign::middle;
  int max_lines = 1;
  Mm least = 0;           // > 0: the size may go down to this
  bool balanced = false;  // lines of about equal length
  Whose whose = Whose::program;
};

// One drawing of the glass: what a screen gets, and all that it gets. It has no clock and no state of its
// own: time comes in, wishes (redraw, wake) go out. Lives for one frame, on the UI thread.
class Frame {
 public:
  Paint& paint;
  Text& text;
  const Theme& theme;
  const Display& display;
  Input& input;
  Animator& animator;
  const base::Millis now;     // steady
  const float dt;             // seconds since the frame before, at most 0.05
  const Direction direction;  // of the language on the glass

  // Registers something that can be touched; true if it was tapped since the last frame.
  bool target(const Target& target);
  bool target(Id id, const Rect& rect) { return this->target(Target{.id = id, .rect = rect}); }
  // The colours of what the target registered last shows, where that is no label.
  void colors(Color foreground, Color background);
  // 1, or down to 0.94 while the finger is on it: the first frame of a press already shows it.
  float press_scale(Id id);
  // Until the scope ends, what is drawn is scaled by it (and `factor`) about the middle of `rect`.
  [[nodiscard]] Paint::Scope press(Id id, const Rect& rect, float factor = 1);

  // Sets text in a box and registers it for the layout tests. Returns the room the text takes.
  Rect label(const Rect& box, const Label& label);
  // Whether a label of this width shows all its words whole.
  bool fits(Mm width, const Label& label);
  // How high a label of this width would be.
  Mm label_height(Mm width, const Label& label);

  // Asks for the next frame while it moves.
  float spring(Id id, float target, SpringSpec spec = {}) { return spring(id.hash(), target, spec); }

  // 0 … 1, eased, since the screen changed, `delay` later: screens fade and move in by it.
  float entering(base::Millis delay = base::Millis{0});

  // Ask for the next frame at once, or no later than `at`.
  void animate() { wake_at(now); }
  void wake_at(base::Millis at) { wake_ = std::min(wake_.value_or(at), std::max(at, now)); }

  bool is_rtl() const { return direction == Direction::right_to_left; }
  const Registry& registry() const { return registry_; }

 private:
  friend class Stage;
  struct Parts {
    Paint& paint;
    Text& text;
    const Theme& theme;
    const Display& display;
    Input& input;
    Animator& animator;
    Registry& registry;
    std::optional<base::Millis>& wake;
    base::Millis now;
    float dt;
    Direction direction;
    base::Millis screen_since;
  };

 public:
  explicit Frame(const Parts& parts);  // Stage makes it

 private:
  float spring(std::uint64_t key, float target, SpringSpec spec);

  Registry& registry_;
  std::optional<base::Millis>& wake_;
  base::Millis screen_since_;
};

}  // namespace halte::ui
