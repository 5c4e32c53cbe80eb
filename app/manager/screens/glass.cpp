// SPDX-License-Identifier: Apache-2.0
// The screens on which the glass itself is looked at: how large it is, and where it feels a finger.
#include <algorithm>
#include <cmath>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

// Of the glass, if the outline that is so much larger than a card is a card's.
double diagonal_in(const Display& display, float factor) {
  const double pixels = std::hypot(double(display.width_px), double(display.height_px));
  return pixels * double(display.scale) / (double(display.px_per_mm) * factor * 25.4);
}

void draw_outline(Frame& frame, const Rect& room, const model::MeasureView& view) {
  const Palette& p = frame.theme.palette;
  const float larger = view.factor / frame.display.scale;
  const Rect outline = centred(room, model::card_width_mm * larger, model::card_height_mm * larger);
  const Mm radius = model::card_radius_mm * larger;
  frame.paint.round_rect(outline, radius, p.card);
  frame.paint.stroke_round_rect(outline, radius, .5f, p.accent);
  Label width = on_card(frame, view.width, frame.theme.type.label);
  width.align = Align::centre;
  frame.label(inset(outline, frame.theme.space.m), width);
}

constexpr Mm field_side = 26;  // as a finger wipes: about its width and a half

struct Grid {
  Rect bounds;
  int columns, rows;
  Rect field(int i) const {
    const Mm w = bounds.w / float(columns), h = bounds.h / float(rows);
    return {w * float(i % columns), h * float(i / columns), w, h};
  }
};

Grid grid_of(const Display& display) {
  const Rect bounds = display.bounds();
  const auto count = [](Mm length) { return std::max(2, int(std::lround(length / field_side))); };
  return {bounds, count(bounds.w), count(bounds.h)};
}

void draw_grid(Frame& frame, const Grid& grid, const std::set<int>& touched) {
  const Palette& p = frame.theme.palette;
  for (int i = 0; i < grid.columns * grid.rows; ++i) {
    const Rect field = inset(grid.field(i), .6f);
    frame.paint.round_rect(field, 2, touched.contains(i) ? p.accent : p.card);
    if (p.flat) frame.paint.stroke_round_rect(field, 2, .5f, p.outline);
  }
}

void draw_cross(Frame& frame, const Rect& bounds, Point at) {
  const Color color = frame.theme.palette.error;
  frame.paint.rect({bounds.x, at.y - .25f, bounds.w, .5f}, color);
  frame.paint.rect({at.x - .25f, bounds.y, .5f, bounds.h}, color);
}

}  // namespace

Wish draw_measure(Frame& frame, const Rect& area, const model::MeasureView& view) {
  const Theme& theme = frame.theme;
  Rect rest = area;
  const Mm gap = is_low(frame) ? theme.space.s : theme.space.m;
  Rect buttons = take_bottom(rest, button_height(theme), gap);
  // Where a glass lies across there is no height for two rows of buttons and a card.
  const Rect steps = is_wide(frame) ? take_start(buttons, buttons.w * .5f, frame.direction, theme.space.l)
                                    : take_bottom(rest, button_height(theme), gap);
  Wish wish = draw_row(frame, steps, view.steps, true);
  auto places = split_columns(buttons, view.forget.empty() ? 2 : 3, theme.touch.gap);
  if (frame.is_rtl()) std::ranges::reverse(places);
  if (button(frame, places[0], {.id = "leave", .label = view.leave, .kind = ButtonKind::secondary}))
    wish = model::Leave{};
  if (!view.forget.empty() &&
      button(frame, places[1], {.id = "forget", .label = view.forget, .kind = ButtonKind::secondary}))
    wish = model::ForgetSize{};
  if (button(frame, places.back(), {.id = "keep", .label = view.keep, .kind = ButtonKind::primary}))
    wish = model::KeepSize{diagonal_in(frame.display, view.factor)};
  put(frame, rest,
      on_glass(frame, view.title, is_low(frame) ? theme.type.label : theme.type.heading, theme.palette.ink,
               2),
      theme.space.s);
  put(frame, rest, on_glass(frame, view.detail, theme.type.small, theme.palette.ink_soft, 3), theme.space.m);
  draw_outline(frame, rest, view);
  return wish;
}

Wish draw_touch_test(Frame& frame, const Rect& area, const model::TouchTestView& view) {
  const Theme& theme = frame.theme;
  const Grid grid = grid_of(frame.display);
  draw_grid(frame, grid, *view.touched);
  Wish wish;
  if (const auto at = frame.input.touch_point()) {
    for (int i = 0; i < grid.columns * grid.rows; ++i)
      if (grid.field(i).contains(*at) && !view.touched->contains(i))
        wish = model::TouchFields{grid.columns, grid.rows, {i}};
    draw_cross(frame, grid.bounds, *at);
  }
  const Mm width = std::min(area.w, 130.f);
  const Label title = on_card(frame, view.title, theme.type.label, 2);
  const Label detail = soft_on_card(frame, view.detail, theme.type.small, 3);
  const Mm pad = theme.space.m, inner = width - 2 * pad;
  const Mm title_h = frame.label_height(inner, title), detail_h = frame.label_height(inner, detail);
  const Rect plate =
      centred(area, width, title_h + theme.space.s + detail_h + pad + button_height(theme) + 2 * pad);
  card(frame, plate);
  Rect inside = inset(plate, pad);
  frame.label(take_top(inside, title_h, theme.space.s), title);
  frame.label(take_top(inside, detail_h, pad), detail);
  if (button(frame, inside, {.id = "leave", .label = view.leave, .kind = ButtonKind::primary}))
    wish = model::Leave{};
  return wish;
}

}  // namespace halte::manager::screens
