// SPDX-License-Identifier: Apache-2.0
#include "core/sheet/sheet.h"

#include <doctest/doctest.h>

#include <limits>
#include <thread>

#include "core/base/csv.h"
#include "core/sheet/csv.h"
#include "core/sheet/xlsx.h"

using namespace halte;
using namespace halte::sheet;
using namespace std::string_literals;

namespace {

constexpr std::chrono::sys_days a_day = std::chrono::year{2026} / std::chrono::November / 21;

base::Instant at(std::string_view text) { return *base::parse_rfc3339(text); }

Sheet branches() {
  Sheet sheet{.title = "Branches", .columns = {{.name = "branch"}}, .rows = {}, .notes = {"November 2026"}};
  add_figure_columns(sheet, {"CSAT (%)", "low", "high", "answers"}, Kind::percent);
  sheet.columns.push_back({.name = "opened", .kind = Kind::date});
  sheet.columns.push_back({.name = "last answer", .kind = Kind::time, .zone = "Europe/Amsterdam"});
  const auto row = [&](Cell name, const stats::Cell& figure, Cell opened, Cell last) {
    Row cells{std::move(name)};
    add_figure(cells, figure, fewer_than(10));
    cells.insert(cells.end(), {std::move(opened), std::move(last)});
    sheet.rows.push_back(std::move(cells));
  };
  const stats::Figure figure{stats::Metric::csat, 1234, 63.5, {60.25, 66.75}};
  row("'s-Gravenhage, Spui", figure, a_day, at("2026-11-21T12:00:00Z"));
  row("=1+1", std::nullopt, {}, at("2026-07-01T23:30:15.250Z"));
  return sheet;
}

std::string refusal(const Sheet& sheet) {
  const auto checked = check(sheet);
  REQUIRE_FALSE(checked);
  CHECK_FALSE(to_csv(sheet, false));
  CHECK_FALSE(to_xlsx({&sheet, 1}, at("2026-11-21T12:00:00Z")));
  return base::to_string(checked.error());
}

Sheet of(Column column, Cell cell) {
  return {.title = "t", .columns = {std::move(column)}, .rows = {{std::move(cell)}}, .notes = {}};
}

std::vector<std::string> tabs(const std::vector<std::string>& titles) {
  std::vector<Sheet> sheets;
  for (const std::string& title : titles)
    sheets.push_back({.title = title, .columns = {}, .rows = {}, .notes = {}});
  return tab_names(sheets);
}

}  // namespace

TEST_CASE("sheet: as CSV numbers have a point, times their zone, few answers say so and words are guarded") {
  CHECK(*to_csv(branches(), false) ==
        "branch,CSAT (%),low,high,answers,opened,last answer\r\n"
        "\"'s-Gravenhage, Spui\",63.5,60.25,66.75,1234,2026-11-21,2026-11-21T13:00:00+01:00\r\n"
        "'=1+1,< 10,< 10,< 10,< 10,,2026-07-02T01:30:15.250+02:00\r\n");
  CHECK(to_csv(branches(), true)->starts_with("\uFEFFbranch"));
  CHECK(base::parse_csv(*to_csv(branches(), true), "branches")->rows.size() == 2);
}

TEST_CASE("sheet: as CSV a number keeps all its digits") {
  const auto cell = [](double value) {
    return to_csv(of({.name = "v", .kind = Kind::decimal}, value), false)->substr(3);
  };
  CHECK(cell(0.1 + 0.2) == "0.30000000000000004\r\n");
  CHECK(cell(-0.0) == "0\r\n");
  CHECK(cell(-41) == "-41\r\n");
}

TEST_CASE("sheet: a zone west of Greenwich, and one of half an hour, stand in the time") {
  const auto cell = [](const char* zone) {
    return to_csv(of({.name = "t", .kind = Kind::time, .zone = zone}, at("2026-01-01T02:00:00Z")), false)
        ->substr(3);
  };
  CHECK(cell("America/St_Johns") == "2025-12-31T22:30:00-03:30\r\n");
  CHECK(cell("Asia/Kathmandu") == "2026-01-01T07:45:00+05:45\r\n");
  CHECK(cell("UTC") == "2026-01-01T02:00:00+00:00\r\n");
}

