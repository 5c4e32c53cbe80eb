// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "app/ui/gallery/pages.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::ui::gallery {
namespace {

constexpr int opens = 9, hours = 12;  // 9 … 20

std::vector<TabView> tab_views(const Strings& strings) {
  constexpr std::array icons{Icon::gauge,  Icon::calendar, Icon::list, Icon::upload,
                             Icon::tablet, Icon::usb,      Icon::gear};
  std::vector<TabView> views;
  for (std::size_t i = 0; i < icons.size(); ++i) views.push_back({strings.tabs[i], icons[i]});
  return views;
}

// Tabs beside or below, title and periods above; what is left for the page.
Rect staff_frame(Frame& frame, const Strings& strings, int tab) {
  const Theme& theme = frame.theme;
  background(frame);
  Rect rest = frame.display.safe_area();
  const bool wide = frame.display.orientation() == Orientation::landscape;
  const auto views = tab_views(strings);
  const TabsView view{.tabs = views, .selected = tab};
  const Mm size = tabs_size(frame, view, wide);
  tabs(frame,
       wide ? take_start(rest, size, frame.direction, theme.space.m) : take_bottom(rest, size, theme.space.m),
       view, wide);
  Rect header =
      take_top(rest, std::max(segments_height(theme), theme.type.heading.size * 1.35f), theme.space.m);
  // Beside the title, or below it where the words are large.
  const bool beside = wide || theme.least_text == 0;
  const Rect periods = beside ? take_end(header, header.w * .62f, frame.direction, theme.space.s)
                              : take_top(rest, segments_height(theme), theme.space.m);
  segments(frame, periods, {.labels = strings.periods, .selected = 1});
  frame.label(header, {.text = strings.tabs[static_cast<std::size_t>(tab)],
                       .style = theme.type.heading,
                       .color = theme.palette.ink,
                       .background = theme.palette.background,
                       .least = theme.type.heading.size * .55f});
  return rest;
}

// A card with its title; what is left inside.
Rect titled(Frame& frame, const Rect& rect, std::string_view title, std::string_view detail = {}) {
  const Theme& theme = frame.theme;
  card(frame, rect);
  Rect rest = inset(rect, theme.space.m, theme.space.s);
  Rect line = take_top(rest, theme.type.label.size * 1.4f, theme.space.xxs);
  const Label label{.text = title,
                    .style = theme.type.label,
                    .color = theme.palette.ink,
                    .background = theme.palette.card,
                    .least = theme.type.label.size * .6f};
  // Large words have no room beside each other.
  if (detail.empty() || theme.least_text > 0) {
    frame.label(line, label);
    return rest;
  }
  Label second = label;
  second.text = detail;
  second.style = theme.type.small;
  second.color = theme.palette.ink_soft;
  second.align = Align::end;
  second.least = theme.type.small.size * .6f;
  frame.label(take_start(line, line.w * .42f, frame.direction), label);
  frame.label(line, second);
  return rest;
}

Mm titled_height(const Theme& theme, Mm inside) {
  return inside + 2 * theme.space.s + theme.type.label.size * 1.4f + theme.space.xxs;
}

void score_card(Frame& frame, const Rect& rect, const Strings& strings) {
  interval_bar(frame, titled(frame, rect, strings.score, strings.score_detail),
               {.lowest = 1,
                .highest = 5,
                .value = 3.9f,
                .low = 3.7f,
                .high = 4.1f,
                .before = 3.4f,
                .lowest_label = strings.moods[0],
                .highest_label = strings.moods[4]});
}

void moods_card(Frame& frame, const Rect& rect, const Strings& strings) {
  constexpr std::array shares{.06f, .11f, .17f, .38f, .28f};
  std::vector<std::string> figures;
  for (const float share : shares) figures.push_back(fmt::format("{:.0f} %", share * 100));
  std::vector<BarView> bars;
  for (std::size_t i = 5; i-- > 0;)
    bars.push_back({.label = strings.moods[i],
                    .figure = figures[i],
                    .share = shares[i] / .4f,
                    .color = frame.theme.palette.faces[i]});
  bar_list(frame, titled(frame, rect, strings.score), bars);
}

void reasons_card(Frame& frame, const Rect& rect, const Strings& strings) {
  constexpr std::array shares{.34f, .27f, .15f, .09f, .04f};
  constexpr float half = .055f, longest = .45f;
  std::vector<std::string> figures;
  for (const float share : shares)
    figures.push_back(fmt::format("{:.0f} % ({:.0f}–{:.0f})", share * 100, std::max(0.f, share - half) * 100,
                                  (share + half) * 100));
  std::vector<BarView> bars;
  for (std::size_t i = 0; i < shares.size(); ++i)
    bars.push_back({.label = strings.reasons[i + (i > 1 ? 2 : 0)],
                    .figure = figures[i],
                    .share = shares[i] / longest,
                    .low = std::max(0.f, shares[i] - half) / longest,
                    .high = (shares[i] + half) / longest});
  bar_list(frame, titled(frame, rect, strings.what_better), bars);
}

void heat_card(Frame& frame, const Rect& rect, const Strings& strings) {
  std::vector<std::string> names, words;
  for (int h = 0; h < hours; ++h) names.push_back(fmt::format("{}", opens + h));
  std::vector<HeatCell> cells;
  words.reserve(static_cast<std::size_t>(7 * hours));
  for (int day = 0; day < 7; ++day) {
    for (int hour = 0; hour < hours; ++hour) {
      const float busy =
          std::exp(-std::pow(static_cast<float>(hour) - 7.5f, 2.f) / 9) * (day == 5 ? 1.f : .7f);
      const float score = 4.7f - 2.1f * busy - .06f * static_cast<float>((day * 5 + hour * 3) % 7);
      words.push_back(fmt::format("{:.1f}", static_cast<double>(score)));
      words.back()[1] = ',';
      HeatCell cell{.kind = HeatCell::Kind::value, .value = (score - 2) / 3, .text = words.back()};
      if (hour < 1 || (hour == hours - 1 && day != 4)) cell = {.kind = HeatCell::Kind::too_few};
      if (day == 6) cell = {};
      cells.push_back(cell);
    }
  }
  const std::vector<std::string_view> columns(names.begin(), names.end());
  const Palette& p = frame.theme.palette;
  heat_map(frame, titled(frame, rect, strings.by_hour),
           {.rows = strings.weekdays,
            .columns = columns,
            .cells = cells,
            .low = mix(p.card, p.accent, .08f),
            .high = p.accent});
}

}  // namespace

