// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/surfaces.h"

#include <array>
#include <cmath>
#include <numbers>

namespace halte::ui {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr Color white = rgb(0xFFFFFF);

// Two eyes and a smile on a rounded square.
void logo_mark(Frame& frame, const Rect& r) {
  const Palette& p = frame.theme.palette;
  const Mm radius = r.w * .31f;
  frame.paint.round_rect(r, radius, p.flat ? p.accent : mix(p.accent, white, .14f), p.accent);
  const Point c = r.centre();
  const Mm eye = r.w * .066f, smile = r.w * .27f;
  frame.paint.circle(c + Point{-r.w * .135f, -r.w * .11f}, eye, p.on_accent);
  frame.paint.circle(c + Point{r.w * .135f, -r.w * .11f}, eye, p.on_accent);
  frame.paint.arc(c, smile, pi * .14f, pi * .86f, r.w * .088f, p.on_accent);
}

// A mark that was drawn for paper stands on paper, whatever the glass around it.
void organisations_logo(Frame& frame, const Rect& r, std::string_view name) {
  const bool is_light = lightness(frame.theme.palette.background) > .5f;
  const Mm pad = is_light ? 0 : r.h * .14f;
  if (!is_light) frame.paint.round_rect(r, frame.theme.radius.key, white);
  const Rect drawn = inset(r, pad * r.w / r.h, pad);  // of the same shape: nothing is cut off
  frame.target({.id = "logo", .rect = drawn, .role = Role::image, .label = name});
  frame.paint.image(frame.paint.textures().logo, drawn, 0);
}

constexpr int quiet_zone = 4;  // modules, ISO/IEC 18004

}  // namespace

void background(Frame& frame, const BackgroundView& view) {
  const Palette& p = frame.theme.palette;
  const Rect all = frame.display.bounds();
  frame.paint.backdrop(p.background, p.background_low);
  if (p.flat) return;
  if (view.mood) {
    const bool dark = lightness(p.background) < .5f;
    const Color tone = mix(face_color(p, *view.mood), white, dark ? 0.f : .35f);
    frame.paint.glow(view.glow_at, view.glow_radius, faded(tone, dark ? .16f : .38f));
  }
  frame.paint.dither(all);
}

void card(Frame& frame, const Rect& rect) {
  const Palette& p = frame.theme.palette;
  const Mm radius = frame.theme.radius.card;
  if (p.flat) {
    frame.paint.round_rect(rect, radius, p.card);
    return frame.paint.stroke_round_rect(rect, radius, .7f, p.outline);
  }
  const bool dark = lightness(p.card) < .5f;
  if (!frame.paint.is_lite()) frame.paint.shadow(rect, radius, 16, 6.5f, faded(p.shadow, dark ? .5f : .16f));
  frame.paint.shadow(rect, radius, 3, .8f, faded(p.shadow, dark ? .35f : .09f));
  frame.paint.round_rect(rect, radius, p.card);
  // In the dark an edge of light does what a shadow cannot.
  if (dark) frame.paint.stroke_round_rect(rect, radius, .25f, p.line);
}

// A logo that is this wide says the name itself.
constexpr float word_mark_shape = 2.5f;

void brand_header(Frame& frame, const Rect& rect, std::string_view name) {
  Rect rest = rect;
  const Mm side = std::min(rect.h, brand_header_height(frame.theme));
  if (const PaintImage& logo = frame.paint.textures().logo) {
    const float shape = float(logo.width) / float(logo.height);
    const Mm width = std::min(side * shape, rect.w * .5f), height = width / shape;
    const Rect place = centred(take_start(rest, width, frame.direction, side * .28f), width, height);
    organisations_logo(frame, place, name);
    if (shape >= word_mark_shape) return;
  } else {
    logo_mark(frame, centred(take_start(rest, side, frame.direction, side * .28f), side, side));
  }
  frame.label(rest, {.text = name,
                     .style = frame.theme.type.heading,
                     .color = frame.theme.palette.ink,
                     .background = frame.theme.palette.background,
                     .least = frame.theme.type.heading.size * .6f});
}

