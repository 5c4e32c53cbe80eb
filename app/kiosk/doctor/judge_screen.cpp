// SPDX-License-Identifier: Apache-2.0
// What is seen, touched and heard.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/kiosk/doctor/judgements.h"
#include "app/ui/units.h"

namespace halte::kiosk::doctor {
namespace {

using platform::ScreenFacts;
using platform::Touchscreen;

// Pixels a millimetre. From a 50" panel of 1280 pixels to a 10" one of 2560: no glass of a kiosk lies
// outside.
constexpr double least_density = 1.1, most_density = 13;
// Of the diagonal; a ruler and a panel that is honest agree better.
constexpr double most_difference = 0.1;
// Of the glass: where a finger ends up may be off by that much.
constexpr double most_offset = 0.02;

constexpr const char* how_to_set_diagonal =
    "measure the glass from corner to corner and set that as settings.display.diagonal_in at headquarters, "
    "or "
    "as --diagonal INCHES here";

double diagonal_px(const ScreenFacts& s) { return std::hypot(s.width_px, s.height_px); }
double diagonal_mm(const ScreenFacts& s) { return std::hypot(s.width_mm, s.height_mm); }
bool is_plausible(double density) { return density >= least_density && density <= most_density; }

// Without a word of the panel X or GLFW makes its size up, from 96 or 100 dots an inch.
bool is_made_up(const ScreenFacts& s) {
  return std::ranges::any_of(std::array{96.0, 100.0}, [&](double dpi) {
    const auto made_up = [&](int px, int mm) { return std::abs(px * 25.4 / dpi - mm) < 1; };
    return made_up(s.width_px, s.width_mm) && made_up(s.height_px, s.height_mm);
  });
}

bool is_honest(const ScreenFacts& s) {
  if (s.width_mm <= 0 || s.height_mm <= 0 || is_made_up(s)) return false;
  const double across = double(s.width_px) / s.width_mm, down = double(s.height_px) / s.height_mm;
  return is_plausible(across) && is_plausible(down) && std::abs(across / down - 1) < 0.15;
}

std::string what_panel_says(const ScreenFacts& s) {
  if (s.width_mm <= 0 || s.height_mm <= 0) return "tells no size";
  return fmt::format("tells {} x {} mm", s.width_mm, s.height_mm);
}

Finding judge_size(const ScreenFacts& s, std::optional<double> diagonal_in) {
  const std::string glass = fmt::format("the glass of {} x {} pixels", s.width_px, s.height_px);
  if (!diagonal_in) {
    if (is_honest(s))
      return {Level::ok,
              "display",
              fmt::format("{} is {} x {} mm ({:.1f} inches)", glass, s.width_mm, s.height_mm,
                          diagonal_mm(s) / 25.4),
              {}};
    return {Level::warning, "display",
            fmt::format("{} {}, which is not to be believed, so sizes on it are a guess", glass,
                        what_panel_says(s)),
            how_to_set_diagonal};
  }
  const double density = diagonal_px(s) / (*diagonal_in * 25.4);
  if (!is_plausible(density))
    return {Level::wrong, "display",
            fmt::format("{} cannot have the configured diagonal of {:.1f} inches ({:.1f} pixels a mm)", glass,
                        *diagonal_in, density),
            how_to_set_diagonal};
  const double panel_in = diagonal_mm(s) / 25.4;
  if (is_honest(s) && std::abs(*diagonal_in / panel_in - 1) > most_difference)
    return {
        Level::warning, "display",
        fmt::format("the configured diagonal is {:.1f} inches, the panel itself tells {:.1f}: if the panel "
                    "is right, all stands at {:.0f} % of its size",
                    *diagonal_in, panel_in, 100 * panel_in / *diagonal_in),
        how_to_set_diagonal};
  return {
      Level::ok, "display", fmt::format("{} is {:.1f} inches by its configuration", glass, *diagonal_in), {}};
}

// Smaller than the screens are drawn for: they fit, and what is touched is small.
Findings judge_room(const ScreenFacts& s, std::optional<double> diagonal_in) {
  constexpr float key_mm = 13;  // the least that is touched
  if (!diagonal_in && !is_honest(s)) return {};
  const double inches = diagonal_in.value_or(diagonal_mm(s) / 25.4);
  const ui::Display glass =
      ui::fitted({s.width_px, s.height_px, ui::px_per_mm(s.width_px, s.height_px, inches)});
  if (glass.scale > .9f || glass.panel() != ui::PanelClass::small) return {};
  return {{Level::warning, "display",
           fmt::format("the glass of {:.1f} inches is small: all stands at {:.0f} % of the size that it has "
                       "on 10 inches, and a key of the keyboard is {:.0f} mm high",
                       inches, 100 * glass.scale, key_mm * glass.scale),
           "use a panel of 10 inches or more where customers stand at arm's length"}};
}

struct Area {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
};

// Where on the desktop the corners of the touchscreen are, in pixels.
Area touched_area(const Touchscreen& touch, const ScreenFacts& s) {
  Area area;
  const auto& m = touch.matrix;
  for (const auto& [x, y] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
    const double across = (m[0] * x + m[1] * y + m[2]) * s.desktop_width_px;
    const double down = (m[3] * x + m[4] * y + m[5]) * s.desktop_height_px;
    area = {std::min(area.left, across), std::min(area.top, down), std::max(area.right, across),
            std::max(area.bottom, down)};
  }
  return area;
}

bool covers(const Touchscreen& touch, const ScreenFacts& s) {
  const Area area = touched_area(touch, s);
  const double across = most_offset * s.width_px, down = most_offset * s.height_px;
  return std::abs(area.left - s.x) <= across && std::abs(area.right - s.x - s.width_px) <= across &&
         std::abs(area.top - s.y) <= down && std::abs(area.bottom - s.y - s.height_px) <= down;
}

// Anticlockwise, as the picture is.
int degrees(const Touchscreen& touch) {
  const auto& m = touch.matrix;
  if (std::abs(m[0]) >= std::abs(m[1])) return m[0] < 0 ? 180 : 0;
  return m[1] < 0 ? 90 : 270;
}

Finding judge_touchscreen(const Touchscreen& touch, const ScreenFacts& s) {
  const std::string name = "'" + touch.name + "'";
  if (!touch.enabled)
    return {Level::wrong, "touch", name + " is switched off", "switch it on: xinput enable " + name};
  const std::string map = fmt::format("put it there: xinput map-to-output {} {}", name, s.monitor);
  if (!covers(touch, s)) {
    const Area a = touched_area(touch, s);
    return {Level::wrong, "touch",
            fmt::format("{} covers {:.0f} x {:.0f} pixels at {:.0f},{:.0f} and not the display of {} x {} at "
                        "{},{}, so fingers land beside what they touch",
                        name, a.right - a.left, a.bottom - a.top, a.left, a.top, s.width_px, s.height_px, s.x,
                        s.y),
            map};
  }
  if (degrees(touch) != s.turned)
    return {Level::warning, "touch",
            fmt::format("the picture is turned by {} degrees and {} by {}", s.turned, name, degrees(touch)),
            "touch a corner, and if that lands elsewhere " + map};
  return {Level::ok, "touch", name + " covers the display", {}};
}

// "nl" speaks "nl-BE".
bool speaks(const std::vector<std::string>& voices, const std::string& language) {
  return std::ranges::any_of(voices, [&](const std::string& voice) {
    const auto primary = [](const std::string& tag) { return tag.substr(0, tag.find_first_of("-_")); };
    return primary(voice) == primary(language);
  });
}

}  // namespace

Findings judge_display(const base::Result<ScreenFacts>& screen, std::optional<double> diagonal_in) {
  constexpr const char* install =
      "install the driver with: apt-get install libgl1-mesa-dri, or draw in software with: "
      "LIBGL_ALWAYS_SOFTWARE=1";
  if (!screen && screen.error().subject == "graphics")
    return {{Level::wrong, "display", screen.error().cause, install}};
  if (!screen)
    return {{Level::wrong, "display", screen.error().cause,
             "start the kiosk's X session, or name it when you look from elsewhere: DISPLAY=:0 "
             "XAUTHORITY=FILE halte-kiosk doctor"}};
  const std::string graphics =
      fmt::format("OpenGL {}.{} by {}", screen->gl_major, screen->gl_minor, screen->renderer);
  if (screen->gl_major < 3)
    return {{Level::wrong, "display", graphics + ", and the kiosk needs 3.0", install}};
  Findings findings{{Level::ok,
                     "display",
                     graphics + (screen->is_software ? ", in software: fewer effects are drawn" : ""),
                     {}},
                    judge_size(*screen, diagonal_in)};
  if (findings.back().level != Level::wrong)
    std::ranges::copy(judge_room(*screen, diagonal_in), std::back_inserter(findings));
  return findings;
}

Findings judge_touch(const base::Result<std::vector<Touchscreen>>& touchscreens,
                     const base::Result<ScreenFacts>& screen) {
  if (!touchscreens || !screen)
    return {{Level::warning, "touch",
             "was not looked at: " + (touchscreens ? screen.error().cause : touchscreens.error().cause),
             "mend the display first, then look again"}};
  if (touchscreens->empty())
    return {
        {Level::wrong, "touch", "X knows no touchscreen",
         "connect its USB cable, install xserver-xorg-input-libinput, and look for it with: xinput list"}};
  // One that is right is enough: a controller may show as more than one device.
  Findings findings;
  for (const Touchscreen& touch : *touchscreens) {
    findings.push_back(judge_touchscreen(touch, *screen));
    if (findings.back().level == Level::ok) return {findings.back()};
  }
  return findings;
}

Findings judge_audio(const base::Result<platform::SpeechFacts>& speech,
                     const std::vector<std::string>& languages) {
  const auto found = [](Level level, std::string cause, std::string mend) {
    return Findings{{level, "audio", std::move(cause), std::move(mend)}};
  };
  if (!speech)
    return found(Level::wrong, "nothing is read aloud, speech-dispatcher does not answer",
                 "install and try it: apt-get install speech-dispatcher espeak-ng; spd-say test");
  std::vector<std::string> modules = speech->modules;
  std::erase(modules, "dummy");  // it only says that there is nothing else
  if (modules.empty())
    return found(Level::wrong,
                 "nothing is read aloud, speech-dispatcher has no voice that can open the sound",
                 "look for the sound card with: aplay -l, and install: apt-get install "
                 "speech-dispatcher-espeak-ng espeak-ng");
  std::vector<std::string> silent;
  for (const std::string& language : languages)
    if (!speaks(speech->languages, language)) silent.push_back(language);
  if (!silent.empty())
    return found(Level::warning,
                 fmt::format("no voice speaks {}, which the configuration offers", fmt::join(silent, ", ")),
                 "install one and look for it with: spd-say -L");
  return found(
      Level::ok,
      fmt::format("speech-dispatcher ({}) speaks {}", fmt::join(modules, ", "), fmt::join(languages, ", ")),
      {});
}

Findings judge_fonts(const FontFacts& fonts) {
  if (!fonts.files) {
    const base::Error& error = fonts.files.error();
    return {{Level::wrong, "fonts", error.subject + " is missing or broken",
             "install them again: apt-get install --reinstall fonts-inter fonts-noto-core"}};
  }
  if (!fonts.missing.empty())
    return {{Level::warning, "fonts",
             fmt::format("no font draws {}, which stand in the configuration", fmt::join(fonts.missing, " ")),
             "write those texts without them, or leave that language out at headquarters"}};
  return {{Level::ok, "fonts", "every letter of the configuration can be drawn", {}}};
}

}  // namespace halte::kiosk::doctor
