// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/scales.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "app/ui/widgets/face.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::ui {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

// ------------------------------------------------------------------------------------------------ faces

constexpr Mm largest_face = 46, least_face = 22;

// All words in one size and in one line if 0.8 of it is enough, else in two lines.
struct FaceWords {
  Mm size;
  int lines;
};

// In a row, words below the faces; in large letters, where a row would break them, below each other, words
// beside.
struct FaceGrid {
  bool stacked = false;
  Mm pad, pitch, diameter, gap, label_height;
  FaceWords words;
  int count;
  Mm height() const {
    return 2 * pad + (stacked ? pitch * static_cast<float>(count) : diameter + gap + label_height);
  }
};

TextStyle face_style(const Theme& theme, bool selected) {
  TextStyle style = theme.type.label;
  style.size *= .92f;
  style.weight = selected ? Weight::bold : Weight::medium;
  return style;
}

FaceWords face_words(Frame& frame, Mm width, std::span<const std::string_view> labels) {
  const TextStyle style = face_style(frame.theme, true);
  Mm widest = 0;
  for (const std::string_view words : labels) widest = std::max(widest, frame.text.measure(style, words));
  const Mm one_line = style.size * std::min(1.f, width * .985f / std::max(widest, .1f));
  if (widest * .8f <= width && one_line >= frame.theme.least_text) return {one_line, 1};
  return {style.size, 2};
}

Label face_label(const Theme& theme, const FaceWords& words, std::string_view text, bool selected) {
  TextStyle style = face_style(theme, selected);
  style.size = words.size;
  return {.text = text,
          .style = style,
          .color = selected ? theme.palette.ink : theme.palette.ink_soft,
          .background = theme.palette.card,
          .align = Align::centre,
          .valign = VAlign::top,
          .max_lines = words.lines,
          .least = style.size * .62f};
}

FaceGrid stacked_grid(const Frame& frame, FaceGrid grid) {
  const Mm gap = frame.theme.touch.gap;
  grid.stacked = true;
  grid.pad = frame.theme.space.s;
  grid.words = {face_style(frame.theme, true).size, 1};
  grid.pitch = std::max(least_face, frame.theme.type.label.size * 1.6f) + gap;
  grid.diameter = grid.pitch - gap;
  return grid;
}

FaceGrid face_grid(Frame& frame, Mm width, const FaceScaleView& view) {
  const Theme& theme = frame.theme;
  const Mm between = theme.touch.gap;
  FaceGrid grid{};
  grid.count = static_cast<int>(view.labels.size());
  grid.pitch = (width - 2 * theme.space.s) / static_cast<float>(std::max(1, grid.count));
  grid.diameter = std::min({std::max(.78f * grid.pitch, least_face), largest_face, grid.pitch - between});
  grid.pad = theme.space.m;
  grid.gap = theme.space.s;
  grid.words = face_words(frame, grid.pitch - between, view.labels);
  for (const std::string_view text : view.labels) {
    const Label label = face_label(theme, grid.words, text, true);
    if (!frame.fits(grid.pitch - between, label)) return stacked_grid(frame, grid);
    grid.label_height = std::max(grid.label_height, frame.label_height(grid.pitch - between, label));
  }
  return grid;
}

// Where one answer lies: what answers, what is seen of it, the middle of its face and the place of its words.
struct FacePlace {
  Rect hit, seen;
  Point face;
  Rect words;
};

FacePlace face_place(const Frame& frame, const Rect& area, const FaceGrid& grid, int place) {
  const Mm gap = frame.theme.touch.gap, at = static_cast<float>(place) * grid.pitch;
  const Mm top = area.y + (area.h - grid.height()) / 2 + grid.pad;
  if (grid.stacked) {
    const Rect row{area.x, top + at, area.w, grid.pitch};
    Rect rest = inset(row, frame.theme.space.s, gap / 2);
    const Rect seen = rest, face = take_start(rest, grid.diameter, frame.direction, frame.theme.space.m);
    return {row, seen, face.centre(), rest};
  }
  const Rect column{area.x + frame.theme.space.s + at, area.y, grid.pitch, area.h};
  const Rect seen{column.x + gap / 2, top, grid.pitch - gap, grid.diameter + grid.gap + grid.label_height};
  return {column,
          seen,
          {column.centre().x, top + grid.diameter / 2},
          {seen.x, top + grid.diameter + grid.gap, seen.w, grid.label_height}};
}

