// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranges>
#include <vector>

#include "app/ui/widgets/chart_parts.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::ui {
namespace {

constexpr SpringSpec glide{20, .8f};  // of the mark, from one choice to the next

// ------------------------------------------------------------------------------------------------ segments

constexpr Mm segment_pad = 1.4f;

TextStyle segment_style(const Theme& theme) {
  TextStyle style = theme.type.label;
  style.size = std::max(style.size * .86f, theme.least_text);
  style.leading = 1.1f;
  return style;
}

Label segment_label(const Theme& theme, std::string_view text, bool on) {
  const TextStyle style = segment_style(theme);
  return {.text = text,
          .style = style,
          .color = on ? theme.palette.on_accent : theme.palette.ink,
          .background = on ? theme.palette.accent : theme.palette.card,
          .align = Align::centre,
          .max_lines = 2,
          .least = style.size * .6f};
}

// A line may end at a space, so so wide is what two lines of these words need at least.
Mm longest_word(Frame& frame, const TextStyle& style, std::string_view words) {
  Mm longest = 0;
  for (const auto part : std::views::split(words, ' '))
    longest = std::max(longest, frame.text.measure(style, std::string_view(part.begin(), part.end())));
  return longest;
}

// What each takes of the width: the same, or where its words then do not fit, by their longest word.
std::vector<Rect> segment_places(Frame& frame, const Rect& inside, Words labels) {
  const Mm around = 2 * frame.theme.touch.gap;
  const auto equal = split_columns(inside, static_cast<int>(labels.size()));
  const bool all_fit = std::ranges::all_of(labels, [&](std::string_view text) {
    return frame.fits(equal[0].w - around, segment_label(frame.theme, text, true));
  });
  std::vector<Mm> widths(labels.size(), equal[0].w);
  if (!all_fit) {
    std::ranges::transform(labels, widths.begin(), [&](std::string_view text) {
      return longest_word(frame, segment_style(frame.theme), text) + around;
    });
    const Mm spare = inside.w - std::reduce(widths.begin(), widths.end());
    for (Mm& width : widths) width += spare / static_cast<float>(widths.size());
  }
  std::vector<Rect> places;
  Rect rest = inside;
  for (const Mm width : widths) places.push_back(take_start(rest, width, frame.direction));
  return places;
}

// Between two of them while the mark glides.
Rect place_at(const std::vector<Rect>& places, float at) {
  const float last = static_cast<float>(places.size() - 1), i = std::clamp(at, 0.f, last);
  const Rect &a = places[static_cast<std::size_t>(i)],
             &b = places[static_cast<std::size_t>(std::min(std::floor(i) + 1, last))];
  const float t = i - std::floor(i);
  return {std::lerp(a.x, b.x, t), a.y, std::lerp(a.w, b.w, t), a.h};
}

// ------------------------------------------------------------------------------------------------ tabs

// What stands on a tab: icon and words beside each other in a column, below each other in a row.
struct TabPlan {
  bool vertical = false;
  bool selected_only = false;  // the words of the others do not fit
  int lines = 1;
  TextStyle style = {};
  Mm icon = 0, pad = 0;
  Mm room = 0, words = 0;  // width and height of the words in a row
};

TextStyle tab_style(const Theme& theme, bool vertical) {
  TextStyle style = vertical ? theme.type.label : theme.type.small;
  style.weight = Weight::semibold;
  style.leading = 1.12f;
  if (vertical) style.size = std::max(style.size * .9f, theme.least_text);
  return style;
}

Label tab_label(const TabPlan& plan, const Theme& theme, std::string_view text, bool on) {
  return {.text = text,
          .style = plan.style,
          .color = on ? theme.palette.on_accent : theme.palette.ink,
          .background = on ? theme.palette.accent : theme.palette.card,
          .align = plan.vertical ? Align::start : Align::centre,
          .max_lines = plan.lines,
          .least = least_words(theme)};
}

std::vector<std::string_view> words_of(const TabsView& view) {
  std::vector<std::string_view> words;
  for (const TabView& tab : view.tabs) words.push_back(tab.label);
  return words;
}

Mm row_inside(const Theme& theme, Mm width, std::size_t count) {
  return (width - 2 * theme.space.xxs) / static_cast<float>(std::max<std::size_t>(1, count)) -
         theme.touch.gap - 1.6f;
}

TabPlan plan_row(Frame& frame, const TabsView& view, Mm width) {
  const Theme& theme = frame.theme;
  TabPlan plan{
      .style = tab_style(theme, false), .icon = theme.type.small.size * 1.15f, .pad = theme.space.xxs};
  const auto words = words_of(view);
  plan.room = row_inside(theme, width, words.size());
  const Mm least = least_words(theme);
  if (const auto style =
          fitted(frame, plan.style, plan.room, words, std::max(least, plan.style.size * .8f))) {
    plan.style = *style;
  } else {
    plan.lines = 2;
    plan.selected_only = std::ranges::any_of(words, [&](std::string_view text) {
      return !frame.fits(plan.room, tab_label(plan, theme, text, true));
    });
    if (plan.selected_only) plan.lines = 1;
  }
  for (const std::string_view text : words)
    plan.words = std::max(plan.words, frame.label_height(plan.selected_only ? width : plan.room,
                                                         tab_label(plan, theme, text, true)));
  return plan;
}

TabPlan plan_column(const Theme& theme) {
  return {.vertical = true,
          .style = tab_style(theme, true),
          .icon = theme.type.label.size * 1.05f,
          .pad = theme.space.xs};
}

Mm tab_height(const Theme& theme, const TabPlan& plan) {
  if (plan.vertical) return std::max(theme.touch.secondary, plan.style.size * 2.3f) + theme.touch.gap;
  const Mm words = plan.selected_only ? 0 : plan.words + plan.pad * .5f;
  return std::max(theme.touch.secondary, plan.icon + words + 2.6f * plan.pad);
}

Mm row_height(const Theme& theme, const TabPlan& plan) {
  const Mm below = plan.selected_only ? plan.words + plan.pad : 0;
  return tab_height(theme, plan) + 2 * plan.pad + below;
}

void tab_body(Frame& frame, const Rect& seen, const TabPlan& plan, const TabView& tab, bool on) {
  const Theme& theme = frame.theme;
  const Color ink = on ? theme.palette.on_accent : theme.palette.ink;
  if (plan.vertical) {
    Rect rest = inset(seen, plan.pad, 0);
    const Point at = take_start(rest, plan.icon, frame.direction, plan.pad * 1.1f).centre();
    icon(frame, tab.icon, at, plan.icon, ink);
    frame.label(rest, tab_label(plan, theme, tab.label, on));
    return;
  }
  const Mm below = plan.selected_only ? 0 : plan.words + plan.pad * .5f;
  Rect rest = centred(seen, seen.w, plan.icon + below);
  icon(frame, tab.icon, take_top(rest, plan.icon).centre(), plan.icon, ink);
  if (plan.selected_only) return frame.colors(ink, on ? theme.palette.accent : theme.palette.card);
  const Rect words = take_bottom(rest, plan.words);
  frame.label(centred(words, plan.room, words.h), tab_label(plan, theme, tab.label, on));
}

}  // namespace

