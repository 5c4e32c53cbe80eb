// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace halte::platform {

// What is asked of X beside what GLFW asks. A translation unit of its own keeps Xlib's macros out. UI thread,
// while a Window lives.

// `lost` is called, from whatever thread noticed it, when the connection has broken; it has to end the
// process: what speaks to X afterwards hangs. Without it Xlib ends the process by itself. Outlives the
// window.
void on_display_lost(const std::function<void()>& lost);

// One question and its answer: as long as X hangs, so does this.
void ask_display();

}  // namespace halte::platform
