// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "app/kiosk/model/views.h"
#include "app/kiosk/shell/setup.h"
#include "app/kiosk/shell/tour.h"
#include "app/ui/stage.h"

namespace halte::kiosk::shell {

// One drawing of one screen in one language, look and size.
struct Picture {
  std::string name;  // "rate-21.5-portrait-nl-light-normal"
  std::string screen, language, theme, panel, orientation, text;
};

// What is done with each picture once it is at rest: the stage holds it.
using OnPicture = std::function<base::Status(const Picture&, ui::Stage&)>;
// Called with the stage of each panel before its first picture, and with nullptr before that stage goes.
using OnStage = std::function<base::Status(ui::Stage*)>;

// The product of all these; by default everything.
struct PictureWish {
  std::vector<std::string> languages{"nl", "en", "de", "fr", "tr", "pl", "ar"};
  std::vector<std::string> themes{"light", "dark", "contrast"};
  std::vector<std::string> panels{"10.1", "15.6", "21.5", "32"};  // names in pictures.cpp
  std::vector<std::string> orientations{"portrait", "landscape"};
  std::vector<std::string> texts{"normal", "large"};
  std::string only = {};  // empty: all; else those whose name contains it
  ui::Effects effects = ui::Effects::full;
  bool reach = false;
};

// Draws them without window or GL. The staff's pages know neither large text nor reach: both are
// for visitors.
base::Status draw_pictures(const std::shared_ptr<const Setup>& setup, const Sentences& say,
                           const PictureWish& wish, const OnStage& on_stage, const OnPicture& on_picture);

// {"screen", "language", "theme", "panel", "class", "orientation", "text", "elements": [{"id", "role",
// "rect_mm", "rect_px", "label", "spoken", "fg", "bg", "focus"}]}: what is read and what can be touched.
// Texts of role "text" carry their font's "size_mm"; "focus" is the place in the order of the keys.
base::Json describe(const Picture& picture, const ui::Stage& stage, const model::Say& say);

// --shots: PNG files of every screen, theme, language and orientation in `folder`. Needs a display.
base::Status save_shots(const std::filesystem::path& folder, const std::string& only,
                        const std::shared_ptr<const Setup>& setup, const Sentences& say,
                        const base::Clock& clock);
// --describe: {"matrix": […]} of everything. Needs no display.
base::Status save_description(const std::filesystem::path& file, const std::string& only,
                              const std::shared_ptr<const Setup>& setup, const Sentences& say);

}  // namespace halte::kiosk::shell
