// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "app/ui/color.h"
#include "app/ui/text.h"
#include "app/ui/units.h"

namespace halte::ui {

enum class Scheme { light, dark, high_contrast };
enum class Motion { full, calm, off };  // calm: no idle movement, short fades; off: every value jumps
// lite, for software rendering: no glow, no noise, one thin shadow, flat rows instead of a gradient, and
// nothing moves but what is pressed and the one big face.
enum class Effects { full, lite };

struct Palette {
  Color background, background_low;  // top and bottom of the screen's gradient
  Color card;
  Color ink, ink_soft;  // text; second text. Both ≥ 4.5:1 on background, background_low, card
  Color line;           // hairlines that carry no meaning
  Color outline;        // edges of controls: ≥ 3:1 on card and tint (WCAG 1.4.11)
  Color accent, on_accent;
  Color tint;                  // fill of keys and unselected choices; ink on it ≥ 7:1
  Color error, ok;             // ≥ 4.5:1 on card; never without an icon and a word
  Color shadow;                // opaque; the widgets set the alpha
  std::array<Color, 5> faces;  // very bad … very good
  Color face_ink;
  bool flat = false;  // high contrast: no shadow, no gradient, outlines instead
};

// Sizes are of the font in mm at user scale 1 on a large panel already multiplied for this panel.
struct TypeScale {
  TextStyle display;  // the attract screen's question
  TextStyle title;    // a question
  TextStyle heading;
  TextStyle number;  // keys of the 0–10 row
  TextStyle body;
  TextStyle label;                // buttons, chips, face labels
  TextStyle small;                // privacy line, hints
  Mm display_least, title_least;  // how far fitting may go down
};

// 2, 4, 6, 9, 13, 18, 26 mm, times the panel's factor.
struct Spacing {
  Mm xxs, xs, s, m, l, xl, xxl;
};

struct Radius {
  Mm card, key;
};

// Least sizes of touch targets: not scaled down on a small panel, fingers are not smaller there.
struct TouchSize {
  Mm answer = 20, secondary = 15, key = 13, gap = 3;
};

// A value: made once per change of settings, passed to every frame.
struct Theme {
  Scheme scheme = Scheme::light;
  Palette palette;
  TypeScale type;
  Spacing space;
  Radius radius;
  TouchSize touch = {};
  Motion motion = Motion::full;
  Effects effects = Effects::full;
  float scale = 1;               // panel factor times the visitor's
  Mm least_text = 0;             // no text is set smaller: in large text a capital H is seen under 0.7°
  bool brand_corrected = false;  // the configured brand colour failed 4.5:1 and was moved
};

struct ThemeOptions {
  Scheme scheme = Scheme::light;
  PanelClass panel = PanelClass::large;
  bool large_text = false;
  std::optional<Color> brand;  // replaces the accent of light and dark; high contrast keeps its own
  Motion motion = Motion::full;
  Effects effects = Effects::full;
};
Theme make_theme(const ThemeOptions& options);

Palette palette_of(Scheme scheme);

// The colour of the face scale at v in 0 … 4, mixed in Oklab between the five.
Color face_color(const Palette& palette, float v);

}  // namespace halte::ui
