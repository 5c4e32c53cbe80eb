// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "app/ui/widgets/chart_parts.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::ui {
namespace {

// What stands on a tab. In a column: icon and words beside each other, the mark around both. In a row: the
// mark around the icon, the words below it, all in one size.
struct TabPlan {
  bool vertical = false;
  bool selected_only = false;  // the words of the others do not fit
  int lines = 1;
  TextStyle style = {};
  Mm icon = 0, mark = 0, pad = 0;  // `mark`: its height
  Mm room = 0, words = 0;          // width and height of the words in a row
};

TextStyle tab_style(const Theme& theme, bool vertical) {
  TextStyle style = vertical ? theme.type.label : theme.type.small;
  style.weight = Weight::semibold;
  style.leading = 1.12f;
  if (vertical) style.size = std::max(style.size * .9f, theme.least_text);
  return style;
}

Label tab_label(const Theme& theme, const TabPlan& plan, std::string_view text, bool on) {
  const Palette& p = theme.palette;
  const bool on_mark = on && plan.vertical;
  return {.text = text,
          .style = plan.style,
          .color = on_mark               ? p.on_accent
                   : on || plan.vertical ? p.ink
                                         : p.ink_soft,
          .background = on_mark ? p.accent : p.card,
          .align = plan.vertical ? Align::start : Align::centre,
          .valign = plan.vertical ? VAlign::middle : VAlign::top,
          .max_lines = plan.lines,
          .least = plan.vertical ? least_words(theme) : 0};
}

std::vector<std::string_view> words_of(const TabsView& view) {
  std::vector<std::string_view> words;
  for (const TabView& tab : view.tabs) words.push_back(tab.label);
  return words;
}

// The words of the first and the last stay clear of the card's round corners.
Mm row_margin(const Theme& theme) { return theme.space.s; }

TabPlan plan_row(Frame& frame, const TabsView& view, Mm width) {
  const Theme& theme = frame.theme;
  TabPlan plan{.style = tab_style(theme, false), .pad = theme.space.xxs};
  plan.icon = theme.type.small.size * 1.35f;
  plan.mark = plan.icon * 1.6f;
  const auto words = words_of(view);
  plan.room = (width - 2 * row_margin(theme)) / static_cast<float>(std::max<std::size_t>(1, words.size())) -
              theme.touch.gap / 2;
  // Smaller than other words may be: the icon above says it too.
  const Mm least = plan.style.size * .54f;
  if (const auto one = fitted(frame, plan.style, plan.room, words, least)) {
    plan.style = *one;
  } else if (const auto two = fitted(frame, plan.style, plan.room, single_words(words), least)) {
    plan.style = *two;
    plan.lines = 2;
  }
  plan.selected_only = !std::ranges::all_of(words, [&](std::string_view text) {
    return frame.fits(plan.room, tab_label(theme, plan, text, true));
  });
  if (plan.selected_only) {
    plan.style = tab_style(theme, false);
    plan.lines = 1;
    plan.room = width - 2 * row_margin(theme);
  }
  for (const std::string_view text : words)
    plan.words = std::max(plan.words, frame.label_height(plan.room, tab_label(theme, plan, text, true)));
  return plan;
}

TabPlan plan_column(const Theme& theme) {
  TabPlan plan{.vertical = true, .style = tab_style(theme, true), .pad = theme.space.xs};
  plan.icon = theme.type.label.size * 1.05f;
  return plan;
}

Mm tab_height(const Theme& theme, const TabPlan& plan) {
  if (plan.vertical) return std::max(theme.touch.secondary, plan.style.size * 2.3f) + theme.touch.gap;
  return std::max(theme.touch.secondary, plan.mark + (plan.selected_only ? 0 : plan.pad * .4f + plan.words));
}

Mm row_height(const Theme& theme, const TabPlan& plan) {
  return tab_height(theme, plan) + (plan.selected_only ? plan.pad * .4f + plan.words : 0) + 3 * plan.pad;
}

// Where the mark of a tab lies: all of it in a column, around the icon in a row.
Rect mark_of(const TabPlan& plan, const Rect& seen) {
  if (plan.vertical) return seen;
  Rect rest = seen;
  if (plan.selected_only) return centred(rest, std::min(seen.w, plan.mark * 1.75f), plan.mark);
  const Rect row = take_top(rest, plan.mark);
  return centred(row, std::min(row.w, plan.mark * 1.75f), row.h);
}

void tab_body(Frame& frame, const Rect& seen, const TabPlan& plan, const TabView& tab, bool on) {
  const Theme& theme = frame.theme;
  const Color ink = on ? theme.palette.on_accent : theme.palette.ink;
  if (plan.vertical) {
    Rect rest = inset(seen, plan.pad, 0);
    const Point at = take_start(rest, plan.icon, frame.direction, plan.pad * 1.1f).centre();
    icon(frame, tab.icon, at, plan.icon, ink);
    frame.label(rest, tab_label(theme, plan, tab.label, on));
    return;
  }
  icon(frame, tab.icon, mark_of(plan, seen).centre(), plan.icon, ink);
  if (plan.selected_only) return frame.colors(ink, on ? theme.palette.accent : theme.palette.card);
  Rect rest = seen;
  const Rect words = take_bottom(rest, plan.words);
  frame.label(centred(words, plan.room, words.h), tab_label(theme, plan, tab.label, on));
}

}  // namespace

