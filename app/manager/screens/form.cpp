// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/keyboard.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

Wish draw_fields(Frame& frame, const Rect& place, const model::FormView& view) {
  const int n = int(view.fields.size());
  auto places = is_wide(frame) ? split_columns(place, n, frame.theme.space.m)
                               : split_rows(place, n, frame.theme.space.m);
  if (is_wide(frame) && frame.is_rtl()) std::ranges::reverse(places);
  Wish wish;
  for (int i = 0; i < n; ++i) {
    const model::FieldView& field = view.fields[std::size_t(i)];
    if (text_field(frame, places[std::size_t(i)],
                   {.id = Id(field.id),
                    .label = field.label,
                    .text = field.text,
                    .placeholder = field.label,
                    .max_length = field.most,
                    .focused = i == view.selected,
                    .counter = false}))
      wish = model::ChooseField{i};
  }
  return wish;
}

// More than three have no width beside each other on a tall glass.
bool has_row_above(const Frame& frame, const model::FormView& view) {
  return !is_wide(frame) && view.actions.size() > 1;
}

// Back, and the deed itself; what else can be done between them, or in a row above.
Wish draw_buttons(Frame& frame, Rect place, const model::FormView& view) {
  const Mm gap = frame.theme.touch.gap;
  Wish wish;
  std::span<const model::ActionView> between = view.actions;
  if (has_row_above(frame, view)) {
    wish = draw_row(frame, take_top(place, button_height(frame.theme), gap), between);
    between = {};
  }
  auto places = split_columns(place, int(between.size()) + 2, gap);
  if (frame.is_rtl()) std::ranges::reverse(places);
  if (button(frame, places.front(), {.id = "leave", .label = view.leave, .kind = ButtonKind::secondary}))
    wish = model::Leave{};
  for (std::size_t i = 0; i < between.size(); ++i)
    if (button(frame, places[i + 1],
               {.id = Id(between[i].id), .label = between[i].label, .kind = ButtonKind::secondary}))
      wish = between[i].wish;
  if (button(frame, places.back(),
             {.id = "submit", .label = view.submit, .kind = ButtonKind::primary, .enabled = view.can_submit}))
    wish = model::Submit{};
  return wish;
}

}  // namespace

Wish draw_form(Frame& frame, const Rect& area, const model::FormView& view) {
  const Theme& theme = frame.theme;
  Rect rest = area;
  const KeyboardView keys{.language = view.language,
                          .state = view.keyboard,
                          .typing = view.typing,
                          .done_label = view.done,
                          .space_label = view.space};
  const Mm gap = is_low(frame) ? theme.touch.gap : theme.space.m;
  const Rect keys_place = take_bottom(
      rest, std::min(keyboard_height(frame, rest.w, keys), rest.h * (is_low(frame) ? .54f : .6f)), gap);
  const int lines = is_wide(frame) ? 1 : int(view.fields.size());
  const Mm field = is_low(frame) ? theme.touch.secondary : theme.touch.answer;
  const Mm button_h = button_height(theme);
  const bool is_simple = is_wide(frame) && view.fields.size() == 1 && view.actions.empty();
  const Mm above = has_row_above(frame, view) ? button_h + theme.touch.gap : 0;
  Rect buttons = take_bottom(rest, button_h + above, gap), fields;
  if (is_wide(frame)) fields = is_simple ? buttons : take_bottom(rest, field, gap);
  if (is_simple) buttons = take_end(fields, fields.w * .48f, frame.direction, theme.space.m);
  const Label title =
      on_glass(frame, view.title, is_low(frame) ? theme.type.label : theme.type.heading, theme.palette.ink);
  const Label detail =
      on_glass(frame, view.detail, theme.type.small,
               view.is_mistake ? theme.palette.error : theme.palette.ink_soft, is_low(frame) ? 2 : 3);
  // What went wrong comes before what it is about.
  const Mm words = frame.label_height(rest.w, title) + theme.space.s + frame.label_height(rest.w, detail);
  if (words <= rest.h) put(frame, rest, title, theme.space.s);
  put(frame, rest, detail, theme.space.m);
  if (!is_wide(frame))
    fields = take_top(rest, std::min(rest.h, field * float(lines) + theme.space.m * float(lines - 1)));
  Wish wish = draw_fields(frame, fields, view);
  if (auto pressed = draw_buttons(frame, buttons, view)) wish = pressed;
  if (auto presses = keyboard(frame, keys_place, keys); !presses.empty())
    wish = model::Type{std::move(presses)};
  return wish;
}

}  // namespace halte::manager::screens
