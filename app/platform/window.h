// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/partial_swap.h"
#include "app/ui/input.h"
#include "app/ui/units.h"
#include "core/base/error.h"
#include "core/base/time.h"

struct GLFWwindow;

namespace halte::platform {

// By the name that OpenGL gives.
bool is_software_renderer(const std::string& renderer_name);

struct WindowOptions {
  std::string title = "Halte";
  int width = 1080, height = 1920;  // pixels; ignored when full screen
  bool full_screen = false;
  bool decorated = false;
  bool show_cursor = false;
  std::optional<double> diagonal_inches = {};  // overrides what the panel says about itself: many lie
  // When the display goes while the window lives. Any thread; has to end the process: what speaks to the
  // display afterwards hangs. Without it the process ends all the same, with status 1.
  std::function<void()> on_display_lost = {};
};

// A window with an OpenGL context, its events in a queue. All calls from the thread that created it, except
// wake(). One at a time in a process (GLFW's rule).
class Window {
 public:
  // No display, or no OpenGL 3.0: kind lacking, and the cause says what to do.
  static base::Result<std::unique_ptr<Window>> create(const WindowOptions& options, const base::Clock& clock);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Sleeps until an event, wake(), or the timeout; zero only polls.
  void wait_events(base::Millis timeout);
  // Touches and keys since the last call, with the positions and times of their callbacks.
  std::vector<ui::Event> take_events();
  // The system wants the content again (uncovered, resized): draw everything once. Clears the mark.
  bool take_refresh();
  // From any thread: wait_events returns.
  static void wake();

  bool should_close() const;
  // The back buffer as a whole; what is in it afterwards is undefined.
  void swap();
  // Whether show() works: where software draws into a window of X11, and a swap would copy every pixel.
  bool shows_parts() const { return partial_swap_.usable() && is_software_renderer(); }
  // A part of the back buffer, which keeps what it holds.
  void show(const ui::PixelRect& part);
  // Asks the display something and waits for its answer: as long as it hangs, so does this.
  void ask() const;
  const ui::Display& display() const { return display_; }
  // The glass turned out to be as large as this; nullopt: as large as the panel says.
  void set_diagonal(std::optional<double> inches);
  // "llvmpipe (LLVM 15.0.6, 256 bits)"
  const std::string& renderer_name() const { return renderer_name_; }
  bool is_software_renderer() const { return platform::is_software_renderer(renderer_name_); }
  // For the shader's first line: 330 core or 130.
  const char* glsl_version() const { return glsl_version_; }

 private:
  Window(GLFWwindow* window, const WindowOptions& options, const base::Clock& clock, const char* glsl);
  void install_callbacks();
  void measure();
  ui::Point to_mm(double x, double y) const;

  GLFWwindow* window_;
  const base::Clock& clock_;
  std::optional<double> diagonal_inches_;
  std::function<void()> on_display_lost_;
  const char* glsl_version_;
  std::string renderer_name_;
  PartialSwap partial_swap_;
  ui::Display display_;
  std::vector<ui::Event> events_;
  ui::Point pointer_;
  bool down_ = false;
  bool refresh_ = true;
};

}  // namespace halte::platform
