// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "app/platform/renderer.h"
#include "app/ui/gallery/pages.h"

namespace {

using namespace halte;

struct Look {
  const char* name;
  ui::Scheme scheme;
};
constexpr Look looks[] = {
    {"light", ui::Scheme::light}, {"dark", ui::Scheme::dark}, {"contrast", ui::Scheme::high_contrast}};

double since_ms(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// Frames until nothing moves, so that the picture shows where the springs come to rest.
base::Status draw_settled(ui::Stage& stage, platform::Renderer& renderer, const ui::gallery::Page& page,
                          const ui::gallery::Strings& strings) {
  constexpr base::Millis step{33};
  base::Millis now{0};
  stage.screen_changed(now);
  for (int i = 0; i < 40; ++i, now += step) {
    stage.begin(now, {}, strings.direction);
    page.draw(stage.frame(), strings);
    stage.end();
  }
  return renderer.present();
}

struct Shot {
  int width, height;
  float px_per_mm;
  const char* name;
};
// 21.5", 21.5" across, 10.1" up, and 43" 4K would be as sharp as these.
constexpr Shot shots[] = {
    {1080, 1920, 4.03f, "portrait"}, {1920, 1080, 4.03f, "landscape"}, {800, 1280, 5.88f, "small"}};

struct Wish {
  std::string out, only;
  ui::Effects effects;
  bool large_text = false;
};

// The picture is drawn beside the window, so one small window serves every size of glass.
base::Status run_shot(platform::Window& window, const Shot& shot, const Wish& wish) {
  const auto start = std::chrono::steady_clock::now();
  ui::StageOptions options{.display = {shot.width, shot.height, shot.px_per_mm}, .theme = {}};
  auto stage = ui::Stage::create(options);
  if (!stage) return std::unexpected(stage.error());
  auto renderer = platform::Renderer::create(window, *stage);
  if (!renderer) return std::unexpected(renderer.error());
  bool first = true;
  for (const ui::gallery::Page& page : ui::gallery::pages()) {
    for (const Look& look : looks) {
      for (const ui::gallery::Strings& strings : ui::gallery::all_strings()) {
        const std::string name =
            fmt::format("{}-{}-{}-{}", page.name, shot.name, look.name, strings.language);
        if (name.find(wish.only) == std::string::npos) continue;
        stage->set_theme(ui::make_theme({.scheme = look.scheme,
                                         .panel = stage->display().panel(),
                                         .large_text = wish.large_text,
                                         .effects = wish.effects}));
        if (auto drawn = draw_settled(*stage, **renderer, page, strings); !drawn) return drawn;
        if (first) {
          fmt::print("{}: first frame after {:.0f} ms, {}\n", shot.name, since_ms(start),
                     window.renderer_name());
          first = false;
        }
        const auto frame_start = std::chrono::steady_clock::now();
        stage->begin(base::Millis{2000}, {}, strings.direction);
        page.draw(stage->frame(), strings);
        stage->end();
        fmt::print("{}: {:.2f} ms, {} vertices\n", name, since_ms(frame_start),
                   stage->paint().stats().vertices);
        for (const std::string& complaint : complaints(stage->registry(), stage->display()))
          fmt::print("  {}\n", complaint);
        if (auto saved = (*renderer)->save_png(wish.out + "/" + name + ".png"); !saved) return saved;
      }
    }
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Draws every widget in every look into pictures."};
  Wish wish{.out = ".", .only = {}, .effects = ui::Effects::full};
  bool lite = false;
  app.add_option("--out", wish.out, "Folder for the pictures");
  app.add_option("--only", wish.only, "Only the pictures whose name contains this");
  app.add_flag("--lite", lite, "Effects as in software rendering");
  app.add_flag("--large-text", wish.large_text, "Text as large as a visitor can ask for");
  CLI11_PARSE(app, argc, argv);
  if (lite) wish.effects = ui::Effects::lite;
  std::filesystem::create_directories(wish.out);

  const base::SystemClock clock;
  auto window = platform::Window::create({.width = 320, .height = 320}, clock);
  base::Status done;
  if (!window) done = std::unexpected(window.error());
  for (const Shot& shot : shots) {
    if (done) done = run_shot(**window, shot, wish);
  }
  if (done) return EXIT_SUCCESS;
  fmt::print(stderr, "{}\n", base::to_string(done.error()));
  return static_cast<int>(base::exit_status(done.error().kind));
}
