// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

// How many buttons stand beside each other: a small glass has no height for a column of them, and upright no
// width for more than three.
int action_columns(const Frame& frame, int count) {
  if (is_wide(frame)) return count;
  if (frame.display.panel() != PanelClass::small) return 1;
  return count > 3 ? 2 : count;
}

int lines_of(int count, int columns) { return (count + columns - 1) / columns; }

}  // namespace

Label fit_row(Label label, Mm row) {
  label.max_lines = row >= 2 * label.style.size * label.style.leading ? 2 : 1;
  label.style.size = std::min(label.style.size, row / 1.75f);  // a script may need more leading than Latin
  label.least = label.style.size * .45f;
  label.balanced = false;
  return label;
}

Wish draw_row(Frame& frame, const Rect& place, std::span<const model::ActionView> actions, bool repeats) {
  auto places = split_columns(place, int(actions.size()), frame.theme.touch.gap);
  if (frame.is_rtl()) std::ranges::reverse(places);
  Wish wish;
  for (std::size_t i = 0; i < actions.size(); ++i)
    if (button(frame, places[i],
               {.id = Id(actions[i].id),
                .label = actions[i].label,
                .kind = ButtonKind::secondary,
                .repeats = repeats}))
      wish = actions[i].wish;
  return wish;
}

Wish draw_actions(Frame& frame, const Rect& place, const std::vector<model::ActionView>& actions) {
  const int n = int(actions.size()), columns = action_columns(frame, n), lines = lines_of(n, columns);
  const auto places = split_rows(place, lines, frame.theme.touch.gap);
  Wish wish;
  for (int line = 0; line < lines; ++line) {
    const int from = line * columns, count = std::min(columns, n - from);
    if (auto tapped = draw_row(frame, places[std::size_t(line)],
                               std::span(actions).subspan(std::size_t(from), std::size_t(count))))
      wish = tapped;
  }
  return wish;
}

Mm actions_height(const Frame& frame, int count) {
  const int lines = lines_of(count, action_columns(frame, count));
  return button_height(frame.theme) * float(lines) + frame.theme.touch.gap * float(lines - 1);
}

void draw_said(Frame& frame, Rect& rest, const std::string& text, bool is_trouble) {
  if (text.empty()) return;
  const Theme& theme = frame.theme;
  const Label said{.text = text,
                   .style = theme.type.small,
                   .color = is_trouble ? theme.palette.error : theme.palette.ok,
                   .background = theme.palette.background_low,
                   .align = Align::centre,
                   .max_lines = 2,
                   .least = theme.type.small.size * .7f};
  frame.label(
      take_bottom(rest, frame.label_height(rest.w, said), is_low(frame) ? theme.space.s : theme.space.m),
      said);
}

void draw_fact(Frame& frame, Rect row, const model::FactView& fact) {
  const Theme& theme = frame.theme;
  const Rect name = take_start(row, row.w * .46f, frame.direction, theme.space.s);
  frame.label(name, fit_row(soft_on_card(frame, fact.label, theme.type.small), row.h));
  Label value = fit_row(on_card(frame, fact.value, theme.type.label), row.h);
  value.align = Align::end;
  frame.label(row, value);
}

namespace {

// In two columns where the rows of one would be too low.
void draw_facts(Frame& frame, const Rect& area, const model::ListView& view) {
  const Theme& theme = frame.theme;
  const Label title = on_card(frame, view.title, is_low(frame) ? theme.type.label : theme.type.heading);
  const Mm pad = is_low(frame) ? theme.space.m : theme.space.l;
  const Mm title_h = frame.label_height(area.w - 2 * pad, title);
  const Mm wanted = theme.type.label.size * 2.2f, room = area.h - 2 * pad - title_h - theme.space.m;
  const int n = int(view.facts.size());
  const int columns = wanted * .8f * float(n) > room ? 2 : 1, lines = std::max(1, lines_of(n, columns));
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
  if (!view.actions.empty())
    wish =
        draw_actions(frame, take_bottom(rest, actions_height(frame, int(view.actions.size())), theme.space.m),
                     view.actions);
  draw_said(frame, rest, view.said, view.is_trouble);
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
