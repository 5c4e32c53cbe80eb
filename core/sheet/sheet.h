// SPDX-License-Identifier: Apache-2.0
#pragma once

// A table on its way out of the server: one value, from which each kind of file is written.

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/stats/suppression.h"

namespace halte::sheet {

enum class Kind {
  text,
  whole,    // std::int64_t
  decimal,  // double, of no unit: a score, a mean
  percent,  // double from 0 to 100, as core/stats has it: 63.5 is 63.5 %
  date,     // a calendar day of no zone
  time,     // a moment, shown by the clocks of the column's zone
};

struct Column {
  std::string name;
  Kind kind = Kind::text;
  int digits = 1;            // behind the point, of decimal and percent: 0 to 9
  std::string zone = "UTC";  // IANA, of time
};

// A value that is there and that nobody may see; `text` says so in its place.
struct Hidden {
  std::string text;  // "< 10"
  bool operator==(const Hidden&) const = default;
};
Hidden fewer_than(std::int64_t answers);

// Nothing is an empty cell. Nothing and Hidden fit every column, else the column's kind decides.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, std::chrono::sys_days,
                          base::Instant, Hidden>;
using Row = std::vector<Cell>;

struct Sheet {
  std::string title;
  std::vector<Column> columns;  // at least one
  std::vector<Row> rows;        // each as long as `columns`
  // What a reader of the figures has to know, a line each: period, filter, who is hidden, and that an
  // interval covers sampling error alone. For people: in XLSX below the table, in CSV left out, where each
  // line is a row of the table.
  std::vector<std::string> notes;
};

// A figure is four columns, in this order: the value, the ends of its interval, the answers behind it.
struct FigureNames {
  std::string value, low, high, answers;
};
void add_figure_columns(Sheet& sheet, const FigureNames& names, Kind kind, int digits = 1);
// Its four cells; where it may not be shown each of them is `hidden`, the number of answers too.
void add_figure(Row& row, const stats::Cell& figure, const Hidden& hidden);

// Whether it can be written: rows as long as the columns, cells of their column's kind, numbers finite, years
// from 1900 to 9999, zones known. The error (failed: a mistake of who made it) names title, row and column,
// from 1.
base::Status check(const Sheet& sheet);

}  // namespace halte::sheet
