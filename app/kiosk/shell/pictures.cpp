// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/pictures.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/kiosk/screens/screens.h"
#include "app/kiosk/shell/look.h"
#include "app/kiosk/shell/manager.h"
#include "app/kiosk/shell/manager_tour.h"
#include "app/kiosk/shell/tour.h"
#include "app/kiosk/voice/sentences.h"
#include "app/manager/print/print.h"
#include "app/manager/screens/screens.h"
#include "app/platform/renderer.h"
#include "core/base/file.h"

namespace halte::kiosk::shell {
namespace {

struct Panel {
  const char* name;  // begins with the inches of its diagonal
  int long_px, short_px;
};
constexpr std::array<Panel, 13> panels{{{"7", 800, 480},
                                        {"10.1", 1280, 800},
                                        {"10.1 wide", 1920, 1080},
                                        {"11.6", 1366, 768},
                                        {"12.1", 1280, 800},
                                        {"13.3", 1920, 1080},
                                        {"15 4:3", 1024, 768},
                                        {"15.6", 1920, 1080},
                                        {"17 5:4", 1280, 1024},
                                        {"21.5", 1920, 1080},
                                        {"24", 1920, 1080},
                                        {"32", 1920, 1080},
                                        {"55", 3840, 2160}}};

constexpr std::array class_names{"small", "medium", "large"};

ui::Display display_of(const std::string& name, const std::string& orientation, bool reach) {
  const Panel& panel = *std::ranges::find(panels, name, &Panel::name);
  ui::Display display{.width_px = panel.long_px, .height_px = panel.short_px};
  if (orientation == "portrait") std::swap(display.width_px, display.height_px);
  display.px_per_mm = ui::px_per_mm(panel.long_px, panel.short_px, std::stod(name));
  display.reach = reach;
  return fitted(display);
}

// Nothing moves: the first frame is the picture.
ui::Theme theme_of(const Picture& picture, const ui::Display& display, ui::Effects effects) {
  ui::ThemeOptions theme{
      .panel = display.panel(), .brand = {}, .motion = ui::Motion::off, .effects = effects};
  if (picture.theme == "contrast") theme.scheme = ui::Scheme::high_contrast;
  if (picture.theme == "dark") theme.scheme = ui::Scheme::dark;
  theme.large_text = picture.text == "large";
  return ui::make_theme(theme);
}

using DrawScreen = std::function<void(ui::Frame&)>;

void draw_at_rest(ui::Stage& stage, const std::string& language, const DrawScreen& draw) {
  stage.screen_changed(base::Millis{0});
  for (const long ms : {0, 2'000}) {
    stage.begin(base::Millis{ms}, {}, direction_of_language(language));
    draw(stage.frame());
    stage.end();
  }
}

// An evening sky, where a shop would have its own picture.
platform::Image sample_photo() {
  constexpr int width = 640, height = 300;
  platform::Image image{width, height, {}};
  const ui::Color high = ui::rgb(0x7FCBC6), low = ui::rgb(0xFADB77), sun = ui::rgb(0xEB8639);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool in_sun = (x - 320) * (x - 320) + (y - 190) * (y - 190) < 60 * 60;
      const ui::Color c = in_sun ? sun : ui::mix(high, low, float(y) / height);
      for (const float channel : {c.r, c.g, c.b, 1.f})
        image.rgba.push_back(static_cast<std::uint8_t>(channel * 255));
    }
  return image;
}

// The first screen as it is where the organisation has pictures.
model::View with_photo(model::View view) {
  std::get<model::RateView>(view.body).photo = 0;
  return view;
}

// Everything that one stage shows.
base::Status draw_on(ui::Stage& stage, const Picture& kind, const std::shared_ptr<const Setup>& setup,
                     const Sentences& say, const PictureWish& wish, const OnPicture& on_picture) {
  base::Status status;
  const auto draw = [&](const std::string& screen, const DrawScreen& draw_screen) {
    if (!status) return;
    Picture picture = kind;
    picture.screen = screen;
    picture.name = screen + "-" + kind.panel + "-" + kind.orientation + "-" + kind.language + "-" +
                   kind.theme + "-" + kind.text;
    std::ranges::replace(picture.name, '/', '-');
    if (picture.name.find(wish.only) == picture.name.npos) return;
    draw_at_rest(stage, kind.language, draw_screen);
    status = on_picture(picture, stage);
  };
  const auto draw_visitors = [&](const std::string& screen, const model::View& view) {
    draw(screen, [&](ui::Frame& frame) { screens::draw(frame, view); });
  };
  walk_screens(setup, kind.language, say.visitors, [&](const std::string& screen, const Kiosk& kiosk) {
    draw_visitors(screen, kiosk.view());
    const bool has_faces = std::holds_alternative<model::RateView>(kiosk.view().body);
    if (screen == "rate" && has_faces) draw_visitors("rate-photo", with_photo(kiosk.view()));
  });
  if (kind.text != "large" && !wish.reach)
    walk_manager(kind.language, say.staff, [&](const std::string& screen, const manager::model::View& view) {
      draw(screen, [&](ui::Frame& frame) { manager::screens::draw(frame, view); });
    });
  return status;
}

base::Json rect(const ui::Rect& r) { return {r.x, r.y, r.w, r.h}; }

base::Json describe(const ui::Element& element, const ui::Registry& glass, const std::string& language,
                    const model::Say& say) {
  const auto order = ui::focus_order(glass);
  const auto place = std::ranges::find(order, &element);
  const auto color = [](const std::optional<ui::Color>& c) {
    return c ? base::Json(ui::to_hex(*c)) : base::Json();
  };
  return {{"id", element.id},
          {"role", ui::to_string(element.role)},
          {"rect_mm", rect(element.rect_mm)},
          {"hit_mm", rect(element.hit_mm)},
          {"rect_px", rect(element.rect_px)},
          {"label", element.label},
          {"spoken", voice::spoken(element, glass, language, say)},
          {"fg", color(element.foreground)},
          {"bg", color(element.background)},
          {"focus", place == order.end() ? -1 : int(place - order.begin())}};
}

base::Json describe(const ui::TextElement& text, float px_per_mm) {
  const ui::Rect& r = text.rect_mm;
  return {{"id", ""},
          {"role", "text"},
          {"rect_mm", rect(r)},
          {"rect_px", rect({r.x * px_per_mm, r.y * px_per_mm, r.w * px_per_mm, r.h * px_per_mm})},
          {"label", text.text},
          {"spoken", text.text},
          {"fg", ui::to_hex(text.foreground)},
          {"bg", ui::to_hex(text.background)},
          {"focus", -1},
          {"size_mm", text.size},
          {"cut", text.cut}};
}

}  // namespace

base::Status draw_pictures(const std::shared_ptr<const Setup>& setup, const Sentences& say,
                           const PictureWish& wish, const OnStage& on_stage, const OnPicture& on_picture) {
  for (const std::string& panel : wish.panels)
    for (const std::string& orientation : wish.orientations) {
      const ui::Display display = display_of(panel, orientation, wish.reach);
      auto stage = ui::Stage::create({.display = display, .theme = {}, .fonts = {}, .input = {}});
      if (!stage) return std::unexpected(stage.error());
      stage->paint().set_textures({.photos = {{.texture = 3, .width = 640, .height = 300}}});
      base::Status status = on_stage(&*stage);
      for (const std::string& theme : wish.themes)
        for (const std::string& text : wish.texts)
          for (const std::string& language : wish.languages) {
            const Picture kind{"", "", language, theme, panel, orientation, text};
            stage->set_theme(theme_of(kind, display, wish.effects));
            if (status) status = draw_on(*stage, kind, setup, say, wish, on_picture);
          }
      if (auto left = on_stage(nullptr); status && !left) status = left;
      if (!status) return status;
    }
  return {};
}

base::Json describe(const Picture& picture, const ui::Stage& stage, const model::Say& say) {
  base::Json elements = base::Json::array();
  const ui::Registry& glass = stage.registry();
  for (const ui::Element& element : ui::reachable(glass))
    elements.push_back(describe(element, glass, picture.language, say));
  for (const ui::TextElement& text : std::span(glass.texts).subspan(glass.texts_below_scrim))
    elements.push_back(describe(text, stage.display().px_per_mm));
  return {{"screen", picture.screen},
          {"language", picture.language},
          {"theme", picture.theme},
          {"panel", picture.panel},
          {"class", class_names[std::size_t(stage.display().panel())]},
          {"orientation", picture.orientation},
          {"text", picture.text},
          {"elements", std::move(elements)}};
}

namespace {

// What the manager prints is a page to look at, too.
base::Status save_prints(const std::filesystem::path& folder, const std::string& only, const Sentences& say) {
  for (const std::string& language : manager_languages())
    for (const bool is_quiet : {false, true}) {
      auto view = sample_print(language, say.staff, is_quiet);
      view.file = std::string("manager-print-") + (is_quiet ? "quiet-" : "") + language + ".pdf";
      if (!view.file.contains(only)) continue;
      if (auto saved = manager::save_print(folder, view); !saved) return std::unexpected(saved.error());
    }
  return {};
}

}  // namespace

base::Status save_shots(const std::filesystem::path& folder, const std::string& only,
                        const std::shared_ptr<const Setup>& setup, const Sentences& say,
                        const base::Clock& clock) {
  std::error_code trouble;
  std::filesystem::create_directories(folder, trouble);
  if (trouble) return base::fail(folder.string(), trouble.message(), "making the folder for pictures");
  auto window = platform::Window::create({.width = 320, .height = 320}, clock);
  if (!window) return std::unexpected(window.error());
  const std::vector<platform::Image> photos{sample_photo()};
  std::unique_ptr<platform::Renderer> renderer;
  const OnStage on_stage = [&](ui::Stage* stage) -> base::Status {
    renderer.reset();
    if (!stage) return {};
    auto made = platform::Renderer::create(**window, *stage);
    if (!made) return std::unexpected(made.error());
    renderer = std::move(*made);
    renderer->set_images({}, photos);
    return {};
  };
  const OnPicture on_picture = [&](const Picture& picture, ui::Stage&) -> base::Status {
    if (auto shown = renderer->present(); !shown) return shown;
    return renderer->save_png((folder / (picture.name + ".png")).string());
  };
  // Everything on the usual panel; the other sizes and the large text in one theme.
  const PictureWish usual{.panels = {"21.5"}, .texts = {"normal"}, .only = only};
  const PictureWish sizes{
      .themes = {"light"}, .panels = {"7", "10.1", "32"}, .texts = {"normal"}, .only = only};
  const PictureWish large{.themes = {"light"}, .panels = {"10.1", "21.5"}, .texts = {"large"}, .only = only};
  for (const PictureWish& wish : {usual, sizes, large})
    if (auto drawn = draw_pictures(setup, say, wish, on_stage, on_picture); !drawn) return drawn;
  return save_prints(folder, only, say);
}

base::Status save_description(const std::filesystem::path& file, const std::string& only,
                              const std::shared_ptr<const Setup>& setup, const Sentences& say) {
  base::Json matrix = base::Json::array();
  auto status = draw_pictures(
      setup, say, {.only = only}, [](ui::Stage*) -> base::Status { return {}; },
      [&](const Picture& picture, ui::Stage& stage) -> base::Status {
        matrix.push_back(describe(picture, stage, say.visitors));
        return {};
      });
  if (!status) return status;
  return base::write_file(file, base::to_text({{"matrix", std::move(matrix)}}));
}

}  // namespace halte::kiosk::shell