// A face that was not chosen steps back; in high contrast it keeps its full strength.
void one_face(Frame& frame, Point centre, Mm radius, Id id, float v, bool selected, bool any) {
  const Palette& p = frame.theme.palette;
  const float target = selected ? 1.08f : any ? .93f : 1.f;
  const float size = frame.spring(id, target, select_spring);
  const auto pressed = frame.press(id, square(centre, radius));
  const Mm r = radius * size;
  frame.colors(p.face_ink, face_color(p, v));
  face(frame, centre, r, {.v = v, .shadow = .8f});
  if (any && !selected && !p.flat) frame.paint.circle(centre, r * 1.22f, faded(p.card, .36f));
  if (selected) {
    const Color ring = p.flat ? p.accent : mix(face_color(p, v), p.ink, .16f);
    frame.paint.stroke_circle(centre, r * 1.115f, r * .065f, ring);
  }
}

// ------------------------------------------------------------------------------------------------ numbers

constexpr Mm least_pitch = 15;

struct NumberGrid {
  int per_row, rows;
  Mm pad, pitch, key_height, gap, label_gap, label_height;
  // In two rows the words of each end stand beside their own row, above the first and below the last, where
  // there is height for it.
  int label_rows;
  Mm height() const {
    const auto n = static_cast<float>(rows);
    return 2 * pad + n * key_height + (n - 1) * gap +
           (label_height > 0 ? static_cast<float>(label_rows) * (label_gap + label_height) : 0);
  }
};

// The words stand at the ends of the scale, whatever the language's direction.
Label end_label(Frame& frame, std::string_view words, bool left) {
  const Theme& theme = frame.theme;
  return {.text = words,
          .style = theme.type.small,
          .color = theme.palette.ink_soft,
          .background = theme.palette.card,
          .align = left != frame.is_rtl() ? Align::start : Align::end,
          .valign = VAlign::top,
          .max_lines = 3,
          .least = theme.type.small.size * .75f};
}

// In half of the width each, or where they stand in rows of their own, in all of it.
Mm end_label_height(Frame& frame, Mm width, std::string_view low, std::string_view high, int rows = 1) {
  if (low.empty() && high.empty()) return 0;
  const Mm half = rows > 1 ? width : width * .47f;
  return std::max(frame.label_height(half, end_label(frame, low, true)),
                  frame.label_height(half, end_label(frame, high, false)));
}

NumberGrid number_grid(Frame& frame, Mm width, const NumberRowView& view) {
  const Theme& theme = frame.theme;
  const int n = view.high - view.low + 1;
  NumberGrid grid{};
  // The margin gives way before the keys of a narrow glass do.
  const Mm margin = std::clamp((width - 6 * theme.touch.answer) / 2, 1.f, theme.space.s);
  const Mm inner = width - 2 * margin;
  const bool one_row = inner / static_cast<float>(n) >= least_pitch;
  grid.per_row = one_row ? n : (n + 1) / 2;
  grid.rows = one_row ? 1 : 2;
  grid.pitch = std::min(inner / static_cast<float>(grid.per_row), 44.f);
  const bool is_low = grid.rows == 2 && frame.display.usable().h < 200;
  grid.pad = theme.space.m;
  grid.label_rows = grid.rows == 2 && !is_low ? 2 : 1;
  grid.key_height = std::clamp(grid.pitch * 1.32f, theme.touch.answer, is_low ? 22.f : 34.f);
  grid.gap = theme.touch.gap;
  grid.label_gap = theme.space.s;
  grid.label_height = end_label_height(frame, grid.pitch * static_cast<float>(grid.per_row) - theme.touch.gap,
                                       view.low_label, view.high_label, grid.label_rows);
  return grid;
}

