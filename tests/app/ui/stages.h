// SPDX-License-Identifier: Apache-2.0
#pragma once

// Stages without a window, on every size of glass, for the tests of the widgets.

#include <doctest/doctest.h>

#include <array>

#include "app/ui/stage.h"

namespace halte::ui::test {

inline constexpr Display panels[] = {{1080, 1920, 4.03f}, {1920, 1080, 4.03f}, {1080, 1920, 5.56f},
                                     {1920, 1080, 2.71f}, {1280, 800, 5.88f},  {800, 1280, 5.88f}};

inline Stage make_stage(const Display& display, ThemeOptions look = {}) {
  look.panel = display.panel();
  auto stage = Stage::create({.display = display, .theme = make_theme(look)});
  REQUIRE(stage.has_value());
  return std::move(*stage);
}

template <class Draw>
std::optional<base::Millis> frame(Stage& stage, Draw&& draw, long ms = 0,
                                  const std::vector<Event>& events = {},
                                  Direction direction = Direction::left_to_right) {
  stage.begin(base::Millis{ms}, events, direction);
  draw(stage.frame());
  return stage.end();
}

// Every panel at the usual size of text and at the large one.
template <class Check>
void on_every_panel(Check&& check) {
  for (const Display& display : panels) {
    for (const bool large_text : {false, true}) {
      CAPTURE(display.width_px);
      CAPTURE(display.px_per_mm);
      CAPTURE(large_text);
      Stage stage = make_stage(display, {.large_text = large_text});
      check(stage, display);
    }
  }
}

inline void check_layout(const Stage& stage) {
  const auto found = complaints(stage.registry(), stage.display());
  CHECK_MESSAGE(found.empty(), (found.empty() ? "" : found.front()));
}

inline constexpr std::array<std::string_view, 5> moods{"Heel slecht", "Slecht", "Gaat wel", "Goed",
                                                       "Heel goed"};

}  // namespace halte::ui::test