TEST_CASE("sheet: what cannot be written is told with its row and column, and nothing is written") {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  CHECK(refusal({.title = "t", .columns = {}, .rows = {}, .notes = {}}) ==
        "t: no columns, while writing a table");
  CHECK(refusal({.title = "t", .columns = {{.name = "a"}}, .rows = {{}}, .notes = {}})
            .contains("row 1: 0 cells for 1 columns"));
  CHECK(refusal(of({.name = "a"}, std::int64_t{1})).contains("row 1, column 1: not of the column's kind"));
  CHECK(refusal(of({.name = "a", .kind = Kind::whole}, 1.0)).contains("not of the column's kind"));
  CHECK(refusal(of({.name = "a", .kind = Kind::percent}, "50 %")).contains("not of the column's kind"));
  CHECK(refusal(of({.name = "a", .kind = Kind::decimal}, infinite)).contains("not a finite number"));
  CHECK(
      refusal(of({.name = "a", .kind = Kind::decimal, .digits = 10}, 1.0)).contains("digits go from 0 to 9"));
  CHECK(refusal(of({.name = "a", .kind = Kind::date}, a_day - std::chrono::days{73'000}))
            .contains("no day from"));
  CHECK(
      refusal(of({.name = "a", .kind = Kind::time}, at("1900-01-01T00:00:00Z"))).contains("no moment from"));
  CHECK(refusal(of({.name = "a", .kind = Kind::time, .zone = "Utrecht"}, {}))
            .contains("'Utrecht' is no time zone"));
}

TEST_CASE("sheet: a tab's name is one that spreadsheets take, and none is there twice") {
  CHECK(tabs({"NPS per week"}) == std::vector<std::string>{"NPS per week"});
  CHECK(tabs({"a/b\\c?d*e[f]g:h"})[0] == "a b c d e f g h");
  CHECK(tabs({"'quoted'", "", "///", "History", "a\nb\xFF"}) ==
        std::vector<std::string>{"quoted", "-", "- (2)", "History (2)", "a b\uFFFD"});
  CHECK(tabs({"Score", "score", "SCORE"}) == std::vector<std::string>{"Score", "score (2)", "SCORE (3)"});
  const std::string forty(40, 'x');
  CHECK(tabs({forty, forty}) ==
        std::vector<std::string>{std::string(31, 'x'), std::string(27, 'x') + " (2)"});
  CHECK(tabs({std::string(30, 'x') + "😀"})[0] == std::string(30, 'x'));
  CHECK(tabs({std::string(30, 'x') + "é"})[0] == std::string(30, 'x') + "é");
}

TEST_CASE("sheet: the same tables at the same second are the same XLSX to the byte, from whatever thread") {
  const std::vector sheets{branches(), branches()};
  const auto moment = at("2026-11-21T12:00:00Z");
  const auto first = to_xlsx(sheets, moment);
  REQUIRE_MESSAGE(first, (first ? "" : base::to_string(first.error())));
  CHECK(first->starts_with("PK"));
  CHECK(*to_xlsx(sheets, moment) == *first);
  CHECK(*to_xlsx(sheets, moment + std::chrono::seconds{1}) != *first);
  std::vector<std::string> many(4);
  std::vector<std::jthread> threads;
  for (std::string& one : many) threads.emplace_back([&] { one = to_xlsx(sheets, moment).value_or(""); });
  threads.clear();
  for (const std::string& one : many) CHECK(one == *first);
}

TEST_CASE("sheet: what no spreadsheet holds is refused with its row and column") {
  const Sheet sheet = of({.name = "a"}, std::string(32'768, 'x'));
  const auto written = to_xlsx({&sheet, 1}, at("2026-11-21T12:00:00Z"));
  REQUIRE_FALSE(written);
  CHECK(base::to_string(written.error()).starts_with("t, row 1, column 1: "));
  CHECK(to_csv(sheet, false));
}
