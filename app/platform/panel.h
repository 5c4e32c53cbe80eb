// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "app/platform/backlight.h"
#include "core/base/error.h"

namespace halte::platform {

// The panel behind the glass: how bright it is, and whether it is lit. UI thread, while a Window lives, whose
// connection to X it speaks on. Remembers nothing: what X and the kernel say is what holds, and what X
// refuses is an error and never the end of the program.
class Panel {
 public:
  static constexpr int darkest = 20, brightest = 100;  // per cent

  explicit Panel(std::filesystem::path lights = backlights) : lights_(std::move(lights)) {}

  // Per cent, outside the range its nearest end. By the backlight where one may be written, else by the
  // graphics card's ramps, which make a picture darker and save no power. Neither is there: kind lacking.
  base::Status set_brightness(int percent);
  // By what set_brightness would do it now: "backlight intel_backlight", "colour ramps of X", or "".
  std::string brightness_source() const;

  // X itself wakes it when somebody touches anything. An X without DPMS: kind lacking.
  base::Status sleep();
  // Lit, and no timer of X's that puts it out again. Nothing happens where X has no DPMS.
  void wake();
  // As X says at this moment; false where it has no DPMS.
  bool is_asleep() const;

 private:
  std::filesystem::path lights_;
};

}  // namespace halte::platform
