// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace halte::platform {

// What the system says of the screen that a window would open on, whatever is true.
struct ScreenFacts {
  std::string monitor;                            // as X calls the output: "HDMI-1"
  int x = 0, y = 0, width_px = 0, height_px = 0;  // its part of the desktop
  int desktop_width_px = 0, desktop_height_px = 0;
  int width_mm = 0, height_mm = 0;  // 0: the panel tells nothing
  int turned = 0;                   // degrees, anticlockwise: "left" is 90
  int gl_major = 0, gl_minor = 0;
  std::string renderer;  // "llvmpipe (LLVM 15.0.6, 256 bits)"
  bool is_software = false;
};

// A connection to X for as long as it is held: between two looks of a process that is the only client, many a
// server would begin anew and let nobody in meanwhile. Null: no display.
std::shared_ptr<void> hold_display();

// Opens a window that is never shown, and closes it. As Window::create: one at a time in a process. No
// display, or none of OpenGL: kind lacking.
base::Result<ScreenFacts> look_at_screen();

// A touchscreen as X knows it: touched is where it is shown.
struct Touchscreen {
  std::string name;
  bool enabled = true;
  // "Coordinate Transformation Matrix", row by row: from the glass to the desktop, both 0 … 1 across and
  // down.
  std::array<float, 9> matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
};

// Every one of them. No display, or an X without XInput 2.2: kind lacking.
base::Result<std::vector<Touchscreen>> find_touchscreens();

}  // namespace halte::platform
