// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

Wish draw_step(Frame& frame, const Rect& place, Icon icon, const model::ActionView& step, bool has_more) {
  const Mm side = frame.theme.touch.secondary;
  const bool tapped = icon_button(
      frame, centred(place, side, side),
      {.id = Id(step.id), .icon = icon, .label = step.label, .enabled = has_more, .repeats = true});
  return tapped ? Wish(step.wish) : Wish{};
}

// What it is, and between two buttons how it stands.
Wish draw_knob(Frame& frame, Rect row, const model::KnobView& knob) {
  const Theme& theme = frame.theme;
  const Mm side = theme.touch.secondary;
  const Mm least = 2 * side + 22, most = 2 * side + 50 * theme.scale;
  Rect dial =
      take_end(row, std::clamp(row.w * .55f, least, std::max(least, most)), frame.direction, theme.space.s);
  frame.label(
      row, fit_row(on_card(frame, knob.label, is_tight(frame) ? theme.type.small : theme.type.label), side));
  const Rect less = take_start(dial, side, frame.direction), more = take_end(dial, side, frame.direction);
  Label value = fit_row(on_card(frame, knob.value, theme.type.label), side);
  value.align = Align::centre;
  frame.label(inset(dial, 1, 0), value);
  Wish wish = draw_step(frame, less, knob.is_choice ? Icon::back : Icon::minus, knob.less, knob.has_less);
  if (auto up = draw_step(frame, more, knob.is_choice ? Icon::forward : Icon::plus, knob.more, knob.has_more))
    wish = up;
  return wish;
}

// In two columns where the rows of one would be too low; a title and facts where they have room.
Wish draw_plate(Frame& frame, Rect place, const model::SettingsView& view) {
  const Theme& theme = frame.theme;
  const Mm pad = is_tight(frame) ? theme.space.s : theme.space.l;
  const Label title = on_card(frame, view.title, theme.type.heading);
  const Mm title_h = frame.label_height(place.w, title) + theme.space.m;
  const Mm row = theme.touch.secondary + theme.touch.gap, fact_h = theme.type.label.size * 2.2f;
  const int n = int(view.knobs.size());
  const int columns = row * float(n) + 2 * pad > place.h ? 2 : 1, lines = (n + columns - 1) / columns;
  Mm height = row * float(lines) + 2 * pad;
  const bool has_title = height + title_h <= place.h;
  if (has_title) height += title_h;
  const bool has_facts = height + fact_h * float(view.facts.size()) <= place.h;
  if (has_facts) height += fact_h * float(view.facts.size());
  place = take_top(place, height);
  card(frame, place);
  Rect inside = inset(place, pad);
  if (has_title) frame.label(take_top(inside, title_h - theme.space.m, theme.space.m), title);
  auto parts = split_columns(take_top(inside, row * float(lines)), columns, theme.space.l);
  if (frame.is_rtl()) std::ranges::reverse(parts);
  Wish wish;
  for (int i = 0; i < n; ++i) {
    const Rect& part = parts[std::size_t(i / lines)];
    if (auto turned = draw_knob(frame, {part.x, part.y + row * float(i % lines), part.w, row},
                                view.knobs[std::size_t(i)]))
      wish = turned;
  }
  for (std::size_t i = 0; has_facts && i < view.facts.size(); ++i)
    draw_fact(frame, take_top(inside, fact_h), view.facts[i]);
  return wish;
}

}  // namespace

Wish draw_settings(Frame& frame, const Rect& area, const model::SettingsView& view) {
  const Theme& theme = frame.theme;
  Rect rest = is_low(frame) ? area : narrowed(area, 320);
  const int n = int(view.actions.size());
  Wish wish;
  if (is_low(frame)) {  // where height is dear
    Rect column = take_end(rest, 44, frame.direction, theme.space.m);
    const Mm height = button_height(theme) * float(n) + theme.touch.gap * float(n - 1);
    const auto places = split_rows(take_top(column, height), n, theme.touch.gap);
    for (int i = 0; i < n; ++i)
      if (auto tapped =
              draw_row(frame, places[std::size_t(i)], std::span(view.actions).subspan(std::size_t(i), 1)))
        wish = tapped;
  } else {
    wish = draw_actions(frame, take_bottom(rest, actions_height(frame, n), theme.space.m), view.actions);
  }
  draw_said(frame, rest, view.said, view.is_trouble);
  if (auto turned = draw_plate(frame, rest, view)) wish = turned;
  return wish;
}

}  // namespace halte::manager::screens
