// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/look.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace halte::kiosk::shell {
namespace {

ui::Scheme scheme_of(const Kiosk& kiosk, const Options& options) {
  if (kiosk.aids().high_contrast || options.theme == "high-contrast") return ui::Scheme::high_contrast;
  if (options.theme == "light") return ui::Scheme::light;
  if (options.theme == "dark") return ui::Scheme::dark;
  if (!kiosk.settings()) return ui::Scheme::light;
  switch (kiosk.settings()->theme) {
    case site::Theme::light: return ui::Scheme::light;
    case site::Theme::dark: return ui::Scheme::dark;
    case site::Theme::high_contrast: break;
  }
  return ui::Scheme::high_contrast;
}

ui::Motion configured_motion(const Kiosk& kiosk, const Options& options) {
  if (options.motion == "full") return ui::Motion::full;
  if (options.motion == "calm") return ui::Motion::calm;
  if (options.motion == "off") return ui::Motion::off;
  if (!kiosk.settings()) return ui::Motion::full;
  switch (kiosk.settings()->motion) {
    case site::Motion::full: return ui::Motion::full;
    case site::Motion::calm: return ui::Motion::calm;
    case site::Motion::off: break;
  }
  return ui::Motion::off;
}

// The visitor may ask for less, never for more.
ui::Motion motion_of(const Kiosk& kiosk, const Options& options) {
  const ui::Motion motion = configured_motion(kiosk, options);
  return kiosk.aids().calm && motion == ui::Motion::full ? ui::Motion::calm : motion;
}

}  // namespace

ui::Theme theme_for(const Kiosk& kiosk, const Options& options, const ui::Display& display,
                    ui::Effects effects, Viewer viewer) {
  const bool wants_large =
      kiosk.aids().large_text || (kiosk.settings() && kiosk.settings()->text_size == site::TextSize::large);
  ui::ThemeOptions theme{.scheme = scheme_of(kiosk, options),
                         .panel = display.panel(),
                         .large_text = wants_large && viewer == Viewer::visitor,
                         .brand = {},
                         .motion = motion_of(kiosk, options),
                         .effects = effects};
  if (kiosk.configuration() && kiosk.configuration()->accent)
    theme.brand = ui::parse_color(*kiosk.configuration()->accent);
  return ui::make_theme(theme);
}

platform::WindowOptions window_for(const Kiosk& kiosk, const Options& options, const base::Log& log) {
  return {.width = options.width,
          .height = options.height,
          .full_screen = options.fullscreen,
          .show_cursor = !options.fullscreen,
          .diagonal_inches = diagonal_for(kiosk, options),
          // What is committed is safe, what is open is closed at the next start, and no thread that may be
          // waiting for X has to be waited for.
          .on_display_lost = [log] {
            log->critical("display: X is gone, while showing the picture; the kiosk has to be started anew");
            std::_Exit(int(base::ExitStatus::lacking));
          }};
}

std::optional<double> diagonal_for(const Kiosk& kiosk, const Options& options) {
  if (options.diagonal_in > 0) return options.diagonal_in;
  return kiosk.settings() ? kiosk.settings()->display.diagonal_in : std::nullopt;
}

ui::Direction direction_of_language(const std::string& language) {
  constexpr std::array<std::string_view, 4> from_the_right{"ar", "fa", "he", "ur"};
  return std::ranges::find(from_the_right, language) != from_the_right.end() ? ui::Direction::right_to_left
                                                                             : ui::Direction::left_to_right;
}

}  // namespace halte::kiosk::shell
