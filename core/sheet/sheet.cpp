// SPDX-License-Identifier: Apache-2.0
#include "core/sheet/sheet.h"

#include <fmt/format.h>

#include <cmath>

namespace halte::sheet {
namespace {

using std::chrono::sys_days;

// Spreadsheets count days from 1900 on, and years with four digits.
bool is_writable(sys_days day) {
  using namespace std::chrono;
  return day >= sys_days{year{1900} / March / 1} && day < sys_days{year{10'000} / January / 1};
}

// What is wrong with it there; empty where nothing is.
struct Judge {
  const Column& column;

  std::string_view operator()(std::monostate) const { return {}; }
  std::string_view operator()(const Hidden&) const { return {}; }
  std::string_view operator()(const std::string&) const { return only(column.kind == Kind::text); }
  std::string_view operator()(std::int64_t) const { return only(column.kind == Kind::whole); }
  std::string_view operator()(double value) const {
    if (!std::isfinite(value)) return "not a finite number";
    return only(column.kind == Kind::decimal || column.kind == Kind::percent);
  }
  std::string_view operator()(sys_days day) const {
    return is_writable(day) ? only(column.kind == Kind::date) : "no day from March 1900 to 9999";
  }
  std::string_view operator()(base::Instant at) const {
    // A day to spare: the zone moves it by less.
    const sys_days day = std::chrono::floor<std::chrono::days>(at);
    return is_writable(day - std::chrono::days{1}) && is_writable(day + std::chrono::days{1})
               ? only(column.kind == Kind::time)
               : "no moment from March 1900 to 9999";
  }

  static std::string_view only(bool fits) { return fits ? "" : "not of the column's kind"; }
};

}  // namespace

Hidden fewer_than(std::int64_t answers) { return {fmt::format("< {}", answers)}; }

void add_figure_columns(Sheet& sheet, const FigureNames& names, Kind kind, int digits) {
  for (const std::string& name : {names.value, names.low, names.high})
    sheet.columns.push_back({.name = name, .kind = kind, .digits = digits});
  sheet.columns.push_back({.name = names.answers, .kind = Kind::whole});
}

void add_figure(Row& row, const stats::Cell& figure, const Hidden& hidden) {
  if (!figure) {
    row.insert(row.end(), 4, hidden);
    return;
  }
  row.insert(row.end(), {figure->value, figure->interval.low, figure->interval.high, figure->n});
}

base::Status check(const Sheet& sheet) {
  const auto wrong = [&](std::string cause) {
    return base::fail(sheet.title, std::move(cause), "writing a table");
  };
  if (sheet.columns.empty()) return wrong("no columns");
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    const Column& column = sheet.columns[c];
    if (column.digits < 0 || column.digits > 9)
      return wrong(fmt::format("column {}: digits go from 0 to 9", c + 1));
    if (column.kind == Kind::time && !base::is_zone(column.zone))
      return wrong(fmt::format("column {}: '{}' is no time zone", c + 1, column.zone));
  }
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    const Row& row = sheet.rows[r];
    if (row.size() != sheet.columns.size())
      return wrong(fmt::format("row {}: {} cells for {} columns", r + 1, row.size(), sheet.columns.size()));
    for (std::size_t c = 0; c < row.size(); ++c)
      if (const auto cause = std::visit(Judge{sheet.columns[c]}, row[c]); !cause.empty())
        return wrong(fmt::format("row {}, column {}: {}", r + 1, c + 1, cause));
  }
  return {};
}

}  // namespace halte::sheet