void number_key(Frame& frame, const Rect& key, Id id, const std::string& digits, bool selected) {
  const Palette& p = frame.theme.palette;
  const float on = frame.spring(id, selected ? 1.f : 0.f, select_spring);
  const float t = std::clamp(on, 0.f, 1.f);
  const auto pressed = frame.press(id, key, 1 + .06f * on);
  const Mm radius = std::min(frame.theme.radius.key, key.w * .3f);
  if (t > .02f && !p.flat)
    frame.paint.shadow(key, radius, 6, 2.4f, faded(mix(p.accent, p.shadow, .3f), .34f * t));
  frame.paint.round_rect(key, radius, mix(p.tint, p.accent, t));
  if (t < .98f) frame.paint.stroke_round_rect(key, radius, p.flat ? .6f : .35f, p.outline);
  TextStyle style = frame.theme.type.number;
  style.size = std::min(style.size, key.w * .62f);
  frame.label(key, {.text = digits,
                    .style = style,
                    .color = selected ? p.on_accent : p.ink,
                    .background = selected ? p.accent : p.tint,
                    .align = Align::centre});
}

// ------------------------------------------------------------------------------------------------ stars

constexpr Mm largest_star = 40;

// A five-pointed star with soft points: the outline in polar form between two radii, rounded.
std::array<Point, 80> star_outline(Point c, Mm radius) {
  std::array<Point, 80> outline;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const float angle = 2 * pi * static_cast<float>(i) / static_cast<float>(outline.size()) - pi / 2;
    // Distance to the straight edge between a point (radius 1) and a valley (radius .53), 36° apart.
    const float sector = std::fabs(std::remainder(angle + pi / 2, 2 * pi / 5));
    constexpr float valley = .57f, step = pi / 5;
    const float edge = valley * std::sin(step) / (valley * std::sin(step - sector) + std::sin(sector));
    const float soft = 1 - .13f * std::exp(-sector * sector / .022f);  // takes the needle off
    outline[i] = c + Point{std::cos(angle), std::sin(angle)} * (radius * edge * soft);
  }
  return outline;
}

}  // namespace

std::optional<int> face_scale(Frame& frame, const Rect& area, const FaceScaleView& view) {
  const FaceGrid grid = face_grid(frame, area.w, view);
  card(frame, area);
  std::optional<int> tapped;
  for (int place = 0; place < grid.count; ++place) {
    const int answer = view.order == ScaleOrder::worst_left ? place : grid.count - 1 - place;
    const Id id = view.id.at(answer);
    const bool selected = answer == view.selected;
    const FacePlace at = face_place(frame, area, grid, place);
    const std::string_view words = view.labels[static_cast<std::size_t>(answer)];
    if (frame.target({.id = id,
                      .rect = at.seen,
                      .hit = at.hit,
                      .role = Role::face,
                      .label = words,
                      .selected = selected}))
      tapped = answer;
    one_face(frame, at.face, grid.diameter / 2, id, face_position(answer, grid.count), selected,
             view.selected >= 0);
    Label label = face_label(frame.theme, grid.words, words, selected);
    if (grid.stacked) label.align = Align::start, label.valign = VAlign::middle;
    frame.label(at.words, label);
  }
  return tapped;
}

Mm face_scale_height(Frame& frame, Mm width, const FaceScaleView& view) {
  return face_grid(frame, width, view).height();
}

std::optional<int> number_row(Frame& frame, const Rect& area, const NumberRowView& view) {
  const NumberGrid grid = number_grid(frame, area.w, view);
  card(frame, area);
  const int n = view.high - view.low + 1;
  const Mm words_above =
      grid.label_rows > 1 && grid.label_height > 0 ? grid.label_gap + grid.label_height : 0;
  const Mm top = area.y + (area.h - grid.height()) / 2 + grid.pad + words_above;
  const Mm space = frame.theme.touch.gap;
  const Mm wide = grid.pitch * static_cast<float>(grid.per_row);
  std::optional<int> tapped;
  for (int place = 0; place < n; ++place) {
    const int row = place / grid.per_row, in_row = place % grid.per_row;
    const int keys = row + 1 < grid.rows ? grid.per_row : n - row * grid.per_row;
    // The columns stay columns: a shorter last row ends where the first one does.
    const Mm left = area.centre().x + wide / 2 - grid.pitch * static_cast<float>(keys);
    const Rect hit{left + static_cast<float>(in_row) * grid.pitch,
                   top + static_cast<float>(row) * (grid.key_height + grid.gap) - grid.gap / 2, grid.pitch,
                   grid.key_height + grid.gap};
    const Rect key = inset(hit, space / 2, grid.gap / 2);
    const int number = view.order == ScaleOrder::worst_left ? view.low + place : view.high - place;
    const Id id = view.id.at(number);
    const bool selected = view.selected == number;
    const std::string digits = std::to_string(number);
    if (frame.target(
            {.id = id, .rect = key, .hit = hit, .role = Role::number, .label = digits, .selected = selected}))
      tapped = number;
    number_key(frame, key, id, digits, selected);
  }
  if (grid.label_height > 0) {
    const bool worst_left = view.order == ScaleOrder::worst_left;
    const Rect keys{area.centre().x - wide / 2 + space / 2, 0, wide - space, grid.label_height};
    const Mm half = grid.label_rows > 1 ? keys.w : keys.w * .47f;
    const Mm below = area.y + (area.h + grid.height()) / 2 - grid.pad - grid.label_height;
    const Mm above = grid.label_rows > 1 ? top - grid.label_gap - grid.label_height : below;
    frame.label({keys.x, above, half, keys.h},
                end_label(frame, worst_left ? view.low_label : view.high_label, true));
    frame.label({keys.right() - half, below, half, keys.h},
                end_label(frame, worst_left ? view.high_label : view.low_label, false));
  }
  return tapped;
}

