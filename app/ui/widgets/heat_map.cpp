// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "app/ui/widgets/chart_parts.h"
#include "app/ui/widgets/charts.h"

namespace halte::ui {
namespace {

constexpr float lines_of_room =
    1.4f;  // a cell is so many sizes of its words high: of Arabic, which needs the most

struct HeatGrid {
  Rect cells = {};           // all of them
  Mm names = 0, header = 0;  // room beside and above them
  int rows = 0, columns = 0;

  Rect cell(int row, int column, Direction direction) const {
    const Mm w = cells.w / static_cast<float>(columns), h = cells.h / static_cast<float>(rows);
    return mirrored({cells.x + static_cast<float>(column) * w, cells.y + static_cast<float>(row) * h, w, h},
                    cells, direction);
  }
};

TextStyle axis_style(const Theme& theme) {
  TextStyle style = chart_words(theme);
  style.size = std::max(style.size * .86f, theme.least_text);
  style.tabular = true;
  return style;
}

Mm header_height(const Theme& theme) { return axis_style(theme).size * 1.5f; }

HeatGrid heat_grid(Frame& frame, const Rect& rect, const HeatMapView& view) {
  constexpr float most_names = .25f;
  HeatGrid grid{.rows = static_cast<int>(view.rows.size()), .columns = static_cast<int>(view.columns.size())};
  grid.header = header_height(frame.theme);
  grid.names = std::min(widest(frame, chart_words(frame.theme), view.rows), rect.w * most_names);
  Rect rest = rect;
  take_top(rest, grid.header);
  take_start(rest, grid.names, frame.direction, frame.theme.space.xs);
  grid.cells = rest;
  return grid;
}

void row_names(Frame& frame, const Rect& rect, const HeatGrid& grid, Words names) {
  const Mm least = least_words(frame.theme);
  TextStyle style = chart_words(frame.theme);
  style.size = std::max(least, std::min(style.size, grid.cell(0, 0, frame.direction).h / lines_of_room));
  style = fitted(frame, style, grid.names, names, least).value_or(style);
  for (int i = 0; i < grid.rows; ++i) {
    const Rect cell = grid.cell(i, 0, frame.direction);
    Rect row{rect.x, cell.y, rect.w, cell.h};
    frame.label(take_start(row, grid.names, frame.direction), {.text = names[static_cast<std::size_t>(i)],
                                                               .style = style,
                                                               .color = frame.theme.palette.ink,
                                                               .background = frame.theme.palette.card,
                                                               .least = least});
  }
}

// Every so many columns has its name, so that no two touch; above the middle of its column.
void column_names(Frame& frame, const Rect& rect, const HeatGrid& grid, Words names) {
  const TextStyle style = axis_style(frame.theme);
  const Mm width = widest(frame, style, names), pitch = grid.cells.w / static_cast<float>(grid.columns);
  int step = 1;
  while (step < grid.columns && static_cast<float>(step) * pitch < width + frame.theme.space.xxs) ++step;
  for (int i = 0; i < grid.columns; i += step) {
    const Rect above{grid.cell(0, i, frame.direction).x, rect.y, pitch, grid.header};
    const Rect box = centred(above, width, above.h);
    if (box.x < rect.x || box.right() > rect.right()) continue;
    frame.label(box, {.text = names[static_cast<std::size_t>(i)],
                      .style = style,
                      .color = frame.theme.palette.ink_soft,
                      .background = frame.theme.palette.card,
                      .align = Align::centre});
  }
}

// One style for the words of all values; none where the widest does not fit.
std::optional<TextStyle> value_style(Frame& frame, const Rect& cell, std::span<const HeatCell> cells) {
  std::vector<std::string_view> texts;
  for (const HeatCell& c : cells) {
    if (c.kind == HeatCell::Kind::value) texts.push_back(c.text);
  }
  TextStyle style = chart_figures(frame.theme);
  style.weight = Weight::medium;
  style.size = std::min(style.size, cell.h / lines_of_room);
  if (style.size < least_words(frame.theme)) return std::nullopt;
  return fitted(frame, style, cell.w * .82f, texts, least_words(frame.theme));
}

void value_cell(Frame& frame, const Rect& box, const HeatCell& cell, Color fill,
                const std::optional<TextStyle>& style) {
  const Palette& p = frame.theme.palette;
  const Mm side = std::min(box.w, box.h), radius = std::min(frame.theme.radius.key * .4f, side * .22f);
  const Color ink = words_on(fill);
  frame.paint.round_rect(box, radius, fill);
  if (p.flat) frame.paint.stroke_round_rect(box, radius, .3f, p.outline);
  if (style && !cell.text.empty()) {
    frame.label(
        box, {.text = cell.text, .style = *style, .color = ink, .background = fill, .align = Align::centre});
  } else {
    frame.paint.circle(box.centre(), side * (.05f + .27f * std::clamp(cell.value, 0.f, 1.f)), ink);
  }
}

}  // namespace

void heat_map(Frame& frame, const Rect& rect, const HeatMapView& view) {
  if (view.rows.empty() || view.columns.empty()) return;
  const HeatGrid grid = heat_grid(frame, rect, view);
  row_names(frame, rect, grid, view.rows);
  column_names(frame, rect, grid, view.columns);
  const Rect first = grid.cell(0, 0, frame.direction);
  const Mm gap = std::clamp(std::min(first.w, first.h) * .08f, .4f, 1.2f);
  const auto style = value_style(frame, inset(first, gap / 2), view.cells);
  const std::size_t count = std::min(view.cells.size(), view.rows.size() * view.columns.size());
  for (std::size_t i = 0; i < count; ++i) {
    const HeatCell& cell = view.cells[i];
    const int n = static_cast<int>(i);
    const Rect box = inset(grid.cell(n / grid.columns, n % grid.columns, frame.direction), gap / 2);
    switch (cell.kind) {
      case HeatCell::Kind::none: break;
      case HeatCell::Kind::too_few: hatch(frame, box); break;
      case HeatCell::Kind::value:
        value_cell(frame, box, cell, mix(view.low, view.high, cell.value), style);
        break;
    }
  }
}

Mm heat_map_height(const Theme& theme, int rows) {
  return header_height(theme) + static_cast<float>(rows) * theme.type.small.size * 1.7f;
}

}  // namespace halte::ui
