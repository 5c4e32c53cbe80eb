// SPDX-License-Identifier: Apache-2.0
#include "app/ui/color.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace halte::ui {
namespace {

struct Oklab {
  float l, a, b;
};

float to_linear(float c) { return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f); }

float from_linear(float c) {
  const float x = std::clamp(c, 0.f, 1.f);
  return x <= 0.0031308f ? x * 12.92f : 1.055f * std::pow(x, 1 / 2.4f) - 0.055f;
}

// Matrices: Björn Ottosson, "A perceptual color space for image processing", 2020.
Oklab to_oklab(Color c) {
  const float r = to_linear(c.r), g = to_linear(c.g), b = to_linear(c.b);
  const float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
  const float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
  const float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
  return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
          1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
          0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

Color from_oklab(Oklab c, float alpha) {
  const auto cubed = [](float x) { return x * x * x; };
  const float l = cubed(c.l + 0.3963377774f * c.a + 0.2158037573f * c.b);
  const float m = cubed(c.l - 0.1055613458f * c.a - 0.0638541728f * c.b);
  const float s = cubed(c.l - 0.0894841775f * c.a - 1.2914855480f * c.b);
  return {from_linear(4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s),
          from_linear(-1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s),
          from_linear(-0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s), alpha};
}

double luminance(Color c) {
  return 0.2126 * to_linear(c.r) + 0.7152 * to_linear(c.g) + 0.0722 * to_linear(c.b);
}

Color laid_over(Color top, Color below) {
  const auto part = [&](float t, float b) { return t * top.a + b * (1 - top.a); };
  return {part(top.r, below.r), part(top.g, below.g), part(top.b, below.b)};
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  std::uint32_t hex = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hex, 16);
  if (text.size() != 6 || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return rgb(hex);
}

std::string to_hex(Color c) {
  const auto byte = [](float part) {
    return static_cast<unsigned>(std::lround(std::clamp(part, 0.f, 1.f) * 255));
  };
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "#";
  for (const unsigned part : {byte(c.r), byte(c.g), byte(c.b)})
    text += {digits[part / 16], digits[part % 16]};
  return text;
}

Color mix(Color a, Color b, float t) {
  if (t <= 0) return a;
  if (t >= 1) return b;
  const Oklab x = to_oklab(a), y = to_oklab(b);
  return from_oklab({std::lerp(x.l, y.l, t), std::lerp(x.a, y.a, t), std::lerp(x.b, y.b, t)},
                    std::lerp(a.a, b.a, t));
}

float lightness(Color c) { return to_oklab(c).l; }

Color with_lightness(Color c, float l) {
  const Oklab lab = to_oklab(c);
  return from_oklab({l, lab.a, lab.b}, c.a);
}

double contrast(Color foreground, Color background) {
  const double a = luminance(laid_over(foreground, background)), b = luminance(background);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

BrandColor readable_brand(Color wanted, Color background, double least_contrast) {
  constexpr Color white = rgb(0xFFFFFF), black = rgb(0x17121D);
  const float step = lightness(background) > 0.5f ? -0.005f : 0.005f;
  BrandColor brand{.accent = wanted, .on_accent = white};
  float l = lightness(wanted);
  while (contrast(brand.accent, background) < least_contrast && l + step >= 0 && l + step <= 1) {
    l += step;
    brand.accent = with_lightness(wanted, l);
    brand.corrected = true;
  }
  if (contrast(black, brand.accent) > contrast(white, brand.accent)) brand.on_accent = black;
  return brand;
}

}  // namespace halte::ui
