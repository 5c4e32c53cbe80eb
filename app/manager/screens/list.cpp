// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

// Buttons beside each other: a small glass has no height for a column of them.
bool is_beside(const Frame& frame) { return is_wide(frame) || frame.display.panel() == PanelClass::small; }

Wish draw_actions(Frame& frame, const Rect& place, const std::vector<model::ActionView>& actions) {
  const Mm gap = frame.theme.touch.gap;
  auto places = is_beside(frame) ? split_columns(place, int(actions.size()), gap)
                                 : split_rows(place, int(actions.size()), gap);
  if (is_beside(frame) && frame.is_rtl()) std::ranges::reverse(places);
  Wish wish;
  for (std::size_t i = 0; i < actions.size(); ++i)
    if (button(frame, places[i],
               {.id = Id(actions[i].id), .label = actions[i].label, .kind = ButtonKind::secondary}))
      wish = actions[i].wish;
  return wish;
}

// In a low row one line, as small as it has to be.
Label fit_row(Label label, Mm row) {
  label.max_lines = row >= 2 * label.style.size * label.style.leading ? 2 : 1;
  label.style.size = std::min(label.style.size, row / 1.75f);  // a script may need more leading than Latin
  label.least = label.style.size * .45f;
  label.balanced = false;
  return label;
}

void draw_fact(Frame& frame, Rect row, const model::FactView& fact) {
  const Theme& theme = frame.theme;
  const Rect name = take_start(row, row.w * .46f, frame.direction, theme.space.s);
  frame.label(name, fit_row(soft_on_card(frame, fact.label, theme.type.small), row.h));
  Label value = fit_row(on_card(frame, fact.value, theme.type.label), row.h);
  value.align = Align::end;
  frame.label(row, value);
}

// In two columns where the rows of one would be too low.
void draw_facts(Frame& frame, const Rect& area, const model::ListView& view) {
  const Theme& theme = frame.theme;
  const Label title = on_card(frame, view.title, is_low(frame) ? theme.type.label : theme.type.heading);
  const Mm pad = is_low(frame) ? theme.space.m : theme.space.l;
  const Mm title_h = frame.label_height(area.w - 2 * pad, title);
  const Mm wanted = theme.type.label.size * 2.2f, room = area.h - 2 * pad - title_h - theme.space.m;
  const int n = int(view.facts.size());
  const int columns = wanted * .8f * float(n) > room ? 2 : 1,
            lines = std::max(1, (n + columns - 1) / columns);
  const Mm row = std::min(wanted, room / float(lines));
  Rect place = area;
  place = take_top(place, std::min(area.h, row * float(lines) + 2 * pad + title_h + theme.space.m));
  card(frame, place);
  Rect inside = inset(place, pad);
  frame.label(take_top(inside, title_h, theme.space.m), title);
  auto parts = split_columns(inside, columns, theme.space.l);
  if (frame.is_rtl()) std::ranges::reverse(parts);
  for (int i = 0; i < n; ++i) {
    const Rect& part = parts[std::size_t(i / lines)];
    draw_fact(frame, {part.x, part.y + row * float(i % lines), part.w, row}, view.facts[std::size_t(i)]);
  }
}

}  // namespace

Wish draw_list(Frame& frame, const Rect& area, const model::ListView& view) {
  const Theme& theme = frame.theme;
  Rect rest = is_low(frame) ? area : narrowed(area, 320);
  Wish wish;
  if (!view.actions.empty()) {
    const int lines = is_beside(frame) ? 1 : int(view.actions.size());
    const Mm height = button_height(theme) * float(lines) + theme.touch.gap * float(lines - 1);
    wish = draw_actions(frame, take_bottom(rest, height, theme.space.m), view.actions);
  }
  if (!view.said.empty()) {
    const Label said{.text = view.said,
                     .style = theme.type.small,
                     .color = view.is_trouble ? theme.palette.error : theme.palette.ok,
                     .background = theme.palette.background_low,
                     .align = Align::centre,
                     .max_lines = 2,
                     .least = theme.type.small.size * .7f};
    frame.label(take_bottom(rest, frame.label_height(rest.w, said), theme.space.m), said);
  }
  draw_facts(frame, rest, view);
  return wish;
}

Wish draw_table(Frame& frame, const Rect& area, const model::TableView& view) {
  const Theme& theme = frame.theme;
  Rect rest = area;
  const std::vector<std::string_view> columns(view.columns.begin(), view.columns.end());
  const Rect buttons = take_bottom(rest, button_height(theme), theme.space.m);
  const Mm wanted = table_height(theme, int(view.rows.size())) + 2 * theme.space.l;
  const Rect place = take_top(rest, std::min(rest.h, std::max(wanted, rest.h * .5f)));
  card(frame, place);
  const int pages =
      table(frame, inset(place, theme.space.l), {.columns = columns, .rows = view.rows, .page = view.page});
  if (pages < 2) return {};
  const int page = std::min(view.page, pages - 1);
  const std::string label = view.next + " (" + std::to_string(page + 1) + "/" + std::to_string(pages) + ")";
  if (button(frame, centred(buttons, std::min(buttons.w, 110.f), buttons.h),
             {.id = "more", .label = label, .kind = ButtonKind::secondary}))
    return model::TurnTable{(page + 1) % pages};
  return {};
}

}  // namespace halte::manager::screens
