// SPDX-License-Identifier: Apache-2.0
#include "app/ui/theme.h"

#include <algorithm>

namespace halte::ui {
namespace {

constexpr std::array<Color, 5> face_colors{rgb(0xD24A3A), rgb(0xEB8639), rgb(0xFADB77), rgb(0x7FCBC6),
                                           rgb(0x138E94)};

// Paper: warm white, a plum ink, one violet.
Palette light_palette() {
  return {.background = rgb(0xFDF9F3),
          .background_low = rgb(0xF4ECE1),
          .card = rgb(0xFFFFFF),
          .ink = rgb(0x231B2B),
          .ink_soft = rgb(0x625A6B),
          .line = rgb(0xE6DED3),
          .outline = rgb(0x8A7F99),
          .accent = rgb(0x4B2E83),
          .on_accent = rgb(0xFFFFFF),
          .tint = rgb(0xF2ECFA),
          .error = rgb(0xB3261E),
          .ok = rgb(0x0B6E4F),
          .shadow = rgb(0x5A4028),
          .faces = face_colors,
          .face_ink = rgb(0x1B1420)};
}

// Evening: aubergine instead of black, so that the faces glow and the shadows still show.
Palette dark_palette() {
  return {.background = rgb(0x221B29),
          .background_low = rgb(0x18121D),
          .card = rgb(0x2F2738),
          .ink = rgb(0xF7F1EA),
          .ink_soft = rgb(0xBDB2C6),
          .line = rgb(0x443A4F),
          .outline = rgb(0x978AA6),
          .accent = rgb(0xC3A9F4),
          .on_accent = rgb(0x17121D),
          .tint = rgb(0x3B3147),
          .error = rgb(0xFF9C90),
          .ok = rgb(0x76D6B1),
          .shadow = rgb(0x050308),
          .faces = face_colors,
          .face_ink = rgb(0x1B1420)};
}

Palette high_contrast_palette() {
  return {.background = rgb(0x000000),
          .background_low = rgb(0x000000),
          .card = rgb(0x14141A),
          .ink = rgb(0xFFFFFF),
          .ink_soft = rgb(0xE6E6EC),
          .line = rgb(0xFFFFFF),
          .outline = rgb(0xFFFFFF),
          .accent = rgb(0xFFD84A),
          .on_accent = rgb(0x000000),
          .tint = rgb(0x14141A),
          .error = rgb(0xFFB4A9),
          .ok = rgb(0x8CF0C8),
          .shadow = rgb(0x000000),
          .faces = face_colors,
          .face_ink = rgb(0x000000),
          .flat = true};
}

void apply_brand(Theme& theme, Color wanted) {
  Palette& p = theme.palette;
  // The darker end of the gradient in light, the card in dark: the harder one to be read on.
  const BrandColor brand = readable_brand(wanted, theme.scheme == Scheme::light ? p.background_low : p.card);
  p.accent = brand.accent;
  p.on_accent = brand.on_accent;
  p.tint = mix(p.card, p.accent, theme.scheme == Scheme::light ? 0.08f : 0.10f);
  theme.brand_corrected = brand.corrected;
}

// EN 301 549, 5.1.4: a capital H under at least 0.7°, so 4.9 mm at 400 mm and 7.3 mm at 600 mm. Inter's H is
// 0.727 of its size.
constexpr Mm large_text_small = 4.9f / .727f, large_text_large = 7.34f / .727f;

TypeScale type_scale(float scale, Mm least) {
  const auto style = [=](Mm size, Weight weight, Cut cut, float tracking, float leading) {
    return TextStyle{std::max(size * scale, least), weight, cut, tracking, leading};
  };
  return {.display = style(24, Weight::bold, Cut::display, -0.014f, 1.10f),
          .title = style(18, Weight::bold, Cut::display, -0.012f, 1.14f),
          .heading = style(13, Weight::bold, Cut::display, -0.008f, 1.18f),
          .number = style(13, Weight::semibold, Cut::display, 0, 1.2f),
          .body = style(10.5f, Weight::regular, Cut::text, 0, 1.36f),
          .label = style(9, Weight::semibold, Cut::text, 0, 1.2f),
          .small = style(7.5f, Weight::medium, Cut::text, 0, 1.32f),
          .display_least = std::max(16 * scale, least),
          .title_least = std::max(12 * scale, least)};
}

}  // namespace

Palette palette_of(Scheme scheme) {
  switch (scheme) {
    case Scheme::light: return light_palette();
    case Scheme::dark: return dark_palette();
    case Scheme::high_contrast: return high_contrast_palette();
  }
  return light_palette();
}

Theme make_theme(const ThemeOptions& options) {
  // A panel of 10" is used at arm's length, a big one from where one stands; 15" hold less and are nearer.
  const float panel = options.panel == PanelClass::small    ? 0.6f
                      : options.panel == PanelClass::medium ? 0.8f
                                                            : 1.f;
  const bool is_small = options.panel == PanelClass::small;
  // Little glass has to hold what a big one holds: there the large sizes stay and the small ones grow.
  const float user = !options.large_text ? 1.f : is_small ? 1.1f : 1.35f;
  const float space = panel * std::min(user, 1.15f);
  const Mm least = !options.large_text ? 0 : is_small ? large_text_small : large_text_large;
  Theme theme{.scheme = options.scheme,
              .palette = palette_of(options.scheme),
              .type = type_scale(panel * user, least),
              .space = {2 * space, 4 * space, 6 * space, 9 * space, 13 * space, 18 * space, 26 * space},
              .radius = {14 * panel, 6 * panel},
              .motion = options.motion,
              .effects = options.effects,
              .scale = panel * user,
              .least_text = least};
  if (options.brand && options.scheme != Scheme::high_contrast) apply_brand(theme, *options.brand);
  return theme;
}

Color face_color(const Palette& palette, float v) {
  const float at = std::clamp(v, 0.f, 4.f);
  const int i = std::min(3, static_cast<int>(at));
  return mix(palette.faces[static_cast<std::size_t>(i)], palette.faces[static_cast<std::size_t>(i) + 1],
             at - static_cast<float>(i));
}

}  // namespace halte::ui
