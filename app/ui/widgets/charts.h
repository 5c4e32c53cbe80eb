// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/frame.h"
#include "app/ui/widgets/icons.h"

// Figures for the staff. All but segments and tabs stand on a card, which the caller draws; none of them can
// be touched but those two. What runs along a line runs from where reading starts. Colour is nowhere the only
// carrier of a meaning: a length, a place, a size or a word says it too.
namespace halte::ui {

// A score on its scale with its 95 % interval: the value as a mark, the interval as a band around it, the
// ends of the scale written below, and as a hollow mark where it stood before. What lies outside the scale is
// shown at its end.
struct IntervalView {
  float lowest = 0, highest = 1;       // ends of the scale
  float value = 0, low = 0, high = 0;  // low … high: the interval
  std::optional<float> before = {};    // the period before
  std::string_view lowest_label = {}, highest_label = {};
  std::optional<Color> color = {};  // of the mark; else the accent
};
void interval_bar(Frame& frame, const Rect& rect, const IntervalView& view);
Mm interval_bar_height(const Theme& theme);

// One bar a line: label, bar, and at its end the words of the figure. For distributions and reasons.
struct BarView {
  std::string_view label;
  std::string_view figure;                   // "34 %", "34 % (28–41)"
  float share = 0;                           // 0 … 1 of the longest possible bar
  std::optional<float> low = {}, high = {};  // the interval as a thin whisker on the bar
  std::optional<Color> color = {};           // else the accent
};
// Rows of equal height; labels in one column, as wide as the widest needs up to 40 %. Where the words do not
// fit beside a bar of some length, as in large text, the label stands above its bar.
void bar_list(Frame& frame, const Rect& rect, std::span<const BarView> bars);
Mm bar_list_height(const Theme& theme, int bars);

struct HeatCell {
  enum class Kind {
    value,
    too_few,  // hatched
    none,     // blank: nobody answered, the shop was closed
  };
  Kind kind = Kind::none;
  float value = 0;             // 0 … 1 between the two colours
  std::string_view text = {};  // of a value: shown where it fits
};
// By weekday and hour. Where the words of the values do not fit, a mark inside each says by its size how high
// it is.
struct HeatMapView {
  std::span<const std::string_view> rows;     // weekdays
  std::span<const std::string_view> columns;  // hours: thinned out where they do not fit
  std::span<const HeatCell> cells;            // row by row
  Color low, high;                            // ends of the ramp, mixed in Oklab
};
void heat_map(Frame& frame, const Rect& rect, const HeatMapView& view);
Mm heat_map_height(const Theme& theme, int rows);

// What every chart can also be read as. The first column is words, the others are figures. Where they do not
// fit beside each other, as in large text, a row is a block of lines: column and figure.
struct TableView {
  std::span<const std::string_view> columns;
  std::span<const std::vector<std::string>> rows;  // a row may be shorter than the columns
  int page = 0;                                    // beyond the last: the last
};
// Rows that do not fit are on further pages. How many pages there are, at least 1.
int table(Frame& frame, const Rect& rect, const TableView& view);
// Of that many rows side by side, header included.
Mm table_height(const Theme& theme, int rows);

// Two or more choices of one thing side by side: periods, chart or table.
struct SegmentsView {
  Id id = "segment";
  std::span<const std::string_view> labels;
  int selected = 0;
};
// The one tapped. Registered as "segment/0" …
std::optional<int> segments(Frame& frame, const Rect& rect, const SegmentsView& view);
Mm segments_height(const Theme& theme);

// The hatching that says "too few answers": inside rect.
void hatch(Frame& frame, const Rect& rect);

// Pages of the staff's view: a column beside the content on a wide glass, a row of icons with words below it
// on a tall one. Where a row has no room for all words, only those of the selected page stand below the
// icons.
struct TabView {
  std::string_view label;
  Icon icon;
};
struct TabsView {
  Id id = "tab";
  std::span<const TabView> tabs;
  int selected = 0;
};
// The one tapped. Registered as "tab/0" …
std::optional<int> tabs(Frame& frame, const Rect& rect, const TabsView& view, bool vertical);
// Width of the column, or height of a row as wide as the safe area.
Mm tabs_size(Frame& frame, const TabsView& view, bool vertical);

}  // namespace halte::ui
