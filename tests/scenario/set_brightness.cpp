// SPDX-License-Identifier: Apache-2.0
// set_brightness PER_CENT FOLDER: in a window, as the kiosk has it, sets the panel's brightness and prints by
// what. FOLDER stands for /sys/class/backlight. Ends with 4 where there is nothing that could.
#include <fmt/format.h>

#include <cstdlib>

#include "app/platform/panel.h"
#include "app/platform/window.h"

using namespace halte;

int main(int count, char** words) {
  if (count != 3) return int(base::ExitStatus::usage);
  const base::SystemClock clock;
  auto window = platform::Window::create({.width = 64, .height = 64}, clock);
  const auto report = [](const base::Error& error) {
    fmt::print(stderr, "set_brightness: {}\n", base::to_string(error));
    return int(base::exit_status(error.kind));
  };
  if (!window) return report(window.error());
  platform::Panel panel(words[2]);
  if (auto set = panel.set_brightness(std::atoi(words[1])); !set) return report(set.error());
  fmt::print("{}\n", panel.brightness_source());
  return 0;
}
