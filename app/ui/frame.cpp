// SPDX-License-Identifier: Apache-2.0
#include "app/ui/frame.h"

#include <algorithm>
#include <cmath>

namespace halte::ui {
namespace {

// Marks above and tails below the line are higher in Arabic than a Latin title leaves room for.
constexpr float least_arabic_leading = 1.3f;

Paragraph paragraph_of(const Theme& theme, Mm width, const Label& label, Direction direction) {
  TextStyle style = label.style;
  style.size = std::max(style.size, theme.least_text);
  if (direction == Direction::right_to_left) style.leading = std::max(style.leading, least_arabic_leading);
  return {.text = label.text,
          .style = style,
          .width = width,
          .max_lines = label.max_lines,
          .least = label.least > 0 ? std::max(label.least, theme.least_text) : 0,
          .balanced = label.balanced,
          .whose = label.whose};
}

constexpr float pressed_scale = 0.94f;
constexpr std::uint64_t press_channel = 0x9E3779B97F4A7C15;  // apart from the widget's own spring

}  // namespace

Frame::Frame(const Parts& parts)
    : paint(parts.paint),
      text(parts.text),
      theme(parts.theme),
      display(parts.display),
      input(parts.input),
      animator(parts.animator),
      now(parts.now),
      dt(parts.dt),
      direction(parts.direction),
      registry_(parts.registry),
      wake_(parts.wake),
      screen_since_(parts.screen_since) {}

bool Frame::target(const Target& t) {
  const Rect hit = t.hit.empty() ? t.rect : t.hit;
  const float k = display.px_per_mm;
  registry_.elements.push_back({.id = to_string(t.id),
                                .role = t.role,
                                .rect_mm = t.rect,
                                .hit_mm = hit,
                                .rect_px = {t.rect.x * k, t.rect.y * k, t.rect.w * k, t.rect.h * k},
                                .label = std::string(t.label),
                                .selected = t.selected,
                                .enabled = t.enabled,
                                .length = t.length});
  if (t.role == Role::scrim) registry_.texts_below_scrim = registry_.texts.size();
  if (t.role == Role::image) return false;
  input.add_target(t.id, hit, t.repeats || t.role == Role::key);
  return t.enabled && input.tapped(t.id);
}

void Frame::colors(Color foreground, Color background) {
  Element& last = registry_.elements.back();
  last.foreground = foreground;
  last.background = background;
}

// Down at once, up on a spring: the finger must see the answer in the same frame.
float Frame::press_scale(Id id) {
  const std::uint64_t key = id.hash() ^ press_channel;
  if (input.pressed(id)) return animator.hold(key, pressed_scale);
  return spring(key, 1, press_spring);
}

Paint::Scope Frame::press(Id id, const Rect& rect, float factor) {
  return paint.scaled(rect.centre(), press_scale(id) * factor);
}

float Frame::spring(std::uint64_t key, float target, SpringSpec spec) {
  if (theme.effects == Effects::lite && !spec.always) return target;
  const float value = animator.spring(key, target, spec);
  if (animator.moves(key)) animate();
  return value;
}

Rect Frame::label(const Rect& box, const Label& label) {
  const TextBlock& block = text.layout(paragraph_of(theme, box.w, label, direction));
  const Mm line_height = block.style.size * block.style.leading;
  const Mm cap = text.cap_height(block.style);
  Mm top = box.y;
  if (label.valign == VAlign::middle) top = box.y + (box.h - block.height) / 2;
  if (label.valign == VAlign::bottom) top = box.bottom() - block.height;
  const bool to_the_right = (label.align == Align::end) != is_rtl();

  Mm left = box.right(), y = top;
  for (const TextLine& line : block.lines) {
    Mm x = to_the_right ? box.right() - line.width : box.x;
    if (label.align == Align::centre) x = box.x + (box.w - line.width) / 2;
    // Capitals stand in the middle of the line: letters look centred by their capitals.
    paint.run(*line.run, {x, y + (line_height + cap) / 2}, label.color);
    left = std::min(left, x);
    y += line_height;
  }
  const Rect room{left, top, block.width, block.height};
  const bool is_targets =
      !registry_.elements.empty() && registry_.elements.back().rect_mm.contains(room.centre());
  if (is_targets && !registry_.elements.back().foreground) colors(label.color, label.background);
  constexpr Mm hair = 0.3f;  // a pixel of rounding
  registry_.texts.push_back({.text = std::string(label.text),
                             .box_mm = box,
                             .rect_mm = room,
                             .size = block.style.size,
                             .foreground = label.color,
                             .background = label.background,
                             .cut = block.cut || block.width > box.w + hair || block.height > box.h + hair,
                             .broken_word = block.broken_word});
  return room;
}

bool Frame::fits(Mm width, const Label& label) {
  const TextBlock& block = text.layout(paragraph_of(theme, width, label, direction));
  return !block.cut && !block.broken_word;
}

Mm Frame::label_height(Mm width, const Label& label) {
  return text.layout(paragraph_of(theme, width, label, direction)).height;
}

float Frame::entering(base::Millis delay) {
  // Whole screens that move are most of what a visit costs a software renderer.
  if (theme.motion == Motion::off || theme.effects == Effects::lite) return 1;
  const Tween tween{.start = screen_since_ + delay};
  if (!tween.done(now)) animate();
  return tween.at(now);
}

}  // namespace halte::ui
