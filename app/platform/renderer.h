// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>

#include "app/platform/picture.h"
#include "app/platform/window.h"
#include "app/ui/stage.h"

namespace halte::platform {

// Puts what a Stage has painted on the window. The picture is kept, in the back buffer where parts of it can
// be shown and else in a texture of its own, and only where the frame differs from it is anything drawn or
// shown. Same thread as the window; must die before it and before the stage.
class Renderer {
 public:
  static base::Result<std::unique_ptr<Renderer>> create(Window& window, ui::Stage& stage);
  ~Renderer();
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  // Gives the stage's Paint these instead of those before. An empty one is none, and keeps its place.
  void set_images(const Image& logo, std::span<const Image> photos);

  // After stage.end(): draws into the kept picture and shows what changed. An error: nothing will be shown
  // any more, and the program has to be started anew.
  base::Status present();
  // Waits until display and graphics have done what they were given: as long as either hangs, so does this.
  // An error: what is drawn reaches nobody any more.
  base::Status check() const;
  // The least time between two frames of a movement: 60 frames a second, 20 in software. The swap interval
  // does not hold software rendering; what a finger does is never held back.
  base::Millis frame_time() const;
  // The picture as it is, RGB, for tests and the manual.
  base::Status save_png(const std::string& path);

 private:
  struct Impl;
  explicit Renderer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace halte::platform