std::optional<int> tabs(Frame& frame, const Rect& rect, const TabsView& view, bool vertical) {
  const Theme& theme = frame.theme;
  if (view.tabs.empty()) return std::nullopt;
  const TabPlan plan = vertical ? plan_column(theme) : plan_row(frame, view, rect.w);
  card(frame, rect);
  const auto n = static_cast<float>(view.tabs.size());
  const Rect inside = vertical ? inset(rect, plan.pad) : inset(rect, row_margin(theme), plan.pad * 1.5f);
  const Mm gap = theme.touch.gap;
  const Mm height = std::min(tab_height(theme, plan), vertical ? inside.h / n : inside.h);
  const auto place = [&](float i) -> Rect {
    if (vertical) return {inside.x, inside.y + i * height, inside.w, height};
    return mirrored({inside.x + i * inside.w / n, inside.y, inside.w / n, height}, inside, frame.direction);
  };
  const auto seen_of = [&](float i) {
    return inset(place(i), vertical ? 0 : gap / 2, vertical ? gap / 2 : 0);
  };
  const Rect mark =
      mark_of(plan, seen_of(frame.spring(view.id, static_cast<float>(view.selected), glide_spring)));
  frame.paint.round_rect(mark,
                         vertical ? std::min(theme.radius.card - plan.pad * .5f, mark.h / 2) : mark.h / 2,
                         theme.palette.accent);
  std::optional<int> tapped;
  for (int i = 0; i < static_cast<int>(view.tabs.size()); ++i) {
    const TabView& tab = view.tabs[static_cast<std::size_t>(i)];
    const Rect seen = seen_of(static_cast<float>(i));
    const bool on = i == view.selected;
    if (frame.target({.id = view.id.at(i),
                      .rect = seen,
                      .hit = place(static_cast<float>(i)),
                      .role = Role::control,
                      .label = tab.label,
                      .selected = on}))
      tapped = i;
    const auto pressed = frame.press(view.id.at(i), seen);
    tab_body(frame, seen, plan, tab, on);
  }
  if (const auto on = static_cast<std::size_t>(view.selected); plan.selected_only && on < view.tabs.size()) {
    const Label label = tab_label(theme, plan, view.tabs[on].label, true);
    // Below its icon, or as near to that as the card's ends allow.
    const Mm width = std::min(plan.room, widest(frame, plan.style, {&label.text, 1}));
    const Mm x = seen_of(static_cast<float>(on)).centre().x - width / 2;
    frame.label(
        {std::clamp(x, inside.x, inside.right() - width), inside.bottom() - plan.words, width, plan.words},
        label);
  }
  return tapped;
}

Mm tabs_size(Frame& frame, const TabsView& view, bool vertical) {
  const Theme& theme = frame.theme;
  const Mm width = frame.display.safe_area().w;
  if (!vertical) return row_height(theme, plan_row(frame, view, width));
  constexpr float most = .4f;
  const TabPlan plan = plan_column(theme);
  const Mm words = widest(frame, plan.style, words_of(view));
  return std::min(words + plan.icon + 5.4f * plan.pad, width * most);
}

}  // namespace halte::ui
