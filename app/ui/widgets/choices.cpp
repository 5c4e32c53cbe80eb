// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "app/ui/widgets/controls.h"

namespace halte::ui {
namespace {

Mm chip_height(const Theme& theme) { return std::max(theme.touch.secondary, theme.type.label.size * 1.85f); }
Mm chip_gap(const Theme& theme) { return std::max(theme.touch.gap, theme.space.xs); }

// Round mark before the words: the choice is seen without colour, and nothing moves when it is made.
Mm mark_size(const Theme& theme) { return theme.type.label.size * .92f; }

TextStyle chip_style(const Theme& theme) {
  TextStyle style = theme.type.label;
  style.weight = Weight::medium;
  return style;
}

std::vector<Mm> chip_widths(Frame& frame, const ChipGroupView& view) {
  std::vector<Mm> widths;
  widths.reserve(view.chips.size());
  const Mm height = chip_height(frame.theme);
  for (const ChipView& chip : view.chips)
    widths.push_back(frame.text.measure(chip_style(frame.theme), chip.label) + mark_size(frame.theme) +
                     height * 1.02f);
  return widths;
}

void chip_mark(Frame& frame, Point centre, Mm size, float on) {
  const Palette& p = frame.theme.palette;
  frame.paint.stroke_circle(centre, size / 2, .4f, mix(p.outline, p.on_accent, std::clamp(on, 0.f, 1.f)));
  if (on < .05f) return;
  frame.paint.circle(centre, size / 2 * on, p.on_accent);
  icon(frame, Icon::check, centre, size * .66f * on, p.accent);
}

void chip(Frame& frame, const Rect& box, Id id, const ChipView& view) {
  const Palette& p = frame.theme.palette;
  const float on = frame.spring(id, view.selected ? 1.f : 0.f, {20, .7f});
  const auto pressed = frame.press(id, box);
  const Mm radius = box.h / 2, size = mark_size(frame.theme);
  if (!p.flat)
    frame.paint.shadow(box, radius, 4, 1.5f,
                       faded(mix(p.shadow, p.accent, std::clamp(on, 0.f, 1.f) * .5f), .13f + .10f * on));
  frame.paint.round_rect(box, radius, mix(p.card, p.accent, on));
  if (on < .99f) frame.paint.stroke_round_rect(box, radius, p.flat ? .5f : .3f, p.outline);
  Rect rest = inset(box, box.h * .32f, 0);
  chip_mark(frame, take_start(rest, size, frame.direction, box.h * .22f).centre(), size, on);
  frame.label(grow(rest, .2f), {.text = view.label,
                                .style = chip_style(frame.theme),
                                .color = view.selected ? p.on_accent : p.ink,
                                .background = view.selected ? p.accent : p.card,
                                .least = chip_style(frame.theme).size * .6f});
}

constexpr Mm switch_width = 19, switch_height = 11;

TextStyle detail_style(const Theme& theme) {
  TextStyle style = theme.type.small;
  style.weight = Weight::regular;
  return style;
}

Label switch_label(const Theme& theme, const SwitchRowView& view) {
  return {.text = view.label,
          .style = theme.type.label,
          .color = theme.palette.ink,
          .background = theme.palette.card,
          .max_lines = 6};
}

Label switch_detail(const Theme& theme, const SwitchRowView& view) {
  return {.text = view.detail,
          .style = detail_style(theme),
          .color = theme.palette.ink_soft,
          .background = theme.palette.card,
          .max_lines = 6};
}

void switch_knob(Frame& frame, const Rect& track, float on, bool rtl) {
  const Palette& p = frame.theme.palette;
  const Mm radius = track.h / 2, knob = radius - 1.1f;
  const float t = std::clamp(on, 0.f, 1.f);
  frame.paint.round_rect(track, radius, mix(p.tint, p.accent, t));
  frame.paint.stroke_round_rect(track, radius, .45f, mix(p.outline, p.accent, t));
  const Mm travel = track.w - track.h, offset = (rtl ? 1 - on : on) * travel;
  const Point at{track.x + radius + offset, track.y + radius};
  if (!p.flat)
    frame.paint.shadow({at.x - knob, at.y - knob, 2 * knob, 2 * knob}, knob, 1.6f, .5f, faded(p.shadow, .3f));
  frame.paint.circle(at, knob, mix(p.flat ? p.ink : mix(p.card, p.ink_soft, .55f), p.on_accent, t));
  icon(frame, t > .5f ? Icon::check : Icon::cross, at, knob * 1.05f, mix(p.card, p.accent, t));
}

}  // namespace

std::optional<int> chip_group(Frame& frame, const Rect& area, const ChipGroupView& view) {
  const Mm gap = chip_gap(frame.theme);
  const Flow placed =
      flow(area, chip_widths(frame, view), chip_height(frame.theme), gap, frame.direction, view.centred);
  std::optional<int> tapped;
  for (std::size_t i = 0; i < view.chips.size(); ++i) {
    const ChipView& item = view.chips[i];
    const Id id = view.id.at(static_cast<int>(i));
    const bool hit = frame.target({.id = id,
                                   .rect = placed.boxes[i],
                                   .hit = grow(placed.boxes[i], gap / 2 - .01f),
                                   .role = Role::chip,
                                   .label = item.label,
                                   .selected = item.selected});
    if (hit) tapped = static_cast<int>(i);
    chip(frame, placed.boxes[i], id, item);
  }
  return tapped;
}

Mm chip_group_height(Frame& frame, Mm width, const ChipGroupView& view) {
  return flow({0, 0, width, 0}, chip_widths(frame, view), chip_height(frame.theme), chip_gap(frame.theme),
              frame.direction)
      .height;
}

bool switch_row(Frame& frame, const Rect& rect, const SwitchRowView& view) {
  const bool tapped = frame.target(
      {.id = view.id, .rect = rect, .role = Role::toggle, .label = view.label, .selected = view.on});
  const float scale = std::max(.8f, std::min(1.2f, frame.theme.scale));
  Rect rest = rect;
  const Rect place = take_end(rest, switch_width * scale, frame.direction, frame.theme.space.m);
  {
    const auto pressed = frame.press(view.id, place);
    const float on = frame.spring(view.id, view.on ? 1.f : 0.f, {20, .75f});
    switch_knob(frame, centred(place, switch_width * scale, switch_height * scale), on, frame.is_rtl());
  }
  const Label label = switch_label(frame.theme, view), detail = switch_detail(frame.theme, view);
  const Mm label_h = frame.label_height(rest.w, label);
  const Mm detail_h = view.detail.empty() ? 0 : frame.label_height(rest.w, detail) + frame.theme.space.xxs;
  Rect words = centred(rest, rest.w, label_h + detail_h);
  frame.label(take_top(words, label_h), label);
  if (!view.detail.empty()) {
    take_top(words, frame.theme.space.xxs);
    frame.label(words, detail);
  }
  return tapped;
}

Mm switch_row_height(Frame& frame, Mm width, const SwitchRowView& view) {
  const float scale = std::max(.8f, std::min(1.2f, frame.theme.scale));
  const Mm room = width - switch_width * scale - frame.theme.space.m;
  const Mm label_h = frame.label_height(room, switch_label(frame.theme, view));
  const Mm detail_h = view.detail.empty() ? 0
                                          : frame.label_height(room, switch_detail(frame.theme, view)) +
                                                frame.theme.space.xxs;
  return std::max(frame.theme.touch.answer, label_h + detail_h);
}

}  // namespace halte::ui
