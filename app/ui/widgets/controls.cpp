// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/controls.h"

#include "app/ui/languages.h"

#include <algorithm>
#include <array>

namespace halte::ui {
namespace {

constexpr Color white = rgb(0xFFFFFF);
constexpr float round_end = .32f;    // of the height: where the words begin
constexpr float label_least = .72f;  // of the size: how far a button's words may shrink

struct ButtonColors {
  Color fill, text, background;
};

ButtonColors colors_of(const Palette& p, ButtonKind kind, bool enabled) {
  if (kind == ButtonKind::quiet) return {faded(p.card, 0), p.ink, p.background};
  const bool primary = kind == ButtonKind::primary && enabled;
  return {primary ? p.accent : p.card,
          !enabled  ? p.ink_soft
          : primary ? p.on_accent
                    : p.ink,
          primary ? p.accent : p.card};
}

void button_body(Frame& frame, const Rect& rect, const ButtonView& view, const ButtonColors& colors) {
  const Palette& p = frame.theme.palette;
  const Mm radius = rect.h / 2;
  if (view.kind == ButtonKind::quiet) return;
  const bool filled = view.kind == ButtonKind::primary && view.enabled;
  if (!p.flat && view.enabled) {
    const Color tone = filled ? mix(p.accent, p.shadow, .35f) : p.shadow;
    frame.paint.shadow(rect, radius, 6, 2.2f, faded(tone, filled ? .30f : .13f));
  }
  frame.paint.round_rect(rect, radius, filled && !p.flat ? mix(colors.fill, white, .10f) : colors.fill,
                         colors.fill);
  if (!filled)
    frame.paint.stroke_round_rect(rect, radius, p.flat ? .7f : .4f, view.enabled ? p.outline : p.line);
}

Mm icon_room(const Theme& theme) { return theme.type.label.size * 1.55f; }

// Two lines have to stand between the round ends.
TextStyle button_style(const Theme& theme) {
  TextStyle style = theme.type.label;
  style.leading = 1.1f;
  return style;
}

Label button_label(const Theme& theme, const ButtonView& view, const ButtonColors& colors) {
  return {.text = view.label,
          .style = button_style(theme),
          .color = colors.text,
          .background = colors.background,
          .align = Align::centre,
          .max_lines = 2,
          .least = theme.type.label.size * label_least};
}

bool fits_in(Frame& frame, Mm width, const ButtonView& view) {
  const Mm room =
      width - 2 * round_end * button_height(frame.theme) - (view.icon ? icon_room(frame.theme) : 0);
  return frame.fits(room, button_label(frame.theme, view, colors_of(frame.theme.palette, view.kind, true)));
}

}  // namespace

bool button(Frame& frame, const Rect& rect, const ButtonView& view) {
  const bool tapped = frame.target(
      {.id = view.id, .rect = rect, .label = view.label, .enabled = view.enabled, .repeats = view.repeats});
  const auto pressed = view.enabled ? frame.press(view.id, rect) : frame.paint.scaled(rect.centre(), 1);
  const ButtonColors colors = colors_of(frame.theme.palette, view.kind, view.enabled);
  button_body(frame, rect, view, colors);
  Rect words = inset(rect, rect.h * round_end, 0);
  if (view.icon) {
    // Icon and words together stand in the middle.
    const Mm room = icon_room(frame.theme), size = frame.theme.type.label.size * 1.02f;
    const Mm text = std::min(frame.text.measure(frame.theme.type.label, view.label), words.w - room);
    words = centred(words, text + room + .5f, rect.h);
    icon(frame, *view.icon, take_start(words, room, frame.direction).centre(), size, colors.text);
  }
  frame.label(words, button_label(frame.theme, view, colors));
  return tapped;
}

Mm button_height(const Theme& theme) { return std::max(theme.touch.answer, theme.type.label.size * 2.3f); }

Mm button_width(Frame& frame, const ButtonView& view) {
  const Mm words = frame.text.measure(frame.theme.type.label, view.label);
  return words + (view.icon ? icon_room(frame.theme) : 0) + button_height(frame.theme) * 1.15f;
}

std::optional<int> button_pair(Frame& frame, const Rect& rect, const ButtonView& first,
                               const ButtonView& second) {
  const Mm gap = std::max(frame.theme.touch.gap, frame.theme.space.s);
  const Mm half = (rect.w - gap) / 2;
  const bool beside = fits_in(frame, half, first) && fits_in(frame, half, second);
  const auto parts = beside ? split_columns(rect, 2, gap) : split_rows(rect, 2, gap);
  const bool swap = beside && frame.is_rtl();
  const bool first_tapped = button(frame, parts[swap ? 1 : 0], first);
  const bool second_tapped = button(frame, parts[swap ? 0 : 1], second);
  if (first_tapped) return 0;
  if (second_tapped) return 1;
  return std::nullopt;
}

Mm button_pair_height(Frame& frame, Mm width, const ButtonView& first, const ButtonView& second) {
  const Mm gap = std::max(frame.theme.touch.gap, frame.theme.space.s), half = (width - gap) / 2;
  const Mm height = button_height(frame.theme);
  return fits_in(frame, half, first) && fits_in(frame, half, second) ? height : 2 * height + gap;
}

bool icon_button(Frame& frame, const Rect& rect, const IconButtonView& view) {
  const bool tapped = frame.target({.id = view.id,
                                    .rect = rect,
                                    .role = Role::control,
                                    .label = view.label,
                                    .selected = view.on,
                                    .enabled = view.enabled,
                                    .repeats = view.repeats});
  const auto pressed = frame.press(view.id, rect);
  const Palette& p = frame.theme.palette;
  const Color ink = !view.enabled ? mix(p.ink, p.card, .6f) : view.on ? p.on_accent : p.ink;
  const Mm radius = std::min(rect.w, rect.h) / 2;
  if (!p.flat && view.enabled) frame.paint.shadow(rect, radius, 4.5f, 1.6f, faded(p.shadow, .12f));
  frame.paint.round_rect(rect, radius, view.on ? p.accent : p.card);
  if (p.flat && !view.on) frame.paint.stroke_round_rect(rect, radius, .5f, p.outline);
  if (view.enabled) frame.colors(ink, view.on ? p.accent : p.card);
  icon(frame, view.icon, rect.centre(), radius * .92f, ink);
  return tapped;
}

std::optional<int> language_pills(Frame& frame, const Rect& rect, const LanguagePillsView& view) {
  const Palette& p = frame.theme.palette;
  const Mm pad = 1.4f, gap = frame.theme.touch.gap;
  const Mm radius = rect.h / 2;
  if (!p.flat) frame.paint.shadow(rect, radius, 5.5f, 1.9f, faded(p.shadow, .11f));
  frame.paint.round_rect(rect, radius, p.card);
  if (p.flat) frame.paint.stroke_round_rect(rect, radius, .5f, p.outline);

  const int n = static_cast<int>(view.languages.size());
  if (n == 0) return std::nullopt;
  const Rect inside = inset(rect, pad, 0);
  const Mm width = inside.w / static_cast<float>(n);
  const auto cell = [&](float i) {
    return mirrored({inside.x + i * width, rect.y, width, rect.h}, inside, frame.direction);
  };
  // The mark glides from one language to the next.
  const float at = frame.spring(view.id, static_cast<float>(view.selected), {20, .8f});
  frame.paint.round_rect(inset(cell(at), 0, pad), radius - pad, p.accent);
  std::optional<int> tapped;
  for (int i = 0; i < n; ++i) {
    const std::string& code = view.languages[static_cast<std::size_t>(i)];
    const std::string name = own_name(code), label = short_name(code);
    const Rect box = cell(static_cast<float>(i));
    const bool on = i == view.selected;
    if (frame.target({.id = view.id.at(i),
                      .rect = inset(box, gap / 2, 0),
                      .hit = box,
                      .role = Role::control,
                      .label = name,
                      .selected = on}))
      tapped = i;
    TextStyle style = frame.theme.type.label;
    style.size *= .86f;
    const auto pressed = frame.press(view.id.at(i), box);
    frame.label(box, {.text = label,
                      .style = style,
                      .color = on ? p.on_accent : p.ink_soft,
                      .background = on ? p.accent : p.card,
                      .align = Align::centre,
                      .least = style.size * .6f});
  }
  return tapped;
}

Mm language_pills_width(const Theme& theme, int count) {
  const Mm each = std::max(theme.touch.secondary + theme.touch.gap, theme.type.label.size * 1.7f);
  return 2.8f + static_cast<float>(count) * each;
}

Mm language_pills_height(const Theme& theme) {
  return std::max(theme.touch.secondary, theme.type.label.size * 1.9f);
}

std::optional<int> pin_pad(Frame& frame, const Rect& area, int entered, int length) {
  const Palette& p = frame.theme.palette;
  Rect rest = area;
  const Rect dots = take_top(rest, frame.theme.space.l * 1.4f, frame.theme.space.s);
  const Mm radius = 2.2f, pitch = radius * 4;
  for (int i = 0; i < length; ++i) {
    const Point at =
        dots.centre() + Point{(static_cast<float>(i) - static_cast<float>(length - 1) / 2) * pitch, 0};
    if (i < entered) {
      frame.paint.circle(at, radius, p.accent);
    } else {
      frame.paint.stroke_circle(at, radius, .5f, p.outline);
    }
  }
  constexpr std::array<std::string_view, 10> digits{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  std::optional<int> tapped;
  const auto rows = split_rows(rest, 4, frame.theme.touch.gap);
  for (int i = 0; i < 12; ++i) {
    const int digit = i == 10 ? 0 : i + 1;
    if (i == 9) continue;  // the lower left place is empty, as on every pad
    const Rect key = split_columns(rows[static_cast<std::size_t>(i / 3)], 3,
                                   frame.theme.touch.gap)[static_cast<std::size_t>(i % 3)];
    const bool is_delete = i == 11;
    const Id id = is_delete ? Id("pin-delete") : Id("pin", digit);
    if (frame.target({.id = id,
                      .rect = key,
                      .role = Role::key,
                      .label = is_delete ? "delete" : digits[static_cast<std::size_t>(digit)]}))
      tapped = is_delete ? -1 : digit;
    frame.colors(p.ink, p.tint);
    const auto pressed = frame.press(id, key);
    frame.paint.round_rect(key, frame.theme.radius.key, p.tint);
    frame.paint.stroke_round_rect(key, frame.theme.radius.key, .35f, p.outline);
    if (is_delete) {
      icon(frame, Icon::backspace, key.centre(), frame.theme.type.label.size, p.ink);
      continue;
    }
    frame.label(key, {.text = digits[static_cast<std::size_t>(digit)],
                      .style = frame.theme.type.number,
                      .color = p.ink,
                      .background = p.tint,
                      .align = Align::centre});
  }
  return tapped;
}

}  // namespace halte::ui
