// SPDX-License-Identifier: Apache-2.0
#include "app/platform/partial_swap.h"

#include <GL/glx.h>
#include <GLFW/glfw3.h>

namespace halte::platform {
namespace {

using Copy = void (*)(Display*, GLXDrawable, int, int, int, int);
using CurrentDisplay = Display* (*)();
using CurrentDrawable = GLXDrawable (*)();

}  // namespace

PartialSwap PartialSwap::load() {
  PartialSwap found;
  if (glfwExtensionSupported("GLX_MESA_copy_sub_buffer") == GLFW_FALSE) return found;
  found.display_ = glfwGetProcAddress("glXGetCurrentDisplay");
  found.drawable_ = glfwGetProcAddress("glXGetCurrentDrawable");
  if (found.display_ != nullptr && found.drawable_ != nullptr)
    found.copy_ = glfwGetProcAddress("glXCopySubBufferMESA");
  return found;
}

void PartialSwap::show(int x, int y, int width, int height) const {
  reinterpret_cast<Copy>(copy_)(reinterpret_cast<CurrentDisplay>(display_)(),
                                reinterpret_cast<CurrentDrawable>(drawable_)(), x, y, width, height);
}

}  // namespace halte::platform
