// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/pictures.h"

#include <algorithm>
#include <array>

#include "app/kiosk/screens/screens.h"
#include "app/kiosk/shell/look.h"
#include "app/kiosk/shell/tour.h"
#include "app/platform/renderer.h"
#include "core/base/file.h"

namespace halte::kiosk::shell {
namespace {

struct Panel {
  const char* name;
  ui::Display display;
};
// 21.5" upright and across, and a 10.1" tablet across: the largest and the tightest glass.
constexpr std::array<Panel, 3> panels{
    {{"portrait", {1080, 1920, 4.03f}}, {"landscape", {1920, 1080, 4.03f}}, {"small", {1280, 800, 5.88f}}}};

ui::ThemeOptions theme_of(const std::string& look, const ui::Display& display, ui::Effects effects) {
  ui::ThemeOptions theme{.panel = display.panel(), .brand = {}, .effects = effects};
  if (look == "contrast") theme.scheme = ui::Scheme::high_contrast;
  if (look == "dark") theme.scheme = ui::Scheme::dark;
  if (look == "large") theme.user_scale = large_text_scale(display.panel());
  return theme;
}

// Frames until the springs are at rest.
void draw_at_rest(ui::Stage& stage, const model::View& view) {
  base::Millis now{0};
  stage.screen_changed(now);
  for (int i = 0; i < 40; ++i, now += base::Millis{50}) {
    stage.begin(now, {}, direction_of_language(view.language));
    screens::draw(stage.frame(), view);
    stage.end();
  }
}

base::Json rect(const ui::Rect& r) { return {r.x, r.y, r.w, r.h}; }

}  // namespace

base::Status draw_pictures(const std::shared_ptr<const Setup>& setup, const model::Say& say,
                           const PictureWish& wish, const OnStage& on_stage, const OnPicture& on_picture) {
  base::Status status;
  for (const Panel& panel : panels) {
    auto stage = ui::Stage::create({.display = panel.display, .theme = {}, .fonts = {}, .input = {}});
    if (!stage) return std::unexpected(stage.error());
    if (status = on_stage(&*stage); !status) return status;
    for (const std::string& look : wish.looks) {
      stage->set_theme(ui::make_theme(theme_of(look, panel.display, wish.effects)));
      for (const std::string& language : wish.languages)
        walk_screens(setup, language, say, [&](const std::string& screen, const Kiosk& kiosk) {
          if (!status) return;
          std::string name = screen + "-" + panel.name + "-" + language + "-" + look;
          std::ranges::replace(name, '/', '-');
          if (name.find(wish.only) == name.npos) return;
          draw_at_rest(*stage, kiosk.view());
          status = on_picture({name, screen, language, panel.name, look}, *stage);
        });
    }
    if (auto left = on_stage(nullptr); status && !left) status = left;
  }
  return status;
}

base::Json describe(const Picture& picture, const ui::Stage& stage) {
  base::Json elements = base::Json::array(), texts = base::Json::array();
  for (const ui::Element& e : stage.registry().elements)
    elements.push_back({{"id", e.id},
                        {"role", ui::to_string(e.role)},
                        {"label", e.label},
                        {"rect_mm", rect(e.rect_mm)},
                        {"rect_px", rect(e.rect_px)},
                        {"selected", e.selected},
                        {"enabled", e.enabled}});
  for (const ui::TextElement& t : stage.registry().texts)
    texts.push_back({{"text", t.text},
                     {"box_mm", rect(t.box_mm)},
                     {"rect_mm", rect(t.rect_mm)},
                     {"size_mm", t.size},
                     {"cut", t.cut}});
  return {{"name", picture.name},         {"screen", picture.screen},
          {"language", picture.language}, {"panel", picture.panel},
          {"look", picture.look},         {"elements", std::move(elements)},
          {"texts", std::move(texts)},    {"complaints", ui::complaints(stage.registry(), stage.display())}};
}

base::Status save_shots(const std::filesystem::path& folder, const std::string& only,
                        const std::shared_ptr<const Setup>& setup, const model::Say& say,
                        const base::Clock& clock) {
  std::error_code trouble;
  std::filesystem::create_directories(folder, trouble);
  if (trouble) return base::fail(folder.string(), trouble.message(), "making the folder for pictures");
  auto window = platform::Window::create({.width = 320, .height = 320}, clock);
  if (!window) return std::unexpected(window.error());
  base::Json all = base::Json::array();
  std::unique_ptr<platform::Renderer> renderer;
  auto status = draw_pictures(
      setup, say, {.languages = {"nl", "en", "de", "fr"}, .looks = {"light", "contrast"}, .only = only},
      [&](ui::Stage* stage) -> base::Status {
        renderer.reset();
        if (!stage) return {};
        auto made = platform::Renderer::create(**window, *stage);
        if (!made) return std::unexpected(made.error());
        renderer = std::move(*made);
        return {};
      },
      [&](const Picture& picture, ui::Stage& stage) -> base::Status {
        all.push_back(describe(picture, stage));
        if (auto shown = renderer->present(); !shown) return shown;
        return renderer->save_png((folder / (picture.name + ".png")).string());
      });
  if (!status) return status;
  return base::write_file(folder / "elements.json", base::to_text(all));
}

base::Status save_description(const std::filesystem::path& file, const std::shared_ptr<const Setup>& setup,
                              const model::Say& say) {
  base::Json all = base::Json::array();
  auto status = draw_pictures(
      setup, say, {.languages = {"nl", "en", "de", "fr"}, .looks = {"light", "contrast", "large"}},
      [](ui::Stage*) -> base::Status { return {}; },
      [&](const Picture& picture, ui::Stage& stage) -> base::Status {
        all.push_back(describe(picture, stage));
        return {};
      });
  if (!status) return status;
  return base::write_file(file, base::to_text(all));
}

}  // namespace halte::kiosk::shell