Mm brand_header_height(const Theme& theme) {
  return std::max(12.f * theme.scale, theme.type.heading.size * 1.5f);
}

void progress_dots(Frame& frame, Point centre, int step, int count) {
  const Palette& p = frame.theme.palette;
  const Mm radius = 1.6f * frame.theme.scale, gap = radius * 2.6f, stretch = radius * 3.2f;
  const float ahead = frame.is_rtl() ? -1.f : 1.f;
  // One of them is a bar; while it changes, two share the length.
  const auto n = static_cast<float>(count);
  const Mm half = (n * 2 * radius + (n - 1) * gap + stretch) / 2;
  Mm x = -half;
  for (int i = 0; i < count; ++i) {
    const float here = std::clamp(frame.spring(Id("progress", i), i == step ? 1.f : 0.f, {16, 1}), 0.f, 1.f);
    const Mm length = stretch * here;
    const Color color = mix(mix(p.ink_soft, p.background_low, .62f), p.accent, here);
    const Point from = centre + Point{ahead * (x + radius), 0},
                to = centre + Point{ahead * (x + radius + length), 0};
    if (length < .05f) {
      frame.paint.circle(from, radius, color);
    } else {
      frame.paint.capsule(from, to, radius, color);
    }
    x += 2 * radius + length + gap;
  }
}

void countdown_ring(Frame& frame, Point centre, Mm radius, float left, int seconds) {
  const Palette& p = frame.theme.palette;
  const Mm thickness = radius * .16f;
  frame.paint.stroke_circle(centre, radius, thickness, p.flat ? mix(p.background, p.ink, .35f) : p.line);
  const float part = std::clamp(left, 0.f, 1.f);
  if (part > .002f) frame.paint.arc(centre, radius, -pi / 2, -pi / 2 + 2 * pi * part, thickness, p.accent);
  TextStyle style = frame.theme.type.number;
  style.size = radius * .78f;
  frame.label({centre.x - radius, centre.y - radius, 2 * radius, 2 * radius},
              {.text = std::to_string(seconds),
               .style = style,
               .color = p.ink,
               .background = p.card,
               .align = Align::centre});
}

void qr_plate(Frame& frame, const Rect& rect, const QrCode& code) {
  const float k = frame.display.px_per_mm;
  const int modules = code.size + 2 * quiet_zone;
  const float side_px = std::floor(std::min(rect.w, rect.h) * k);
  const float module_px = std::max(1.f, std::floor(side_px / static_cast<float>(modules)));
  const Mm module = module_px / k, side = module * static_cast<float>(modules);
  const Rect plate = centred(rect, side, side);
  if (!frame.theme.palette.flat)
    frame.paint.shadow(plate, module * 3, 5, 1.6f, faded(frame.theme.palette.shadow, .14f));
  frame.paint.round_rect(plate, module * 3, white);
  const float left = std::round(plate.x * k) / k, top = std::round(plate.y * k) / k;
  for (int y = 0; y < code.size; ++y) {
    for (int x = 0; x < code.size; ++x) {
      const auto is_dark = [&](int column) {
        return code.dark[static_cast<std::size_t>(y * code.size + column)];
      };
      if (!is_dark(x)) continue;
      const int from = x;
      while (x + 1 < code.size && is_dark(x + 1)) ++x;
      frame.paint.rect({left + module * static_cast<float>(from + quiet_zone),
                        top + module * static_cast<float>(y + quiet_zone),
                        module * static_cast<float>(x - from + 1), module},
                       rgb(0x17121D));
    }
  }
  frame.target({.id = "qr", .rect = plate, .role = Role::image});
}

void scrim(Frame& frame) {
  const bool flat = frame.theme.palette.flat;
  frame.paint.rect(frame.display.bounds(), rgb(flat ? 0x000000 : 0x17101F, flat ? .85f : .55f));
  frame.target({.id = "scrim", .rect = frame.display.bounds(), .role = Role::scrim});
}

}  // namespace halte::ui
