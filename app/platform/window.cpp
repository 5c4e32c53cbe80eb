// SPDX-License-Identifier: Apache-2.0
#include "app/platform/window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <utility>

#include "app/platform/x_server.h"

namespace halte::platform {
namespace {

struct Attempt {
  int major, minor;
  bool core, tells_loss;
  const char* glsl;
};
constexpr Attempt attempts[] = {{3, 3, true, true, "#version 330 core"},
                                {3, 3, true, false, "#version 330 core"},
                                {3, 0, false, false, "#version 130"}};

Window& self(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

GLFWwindow* open_window(const WindowOptions& options, const Attempt& attempt) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, attempt.major);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, attempt.minor);
  glfwWindowHint(GLFW_OPENGL_PROFILE, attempt.core ? GLFW_OPENGL_CORE_PROFILE : GLFW_OPENGL_ANY_PROFILE);
  glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS,
                 attempt.tells_loss ? GLFW_LOSE_CONTEXT_ON_RESET : GLFW_NO_ROBUSTNESS);
  glfwWindowHint(GLFW_SAMPLES, 0);  // Paint smooths its own edges; multisampling only doubles the cost
  // Nothing here has a depth, and in software both would be 8 MB of memory each.
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHint(GLFW_DECORATED, options.decorated ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  GLFWmonitor* monitor = options.full_screen ? glfwGetPrimaryMonitor() : nullptr;
  int width = options.width, height = options.height;
  if (monitor != nullptr) {
    const GLFWvidmode* mode = glfwGetVideoMode(monitor);
    width = mode->width;
    height = mode->height;
  }
  return glfwCreateWindow(width, height, options.title.c_str(), monitor, nullptr);
}

// Arrow keys and Enter, or the numeric keypad of a USB keyboard, whatever its Num Lock says.
std::optional<ui::Key::Code> key_code(int key) {
  using Code = ui::Key::Code;
  switch (key) {
    case GLFW_KEY_UP:
    case GLFW_KEY_KP_8: return Code::up;
    case GLFW_KEY_DOWN:
    case GLFW_KEY_KP_2: return Code::down;
    case GLFW_KEY_LEFT:
    case GLFW_KEY_KP_4: return Code::left;
    case GLFW_KEY_RIGHT:
    case GLFW_KEY_KP_6: return Code::right;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
    case GLFW_KEY_KP_5: return Code::ok;
    case GLFW_KEY_INSERT:
    case GLFW_KEY_KP_0: return Code::repeat;
    case GLFW_KEY_KP_ADD: return Code::louder;
    case GLFW_KEY_KP_SUBTRACT: return Code::softer;
    case GLFW_KEY_KP_MULTIPLY: return Code::faster;
    case GLFW_KEY_KP_DIVIDE: return Code::slower;
    default: return std::nullopt;
  }
}

// A panel that says 0 mm, or a density no panel has, is not believed.
float panel_px_per_mm(int width_px) {
  constexpr float desk_panel = 4.03f;  // 21.5", Full HD
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return desk_panel;
  int width_mm = 0, height_mm = 0;
  glfwGetMonitorPhysicalSize(monitor, &width_mm, &height_mm);
  const GLFWvidmode* mode = glfwGetVideoMode(monitor);
  const int monitor_px = mode != nullptr ? mode->width : width_px;
  if (width_mm <= 0) return desk_panel;
  const float density = static_cast<float>(monitor_px) / static_cast<float>(width_mm);
  return density < 1.5f || density > 25 ? desk_panel : density;
}

}  // namespace

base::Result<std::unique_ptr<Window>> Window::create(const WindowOptions& options, const base::Clock& clock) {
  const auto lacking = [](const char* what, std::string cause) {
    return base::fail(what, std::move(cause), "opening the window", base::ErrorKind::lacking);
  };
#ifdef GLFW_PLATFORM
  glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);  // X11 turns touch into a pointer, Wayland does not
