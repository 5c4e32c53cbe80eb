// SPDX-License-Identifier: Apache-2.0
// The least that a window with OpenGL costs on this machine: one cleared picture, then sleep until killed.
// The kiosk's memory and idle time stand beside it. Prints "ready" when the picture is shown.
#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <cstdio>

#include "app/platform/window.h"

int main() {
  halte::base::SystemClock clock;
  auto window = halte::platform::Window::create({}, clock);
  if (!window) {
    fmt::print(stderr, "bench_window: {}\n", to_string(window.error()));
    return 1;
  }
  glClear(GL_COLOR_BUFFER_BIT);
  (*window)->swap();
  fmt::print("ready\n");
  std::fflush(stdout);
  while (!(*window)->should_close()) (*window)->wait_events(halte::base::Millis{1000});
  return 0;
}
