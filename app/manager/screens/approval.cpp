// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

constexpr Mm most_plate = 110;  // read from a metre away, over the shoulder of whoever set the kiosk up

Wish draw_buttons(Frame& frame, const Rect& place, const model::ApprovalView& view) {
  auto places = split_columns(place, int(view.actions.size()) + 1, frame.theme.touch.gap);
  if (frame.is_rtl()) std::ranges::reverse(places);
  Wish wish;
  if (button(frame, places.front(), {.id = "leave", .label = view.leave, .kind = ButtonKind::secondary}))
    wish = model::Leave{};
  for (std::size_t i = 0; i < view.actions.size(); ++i)
    if (button(frame, places[i + 1],
               {.id = Id(view.actions[i].id), .label = view.actions[i].label, .kind = ButtonKind::secondary}))
      wish = view.actions[i].wish;
  return wish;
}

// What the phone reads, and under it what a person compares.
void draw_sign(Frame& frame, Rect place, const model::ApprovalView& view) {
  const Theme& theme = frame.theme;
  Label letters = on_glass(frame, view.fingerprint, is_low(frame) ? theme.type.label : theme.type.heading,
                           theme.palette.ink);
  letters.align = Align::centre;
  const Mm letters_h = frame.label_height(place.w, letters);
  const Mm side = std::min({place.w, place.h - letters_h - theme.space.m, most_plate});
  Rect block = centred(place, place.w, side + theme.space.m + letters_h);
  qr_plate(frame, centred(take_top(block, side, theme.space.m), side, side), *view.qr);
  frame.label(block, letters);
}

// Numbered, each on as many lines as it needs.
void draw_steps(Frame& frame, Rect place, const model::ApprovalView& view) {
  const Theme& theme = frame.theme;
  const TextStyle& style = is_low(frame) ? theme.type.small : theme.type.body;
  const Mm number_w = style.size * 1.8f;
  for (std::size_t i = 0; i < view.steps.size(); ++i) {
    const std::string number = std::to_string(i + 1) + ".";
    const Label step = on_glass(frame, view.steps[i], style, theme.palette.ink, 4);
    const Mm height = frame.label_height(place.w - number_w, step);
    if (height > place.h) return;
    Rect row = take_top(place, height, is_low(frame) ? theme.space.s : theme.space.m);
    Rect beside = take_start(row, number_w, frame.direction);
    beside.h = std::min(beside.h, style.size * style.leading);
    frame.label(beside, on_glass(frame, number, style, theme.palette.ink_soft));
    frame.label(row, step);
  }
}

Mm steps_height(Frame& frame, Mm width, const model::ApprovalView& view) {
  const Theme& theme = frame.theme;
  const TextStyle& style = is_low(frame) ? theme.type.small : theme.type.body;
  Mm height = 0;
  for (const std::string& step : view.steps)
    height +=
        frame.label_height(width - style.size * 1.8f, on_glass(frame, step, style, theme.palette.ink, 4)) +
        (is_low(frame) ? theme.space.s : theme.space.m);
  return height;
}

}  // namespace

Wish draw_approval(Frame& frame, const Rect& area, const model::ApprovalView& view) {
  const Theme& theme = frame.theme;
  Rect rest = area;
  const Mm gap = is_low(frame) ? theme.space.s : theme.space.m;
  const Wish wish = draw_buttons(frame, take_bottom(rest, button_height(theme), gap), view);
  const Label title =
      on_glass(frame, view.title, is_low(frame) ? theme.type.label : theme.type.title, theme.palette.ink, 2);
  const Label said = on_glass(frame, view.said, theme.type.small,
                              view.is_trouble ? theme.palette.error : theme.palette.ink_soft, 4);
  const bool is_asked = view.qr && (view.is_trouble || !view.actions.empty());
  if (is_wide(frame) && is_asked)
    draw_sign(frame, take_end(rest, rest.w * .42f, frame.direction, theme.space.xl), view);
  put(frame, rest, title, gap);
  const Mm said_h = frame.label_height(rest.w, said);
  if (!is_asked) return put(frame, rest, said, gap), wish;
  frame.label(take_bottom(rest, std::min(said_h, rest.h), gap), said);
  draw_steps(frame, take_top(rest, std::min(rest.h, steps_height(frame, rest.w, view)), gap), view);
  if (!is_wide(frame)) draw_sign(frame, rest, view);
  return wish;
}

}  // namespace halte::manager::screens