#endif
  if (glfwInit() == GLFW_FALSE) return lacking("display", "no display: set DISPLAY or run under xvfb-run");
  for (const Attempt& attempt : attempts) {
    GLFWwindow* handle = open_window(options, attempt);
    if (handle == nullptr) continue;
    glfwMakeContextCurrent(handle);
    glfwSwapInterval(1);
    return std::unique_ptr<Window>(new Window(handle, options, clock, attempt.glsl));
  }
  glfwTerminate();
  return lacking("graphics",
                 "no OpenGL 3.0 or newer: install libgl1-mesa-dri, or set LIBGL_ALWAYS_SOFTWARE=1");
}

Window::Window(GLFWwindow* window, const WindowOptions& options, const base::Clock& clock, const char* glsl)
    : window_(window),
      clock_(clock),
      diagonal_inches_(options.diagonal_inches),
      on_display_lost_(options.on_display_lost),
      glsl_version_(glsl) {
  if (on_display_lost_) on_display_lost(on_display_lost_);
  if (const auto* name = glGetString(GL_RENDERER)) renderer_name_ = reinterpret_cast<const char*>(name);
  partial_swap_ = PartialSwap::load();
  if (!options.show_cursor) glfwSetInputMode(window_, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
  install_callbacks();
  measure();
}

Window::~Window() {
  glfwDestroyWindow(window_);
  glfwTerminate();
}

// A tap of no length gives press and release inside one poll: only callbacks see both. The position is the
// last callback's; asking for the pointer would give where it is by now.
void Window::install_callbacks() {
  using Phase = ui::Touch::Phase;
  glfwSetWindowUserPointer(window_, this);
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
    Window& window = self(w);
    window.pointer_ = window.to_mm(x, y);
    if (window.down_)
      window.events_.push_back(ui::Touch{Phase::move, window.pointer_, window.clock_.steady()});
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int) {
    if (button != GLFW_MOUSE_BUTTON_LEFT) return;
    Window& window = self(w);
    window.down_ = action == GLFW_PRESS;
    window.events_.push_back(
        ui::Touch{window.down_ ? Phase::down : Phase::up, window.pointer_, window.clock_.steady()});
  });
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int, int action, int mods) {
    // With one of these it is somebody's way out of a program, not a key of a keypad.
    if ((mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0) return;
    const auto code = key_code(key);
    // A key that is held is one press: a bag on the keypad must not keep a visit open.
    if (code && action == GLFW_PRESS) self(w).events_.push_back(ui::Key{*code});
  });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { self(w).refresh_ = true; });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) {
    self(w).measure();
    self(w).refresh_ = true;
  });
}

void Window::wait_events(base::Millis timeout) {
  if (timeout.count() <= 0) return glfwPollEvents();
  glfwWaitEventsTimeout(static_cast<double>(timeout.count()) / 1000.0);
}

std::vector<ui::Event> Window::take_events() { return std::exchange(events_, {}); }
bool Window::take_refresh() { return std::exchange(refresh_, false); }
void Window::wake() { glfwPostEmptyEvent(); }
bool Window::should_close() const { return glfwWindowShouldClose(window_) != GLFW_FALSE; }
void Window::swap() { glfwSwapBuffers(window_); }

void Window::show(const ui::PixelRect& part) {
  partial_swap_.show(part.x, display_.height_px - part.y - part.h, part.w, part.h);
}

void Window::ask() const { ask_display(); }

// Only where the size may have changed: each question to X is a round trip.
void Window::measure() {
  glfwGetFramebufferSize(window_, &display_.width_px, &display_.height_px);
  display_.scale = 1;
  display_.px_per_mm = diagonal_inches_
                           ? ui::px_per_mm(display_.width_px, display_.height_px, *diagonal_inches_)
                           : panel_px_per_mm(display_.width_px);
  display_ = ui::fitted(display_);
}

void Window::set_diagonal(std::optional<double> inches) {
  if (inches == diagonal_inches_) return;
  diagonal_inches_ = inches;
  measure();
}

bool is_software_renderer(const std::string& renderer_name) {
  const auto named = [&](const char* name) { return renderer_name.find(name) != std::string::npos; };
  return named("llvmpipe") || named("softpipe") || named("swrast");
}

ui::Point Window::to_mm(double x, double y) const {
  return {static_cast<float>(x) / display_.px_per_mm, static_cast<float>(y) / display_.px_per_mm};
}

}  // namespace halte::platform
