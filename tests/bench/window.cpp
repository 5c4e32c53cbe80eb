// SPDX-License-Identifier: Apache-2.0
// The least that a window with OpenGL costs on this machine: one cleared picture, another one for each touch,
// and sleep until killed. The kiosk stands beside it. Prints "ready" when the first picture is shown, and the
// steady microseconds when one that a touch brought is.
#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <string>

#include "app/platform/window.h"

int main() {
  halte::base::SystemClock clock;
  auto window = halte::platform::Window::create({}, clock);
  if (!window) {
    fmt::print(stderr, "bench_window: {}\n", to_string(window.error()));
    return 1;
  }
  const auto show = [&](const auto& words) {
    glClear(GL_COLOR_BUFFER_BIT);
    (*window)->swap();
    fmt::print("{}\n", words());
    std::fflush(stdout);
  };
  show([] { return std::string("ready"); });
  while (!(*window)->should_close()) {
    (*window)->wait_events(halte::base::Millis{1000});
    if (!(*window)->take_events().empty())
      show([] {
        using namespace std::chrono;
        return std::to_string(floor<microseconds>(steady_clock::now()).time_since_epoch().count());
      });
  }
  return 0;
}
