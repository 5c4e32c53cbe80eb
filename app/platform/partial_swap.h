// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace halte::platform {

// Copies a part of the back buffer to the window and leaves the rest of both as it is, where a swap copies
// the whole picture: GLX_MESA_copy_sub_buffer. A translation unit of its own keeps Xlib's macros out.
class PartialSwap {
 public:
  // For the context that is current; unusable where the system lacks the extension.
  static PartialSwap load();
  bool usable() const { return copy_ != nullptr; }
  // Pixels, origin bottom left as OpenGL counts.
  void show(int x, int y, int width, int height) const;

 private:
  using Function = void (*)();
  Function copy_ = nullptr, display_ = nullptr, drawable_ = nullptr;
};

}  // namespace halte::platform