void figures(Frame& frame, const Strings& strings) {
  const Theme& theme = frame.theme;
  Rect rest = staff_frame(frame, strings, 0);
  const Mm gap = theme.space.s;
  const Mm score = titled_height(theme, interval_bar_height(theme));
  const Mm bars = titled_height(theme, bar_list_height(theme, 5));
  const Mm map = titled_height(theme, heat_map_height(theme, 7) * (theme.least_text > 0 ? 1 : .75f));
  if (frame.display.orientation() == Orientation::landscape) {
    const auto columns = split_columns(rest, 2, gap);
    Rect start = frame.is_rtl() ? columns[1] : columns[0], end = frame.is_rtl() ? columns[0] : columns[1];
    score_card(frame, take_top(start, score, gap), strings);
    moods_card(frame, start, strings);
    if (end.h >= bars + gap + map) heat_card(frame, take_top(end, end.h - bars - gap, gap), strings);
    reasons_card(frame, end, strings);
    return;
  }
  score_card(frame, take_top(rest, score, gap), strings);
  if (rest.h > 2 * bars + map + 2 * gap) moods_card(frame, take_top(rest, bars, gap), strings);
  if (rest.h >= bars) reasons_card(frame, take_top(rest, bars, gap), strings);
  if (rest.h >= map) heat_card(frame, rest, strings);
}

void figures_table(Frame& frame, const Strings& strings) {
  const Theme& theme = frame.theme;
  Rect rest = staff_frame(frame, strings, 1);
  const Mm side = std::max(theme.touch.secondary, 16 * theme.scale);
  std::vector<std::vector<std::string>> rows;
  for (int week = 0; week < 2; ++week) {
    for (std::size_t i = 0; i < 7; ++i) {
      const int answers = 41 + static_cast<int>(i * 37 % 90) + week * 11;
      rows.push_back({std::string(strings.weekdays[i]), fmt::format("{}", answers),
                      fmt::format("3,{}", (i * 3 + 1) % 10), fmt::format("{} %", 61 + i * 5 % 17)});
    }
  }
  Rect pager = take_bottom(rest, side, theme.space.s);
  const Rect wanted{rest.x, rest.y, rest.w, 2 * theme.space.m + table_height(theme, 14)};
  const Rect plate = take_top(rest, std::min(rest.h, wanted.h));
  card(frame, plate);
  const int pages = table(frame, inset(plate, theme.space.m), {.columns = strings.columns, .rows = rows});
  icon_button(frame, take_start(pager, side, frame.direction, theme.space.s),
              {.id = "earlier", .icon = Icon::back, .label = "earlier"});
  icon_button(frame, take_end(pager, side, frame.direction, theme.space.s),
              {.id = "later", .icon = Icon::forward, .label = "later"});
  frame.label(pager, {.text = fmt::format("1 / {}", pages),
                      .style = theme.type.small,
                      .color = theme.palette.ink_soft,
                      .background = theme.palette.background_low,
                      .align = Align::centre});
}

// Every icon of the staff's, and choices of two, three and four.
void staff_tabs(Frame& frame, const Strings& strings) {
  const Theme& theme = frame.theme;
  Rect rest = staff_frame(frame, strings, 6);
  constexpr std::array icons{Icon::gauge,   Icon::calendar, Icon::list,   Icon::chart, Icon::table,
                             Icon::upload,  Icon::tablet,   Icon::gear,   Icon::usb,   Icon::power,
                             Icon::restart, Icon::person,   Icon::receipt};
  const Rect plate = take_top(rest, rest.h * .4f, theme.space.m);
  card(frame, plate);
  const auto rows = split_rows(inset(plate, theme.space.m), 2);
  for (std::size_t i = 0; i < icons.size(); ++i) {
    const Rect cell = split_columns(rows[i / 7], 7)[i % 7];
    icon(frame, icons[i], cell.centre(), std::min({cell.w, cell.h, 24.f}) * .62f, theme.palette.ink);
  }
  const std::array<std::string_view, 2> two{strings.yes, strings.no};
  segments(frame, take_top(rest, segments_height(theme), theme.space.m),
           {.id = "two", .labels = two, .selected = 0});
  segments(frame, take_top(rest, segments_height(theme), theme.space.m),
           {.id = "four", .labels = std::span(strings.columns), .selected = 2});
  Rect hatched = take_top(rest, std::min(rest.h, 30 * theme.scale));
  card(frame, hatched);
  hatch(frame, inset(hatched, theme.space.s));
}

}  // namespace halte::ui::gallery
