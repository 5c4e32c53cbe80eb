// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "app/ui/focus.h"
#include "app/ui/frame.h"

namespace halte::ui {

struct StageOptions {
  Display display;
  Theme theme;
  FontPaths fonts;
  InputRules input;
};

// What stays from frame to frame: paint, text, touch, springs, the registry. Works with no window, so every
// screen can be tested by drawing it on a Stage and tapping by name. UI thread only.
//
//   stage.begin(now, events, direction);
//   auto intent = draw_rating(stage.frame(), view);
//   std::optional<base::Millis> due = stage.end();
class Stage {
 public:
  static base::Result<Stage> create(const StageOptions& options);

  void begin(base::Millis now, const std::vector<Event>& events, Direction direction);
  Frame& frame() { return *frame_; }
  // When the next frame is due if no event comes, never before the one that ends; nullopt: never.
  std::optional<base::Millis> end();

  // Guard time, springs and the entering tween start again. Call when another screen is shown.
  void screen_changed(base::Millis now);
  // The session is over: what was typed leaves the caches, and the keys stand on nothing.
  void wipe() {
    text_.forget_visitor();
    focus_.clear();
  }

  // What the keys stand on; empty: nothing.
  const std::string& focused() const { return focus_.id(); }

  void set_theme(const Theme& theme) { theme_ = theme; }
  void set_display(const Display& display);
  const Theme& theme() const { return theme_; }
  const Display& display() const { return display_; }
  const Registry& registry() const { return registry_; }
  const Input& input() const { return input_; }
  Paint& paint() { return paint_; }
  Text& text() { return text_; }

 private:
  Stage(const StageOptions& options, Paint paint, Text text);
  Display display_;
  Theme theme_;
  Paint paint_;
  Text text_;
  Input input_;
  Focus focus_;
  Animator animator_;
  Registry registry_;
  std::optional<base::Millis> wake_;
  unsigned atlas_ = 0;  // the generation that the picture was drawn with
  std::optional<Frame> frame_;
  base::Millis last_{-1};
  base::Millis screen_since_{0};
};

// A tap in the middle of the element of that id, as two events; empty if it is not on the glass.
std::vector<Event> tap_on(const Registry& registry, std::string_view id, base::Millis at);

}  // namespace halte::ui
