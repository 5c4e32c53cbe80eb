// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "app/kiosk/model/views.h"
#include "app/kiosk/shell/setup.h"
#include "app/ui/stage.h"

namespace halte::kiosk::shell {

// One drawing of one screen in one language on one panel.
struct Picture {
  std::string name;  // "rate-portrait-nl-light"
  std::string screen, language, panel, look;
};

// What is done with each picture once it is at rest: the stage holds it.
using OnPicture = std::function<base::Status(const Picture&, ui::Stage&)>;
// Called with the stage of each panel before its first picture, and with nullptr before that stage goes.
using OnStage = std::function<base::Status(ui::Stage*)>;

struct PictureWish {
  std::vector<std::string> languages, looks;  // looks: "light", "contrast", "dark", "large"
  std::string only = {};                      // empty: all; else those whose name contains it
  ui::Effects effects = ui::Effects::full;
};

// Every screen × panel × language × look, without window or GL.
base::Status draw_pictures(const std::shared_ptr<const Setup>& setup, const model::Say& say,
                           const PictureWish& wish, const OnStage& on_stage, const OnPicture& on_picture);

// {"name", "screen", "language", "panel", "look", "elements": [{id, role, label, rect_mm, rect_px, selected,
// enabled}], "texts": [{text, box_mm, rect_mm, size_mm, cut}], "complaints": […]}
base::Json describe(const Picture& picture, const ui::Stage& stage);

// --shots: PNG files and elements.json in `folder`. Needs a display.
base::Status save_shots(const std::filesystem::path& folder, const std::string& only,
                        const std::shared_ptr<const Setup>& setup, const model::Say& say,
                        const base::Clock& clock);
// --describe: the elements alone. Needs no display.
base::Status save_description(const std::filesystem::path& file, const std::shared_ptr<const Setup>& setup,
                              const model::Say& say);

}  // namespace halte::kiosk::shell
