// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halte::ui {

// sRGB, each part 0 … 1, alpha not premultiplied.
struct Color {
  float r = 0, g = 0, b = 0, a = 1;
  friend constexpr bool operator==(const Color&, const Color&) = default;
};

constexpr Color rgb(std::uint32_t hex, float alpha = 1) {
  return {static_cast<float>((hex >> 16) & 255) / 255.f, static_cast<float>((hex >> 8) & 255) / 255.f,
          static_cast<float>(hex & 255) / 255.f, alpha};
}
constexpr Color faded(Color c, float alpha) { return {c.r, c.g, c.b, c.a * alpha}; }

// "#4B2E83" or "4B2E83"; anything else: nullopt.
std::optional<Color> parse_color(std::string_view text);
// "#4b2e83"; the alpha is left out.
std::string to_hex(Color c);

// In Oklab (Ottosson 2020), so that red to teal has no mud in between. t = 0 gives a, 1 gives b.
Color mix(Color a, Color b, float t);

// Oklab lightness, 0 black … 1 white.
float lightness(Color c);
// The same hue and chroma (cut to the sRGB gamut) with another lightness.
Color with_lightness(Color c, float l);

// WCAG 2.2 contrast ratio, 1 … 21. A translucent foreground is laid over the background first.
double contrast(Color foreground, Color background);

// A brand colour that can be read: as text or shape on `background`, and with text on it.
struct BrandColor {
  Color accent;
  Color on_accent;         // white or near-black, whichever reads better
  bool corrected = false;  // true: `accent` is lighter or darker than what was asked for
};
BrandColor readable_brand(Color wanted, Color background, double least_contrast = 4.5);

}  // namespace halte::ui
