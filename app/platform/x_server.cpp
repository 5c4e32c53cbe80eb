// SPDX-License-Identifier: Apache-2.0
#include "app/platform/x_server.h"

#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>
#include <X11/Xlib.h>

namespace halte::platform {

void on_display_lost(const std::function<void()>& lost) {
  XSetIOErrorHandler(
      [](Display*) { return 0; });  // Xlib's own ends the process before it asks whether it may
  XSetIOErrorExitHandler(
      glfwGetX11Display(), [](Display*, void* wish) { (*static_cast<const std::function<void()>*>(wish))(); },
      const_cast<std::function<void()>*>(&lost));
}

void ask_display() { XSync(glfwGetX11Display(), False); }

}  // namespace halte::platform
