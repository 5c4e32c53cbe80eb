// SPDX-License-Identifier: Apache-2.0
#include "app/ui/theme.h"

#include <doctest/doctest.h>

using namespace halte::ui;

namespace {

constexpr Scheme schemes[] = {Scheme::light, Scheme::dark, Scheme::high_contrast};

}  // namespace

TEST_CASE("contrast: black on white is 21, a colour on itself is 1") {
  CHECK(contrast(rgb(0x000000), rgb(0xFFFFFF)) == doctest::Approx(21));
  CHECK(contrast(rgb(0x4B2E83), rgb(0x4B2E83)) == doctest::Approx(1));
  CHECK(contrast(rgb(0x767676), rgb(0xFFFFFF)) == doctest::Approx(4.54).epsilon(0.002));  // W3C's example
}

TEST_CASE("contrast: a translucent colour is laid over the background first") {
  CHECK(contrast(rgb(0x000000, 0), rgb(0xFFFFFF)) == doctest::Approx(1));
}

TEST_CASE("palette: both inks read at 4.5:1 on every surface, the main one at 7:1") {
  for (const Scheme scheme : schemes) {
    const Palette p = palette_of(scheme);
    for (const Color surface : {p.background, p.background_low, p.card, p.tint}) {
      CHECK(contrast(p.ink, surface) >= 7);
      CHECK(contrast(p.ink_soft, surface) >= 4.5);
    }
  }
}

TEST_CASE("palette: text on the accent, and the accent as text, read at 4.5:1") {
  for (const Scheme scheme : schemes) {
    const Palette p = palette_of(scheme);
    CHECK(contrast(p.on_accent, p.accent) >= 4.5);
    CHECK(contrast(p.accent, p.background) >= 4.5);
    CHECK(contrast(p.accent, p.card) >= 4.5);
    CHECK(contrast(p.error, p.card) >= 4.5);
    CHECK(contrast(p.ok, p.card) >= 4.5);
  }
}

TEST_CASE("palette: the edges of controls show at 3:1 on card, tint and background") {
  for (const Scheme scheme : schemes) {
    const Palette p = palette_of(scheme);
    for (const Color surface : {p.card, p.tint, p.background}) CHECK(contrast(p.outline, surface) >= 3);
  }
}

TEST_CASE("palette: a face's features show at 3:1 on every face between very bad and very good") {
  for (const Scheme scheme : schemes) {
    const Palette p = palette_of(scheme);
    for (float v = 0; v <= 4; v += 0.125f) CHECK(contrast(p.face_ink, face_color(p, v)) >= 3);
  }
}

TEST_CASE("palette: dark keeps the faces of light") {
  CHECK(palette_of(Scheme::dark).faces == palette_of(Scheme::light).faces);
}

TEST_CASE("brand: a readable colour is kept as it is") {
  const Theme theme = make_theme({.brand = rgb(0x0B5394)});
  CHECK(theme.palette.accent == rgb(0x0B5394));
  CHECK_FALSE(theme.brand_corrected);
}

TEST_CASE(
    "brand: any colour ends up at 4.5:1 on the surfaces, with readable text on it, and says if it was "
    "moved") {
  for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
    for (const unsigned hex :
         {0xFFFF00u, 0x00FF00u, 0xFFFFFFu, 0x000000u, 0xE2001Au, 0x0000FFu, 0x808080u, 0xF5A9B8u}) {
      CAPTURE(hex);
      const Theme theme = make_theme({.scheme = scheme, .brand = rgb(hex)});
      const Palette& p = theme.palette;
      CHECK(contrast(p.accent, p.background) >= 4.45);
      CHECK(contrast(p.accent, p.card) >= 4.45);
      CHECK(contrast(p.on_accent, p.accent) >= 4.45);
      CHECK(contrast(p.ink, p.tint) >= 7);
      CHECK(theme.brand_corrected == (p.accent != rgb(hex)));
    }
  }
}

TEST_CASE("brand: high contrast keeps its own accent") {
  const Theme theme = make_theme({.scheme = Scheme::high_contrast, .brand = rgb(0xE2001A)});
  CHECK(theme.palette.accent == palette_of(Scheme::high_contrast).accent);
}

TEST_CASE("colour: #RRGGBB is read, anything else is not") {
  CHECK(parse_color("#4B2E83") == rgb(0x4B2E83));
  CHECK(parse_color("4b2e83") == rgb(0x4B2E83));
  for (const char* wrong : {"", "#", "#FFF", "#GGGGGG", "0x1234", "#12345678", "-12345"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_color(wrong).has_value());
  }
}

TEST_CASE("colour: mixing goes from one end to the other, and its middle is between in lightness") {
  const Color red = rgb(0xD24A3A), teal = rgb(0x138E94);
  CHECK(mix(red, teal, 0) == red);
  CHECK(mix(red, teal, 1) == teal);
  const float middle = lightness(mix(red, teal, 0.5f));
  CHECK(middle == doctest::Approx((lightness(red) + lightness(teal)) / 2).epsilon(0.02));
}

TEST_CASE("theme: large text is 1.35 times as large, and a 10-inch panel 0.6") {
  const Mm plain = make_theme({}).type.body.size;
  CHECK(make_theme({.large_text = true}).type.body.size == doctest::Approx(1.35 * plain));
  CHECK(make_theme({.panel = PanelClass::small}).type.body.size == doctest::Approx(0.6 * plain));
}

TEST_CASE("theme: fingers are as big on a small panel: touch sizes do not shrink") {
  CHECK(make_theme({.panel = PanelClass::small}).touch.answer == 20);
}

TEST_CASE("display: the panel class follows the short side in millimetres") {
  CHECK(Display{1280, 800, px_per_mm(1280, 800, 10.1)}.panel() == PanelClass::small);
  CHECK(Display{1920, 1080, px_per_mm(1920, 1080, 15.6)}.panel() == PanelClass::medium);
  CHECK(Display{1080, 1920, px_per_mm(1080, 1920, 21.5)}.panel() == PanelClass::large);
  CHECK(Display{3840, 2160, px_per_mm(3840, 2160, 32)}.panel() == PanelClass::large);
}

TEST_CASE("display: 21.5 inch Full HD has 4.03 pixels a millimetre") {
  CHECK(px_per_mm(1920, 1080, 21.5) == doctest::Approx(4.03).epsilon(0.002));
}
