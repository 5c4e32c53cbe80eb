// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "app/ui/widgets/chart_parts.h"
#include "app/ui/widgets/charts.h"

namespace halte::ui {
namespace {

using Row = std::vector<std::string>;

constexpr float row_lines = 1.9f, header_lines = 1.8f;  // heights, in sizes of the words

std::string_view cell_of(const Row& row, std::size_t column) {
  return column < row.size() ? std::string_view(row[column]) : std::string_view();
}

std::vector<std::string_view> cells_of(const TableView& view, std::size_t column) {
  std::vector<std::string_view> cells;
  for (const Row& row : view.rows) cells.push_back(cell_of(row, column));
  return cells;
}

// How a table stands: one size for all, and the columns' widths. No widths: the columns do not fit beside
// each other, and each row is a block.
struct TablePlan {
  Mm size = 0;
  int lines = 1;  // of a header and of a row's name
  std::vector<Mm> widths;
  std::vector<Mm> figures;  // the widest of each column
  Mm header = 0, row = 0, gap = 0;
};

Label cell_label(const Theme& theme, const TablePlan& plan, std::string_view text, std::size_t column) {
  TextStyle style = column == 0 ? chart_words(theme) : chart_figures(theme);
  if (column > 0) style.weight = Weight::medium;
  style.size = plan.size;
  return {.text = text,
          .style = style,
          .color = theme.palette.ink,
          .background = theme.palette.card,
          .align = column == 0 ? Align::start : Align::end,
          .max_lines = column == 0 ? plan.lines : 1};
}

Label header_label(const Theme& theme, const TablePlan& plan, std::string_view text, std::size_t column) {
  Label label = cell_label(theme, plan, text, column);
  label.style.weight = Weight::semibold;
  label.style.size = std::max(plan.size * .9f, theme.least_text);
  label.color = theme.palette.ink_soft;
  label.valign = VAlign::bottom;
  label.max_lines = plan.lines;
  return label;
}

// Side by side in this size and so many lines, or not at all. A figure and its sign stay in one line.
std::optional<TablePlan> plan_columns(Frame& frame, const TableView& view, Mm width, Mm size, int lines) {
  const Theme& theme = frame.theme;
  TablePlan plan{.size = size, .lines = lines, .gap = theme.space.s};
  const std::size_t n = view.columns.size();
  const auto share_of = [&](Mm header) { return lines == 1 ? header : header * .6f; };
  for (std::size_t c = 0; c < n; ++c) {
    const TextStyle style = cell_label(theme, plan, "", c).style;
    const Mm words = widest(frame, style, cells_of(view, c));
    plan.figures.push_back(words);
    const Mm header = frame.text.measure(header_label(theme, plan, "", c).style, view.columns[c]) + .4f;
    plan.widths.push_back(std::max(c == 0 ? share_of(words) : words, share_of(header)));
  }
  const Mm spare =
      width - std::reduce(plan.widths.begin(), plan.widths.end()) - plan.gap * static_cast<float>(n - 1);
  if (spare < 0) return std::nullopt;
  for (Mm& w : plan.widths) w += spare / static_cast<float>(n);

  Mm tallest = 0, header = 0;
  for (const std::string_view text : cells_of(view, 0)) {
    const Label label = cell_label(theme, plan, text, 0);
    if (!frame.fits(plan.widths[0], label)) return std::nullopt;
    tallest = std::max(tallest, frame.label_height(plan.widths[0], label));
  }
  for (std::size_t c = 0; c < n; ++c) {
    const Label label = header_label(theme, plan, view.columns[c], c);
    if (!frame.fits(plan.widths[c], label)) return std::nullopt;
    header = std::max(header, frame.label_height(plan.widths[c], label));
  }
  plan.row = std::max(size * row_lines, tallest + size * .6f);
  plan.header = std::max(size * header_lines, header + size * .6f);
  return plan;
}

TablePlan plan_table(Frame& frame, const TableView& view, Mm width) {
  const Mm wanted = chart_words(frame.theme).size;
  for (const float factor : {1.f, .86f, .72f}) {
    for (const int lines : {1, 2}) {
      const Mm size = std::max(wanted * factor, frame.theme.least_text);
      if (auto plan = plan_columns(frame, view, width, size, lines)) return *plan;
    }
  }
  TablePlan blocks{.size = wanted, .gap = frame.theme.space.s};
  const Mm line = frame.label_height(width, cell_label(frame.theme, blocks, "0", 0)) * 1.1f;
  blocks.row = line * static_cast<float>(view.columns.size()) + blocks.gap;
  return blocks;
}

void rule(Frame& frame, const Rect& above, Mm thickness, Color color) {
  frame.paint.rect({above.x, above.bottom() - thickness / 2, above.w, thickness}, color);
}

void row_beside(Frame& frame, Rect line, const TablePlan& plan, const Row& row) {
  for (std::size_t c = 0; c < plan.widths.size(); ++c) {
    Rect box = take_start(line, plan.widths[c], frame.direction, plan.gap);
    const std::string_view text = cell_of(row, c);
    if (text.empty()) continue;
    Label label = cell_label(frame.theme, plan, text, c);
    if (c > 0) {
      // The widest ends where the column does, and the others end below its last digit.
      box = take_end(box, plan.figures[c], frame.direction);
      label.align = by_last_digit(frame.direction);
    }
    frame.label(box, label);
  }
}

void row_block(Frame& frame, Rect block, const TablePlan& plan, Words columns, const Row& row) {
  constexpr float names = .58f;
  const Mm line = (block.h - plan.gap) / static_cast<float>(columns.size());
  take_top(block, plan.gap / 2);
  Label title = cell_label(frame.theme, plan, cell_of(row, 0), 0);
  title.style.weight = Weight::semibold;
  title.least = least_words(frame.theme);
  frame.label(take_top(block, line), title);
  for (std::size_t c = 1; c < columns.size(); ++c) {
    Rect rest = take_top(block, line);
    Label name = cell_label(frame.theme, plan, columns[c], 0);
    name.color = frame.theme.palette.ink_soft;
    Label figure = cell_label(frame.theme, plan, cell_of(row, c), c);
    name.least = figure.least = least_words(frame.theme);
    frame.label(take_start(rest, rest.w * names, frame.direction), name);
    if (!figure.text.empty()) frame.label(rest, figure);
  }
}

}  // namespace

int table(Frame& frame, const Rect& rect, const TableView& view) {
  if (view.columns.empty()) return 1;
  const TablePlan plan = plan_table(frame, view, rect.w);
  const Palette& p = frame.theme.palette;
  Rect rest = rect;
  if (!plan.widths.empty()) {
    Rect header = take_top(rest, plan.header);
    rule(frame, header, .5f, p.outline);
    take_bottom(header, plan.size * .3f);
    for (std::size_t c = 0; c < plan.widths.size(); ++c)
      frame.label(take_start(header, plan.widths[c], frame.direction, plan.gap),
                  header_label(frame.theme, plan, view.columns[c], c));
  }
  const int count = static_cast<int>(view.rows.size());
  const int per_page = std::max(1, static_cast<int>((rest.h + .1f) / plan.row));
  const int pages = std::max(1, (count + per_page - 1) / per_page);
  const int first = std::clamp(view.page, 0, pages - 1) * per_page;
  for (int i = first; i < std::min(count, first + per_page); ++i) {
    const Row& row = view.rows[static_cast<std::size_t>(i)];
    const Rect line = take_top(rest, plan.row);
    if (plan.widths.empty()) {
      row_block(frame, line, plan, view.columns, row);
    } else {
      row_beside(frame, line, plan, row);
    }
    if (i + 1 < std::min(count, first + per_page)) rule(frame, line, .25f, p.line);
  }
  return pages;
}

Mm table_height(const Theme& theme, int rows) {
  return chart_words(theme).size * (header_lines + row_lines * static_cast<float>(rows));
}

}  // namespace halte::ui