std::optional<int> segments(Frame& frame, const Rect& rect, const SegmentsView& view) {
  const Palette& p = frame.theme.palette;
  if (view.labels.empty()) return std::nullopt;
  const Mm radius = rect.h / 2, gap = frame.theme.touch.gap;
  if (!p.flat) frame.paint.shadow(rect, radius, 5.5f, 1.9f, faded(p.shadow, .11f));
  frame.paint.round_rect(rect, radius, p.card);
  frame.paint.stroke_round_rect(rect, radius, p.flat ? .5f : .3f, p.outline);
  const Rect inside = inset(rect, segment_pad, 0);
  const auto places = segment_places(frame, inside, view.labels);
  const float at = frame.spring(view.id, static_cast<float>(view.selected), glide);
  frame.paint.round_rect(inset(place_at(places, at), 0, segment_pad), radius - segment_pad, p.accent);
  std::optional<int> tapped;
  for (int i = 0; i < static_cast<int>(view.labels.size()); ++i) {
    const std::string_view text = view.labels[static_cast<std::size_t>(i)];
    const Rect box = places[static_cast<std::size_t>(i)], seen = inset(box, gap / 2, 0);
    const bool on = i == view.selected;
    if (frame.target({.id = view.id.at(i),
                      .rect = seen,
                      .hit = box,
                      .role = Role::control,
                      .label = text,
                      .selected = on}))
      tapped = i;
    const auto pressed = frame.press(view.id.at(i), seen);
    frame.label(inset(seen, gap / 2, 0), segment_label(frame.theme, text, on));
  }
  return tapped;
}

Mm segments_height(const Theme& theme) {
  // In large text there are two lines in it.
  const float lines = theme.least_text > 0 ? 2.9f : 2.1f;
  return std::max(theme.touch.secondary, segment_style(theme).size * lines);
}

std::optional<int> tabs(Frame& frame, const Rect& rect, const TabsView& view, bool vertical) {
  const Theme& theme = frame.theme;
  if (view.tabs.empty()) return std::nullopt;
  const TabPlan plan = vertical ? plan_column(theme) : plan_row(frame, view, rect.w);
  card(frame, rect);
  const auto n = static_cast<float>(view.tabs.size());
  const Rect inside = inset(rect, plan.pad);
  const Mm gap = theme.touch.gap,
           height = std::min(tab_height(theme, plan), vertical ? inside.h / n : rect.h);
  const auto place = [&](float i) -> Rect {
    if (vertical) return {inside.x, inside.y + i * height, inside.w, height};
    return mirrored({inside.x + i * inside.w / n, inside.y, inside.w / n, height}, inside, frame.direction);
  };
  const auto seen_of = [&](float i) {
    return inset(place(i), vertical ? 0 : gap / 2, vertical ? gap / 2 : 0);
  };
  const Mm radius = std::min(theme.radius.card - plan.pad * .5f, height / 2);
  const float at = frame.spring(view.id, static_cast<float>(view.selected), glide);
  frame.paint.round_rect(seen_of(at), radius, theme.palette.accent);
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
  const auto selected = static_cast<std::size_t>(view.selected);
  if (plan.selected_only && selected < view.tabs.size()) {
    Rect below = inside;
    Label label = tab_label(plan, theme, view.tabs[selected].label, false);
    frame.label(take_bottom(below, plan.words), label);
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