Mm number_row_height(Frame& frame, Mm width, const NumberRowView& view) {
  return number_grid(frame, width, view).height();
}

std::optional<int> stars(Frame& frame, const Rect& area, const StarsView& view) {
  const Palette& p = frame.theme.palette;
  card(frame, area);
  const Mm pad = frame.theme.space.m;
  const Mm pitch = std::min((area.w - 2 * pad) / static_cast<float>(view.count), largest_star * 1.25f);
  const Mm radius = std::min(pitch * .42f, largest_star / 2);
  const Mm left = area.centre().x - pitch * static_cast<float>(view.count) / 2;
  const Color gold = p.flat ? p.accent : rgb(0xF2A93B);
  std::optional<int> tapped;
  for (int i = 1; i <= view.count; ++i) {
    const Rect hit{left + static_cast<float>(i - 1) * pitch, area.y, pitch, pad * 2 + radius * 2};
    const Point c{hit.centre().x, area.y + pad + radius};
    const Id id = view.id.at(i);
    const bool on = i <= view.selected;
    const Rect star = square(c, radius);
    if (frame.target({.id = id,
                      .rect = star,
                      .hit = hit,
                      .role = Role::choice,
                      .label = std::to_string(i),
                      .selected = i == view.selected}))
      tapped = i;
    frame.colors(on ? mix(gold, p.ink, p.flat ? 0 : .30f) : p.outline, p.card);
    const float fill = frame.spring(id, on ? 1.f : 0.f, select_spring);
    const auto pressed = frame.press(id, star);
    frame.paint.blob(c, star_outline(c, radius), on ? mix(gold, p.ink, p.flat ? 0 : .30f) : p.outline);
    frame.paint.blob(c, star_outline(c, radius - std::max(.5f, radius * .05f)), p.tint);
    if (fill > .02f)
      frame.paint.blob(c, star_outline(c, (radius - std::max(.5f, radius * .05f)) * std::min(fill, 1.02f)),
                       gold);
  }
  const Mm label_height = end_label_height(frame, area.w - 2 * pad, view.low_label, view.high_label);
  if (label_height > 0) {
    const Mm half = (area.w - 2 * pad) * .47f, y = area.bottom() - pad - label_height;
    frame.label({area.x + pad, y, half, label_height}, end_label(frame, view.low_label, true));
    frame.label({area.right() - pad - half, y, half, label_height}, end_label(frame, view.high_label, false));
  }
  return tapped;
}

Mm stars_height(Frame& frame, Mm width, const StarsView& view) {
  const Mm pad = frame.theme.space.m;
  const Mm pitch = std::min((width - 2 * pad) / static_cast<float>(view.count), largest_star * 1.25f);
  const Mm radius = std::min(pitch * .42f, largest_star / 2);
  const Mm words = end_label_height(frame, width - 2 * pad, view.low_label, view.high_label);
  return 2 * pad + 2 * radius + (words > 0 ? words + frame.theme.space.s : 0);
}

}  // namespace halte::ui
