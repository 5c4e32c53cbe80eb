// SPDX-License-Identifier: Apache-2.0
#include "core/base/csv.h"

#include <doctest/doctest.h>

#include <random>

using namespace halte::base;
using namespace std::string_literals;

namespace {

std::string refusal(std::string_view text, const CsvLimits& limits = {}) {
  const auto csv = parse_csv(text, "places.csv", limits);
  REQUIRE_FALSE(csv);
  CHECK(csv.error().kind == ErrorKind::invalid);
  return to_string(csv.error());
}

Csv read(std::string_view text, const CsvLimits& limits = {}) {
  auto csv = parse_csv(text, "places.csv", limits);
  REQUIRE_MESSAGE(csv, (csv ? "" : to_string(csv.error())));
  return *csv;
}

void check_told(std::string_view text, const std::string& place_and_cause, const CsvLimits& limits = {}) {
  CHECK(refusal(text, limits) == "places.csv: " + place_and_cause);
}

using Row = std::vector<std::string>;

// As a cell alone in its file.
std::string written(std::string_view words) {
  CsvWriter csv;
  csv.text(words);
  csv.end_row();
  const std::string& content = csv.content();
  return content.substr(0, content.size() - 2);
}

}  // namespace

TEST_CASE("csv: header and rows are read with the lines that they begin on") {
  const Csv csv = read("name,city\r\nNorth,Utrecht\r\n\r\n\"two\r\nlines\",\"a \"\"b\"\", c\"\nlast,");
  CHECK(csv.separator == ',');
  CHECK(csv.header == Row{"name", "city"});
  REQUIRE(csv.rows.size() == 3);
  CHECK(csv.rows[0].line == 2);
  CHECK(csv.rows[0].cells == Row{"North", "Utrecht"});
  CHECK(csv.rows[1].line == 4);
  CHECK(csv.rows[1].cells == Row{"two\r\nlines", "a \"b\", c"});
  CHECK(csv.rows[2].line == 6);
  CHECK(csv.rows[2].cells == Row{"last", ""});
}

TEST_CASE("csv: what Dutch Excel writes is read, with a byte order mark and semicolons") {
  const Csv csv = read("\uFEFFnaam;plaats\r\nNoord, bij de kerk;'s-Hertogenbosch\r\n");
  CHECK(csv.separator == ';');
  CHECK(csv.header == Row{"naam", "plaats"});
  CHECK(csv.rows.at(0).cells == Row{"Noord, bij de kerk", "'s-Hertogenbosch"});
}

TEST_CASE("csv: a separator inside quotation marks does not count, and two kinds outside are refused") {
  CHECK(read("\"a,b\";c\n1;2").separator == ';');
  CHECK(read("\"a;\"\"b\",c\n1,2").separator == ',');
  check_told("a,b;c\n", "line 1: ',' and ';' both stand in the header outside quotation marks");
}

TEST_CASE("csv: one column needs no separator, and spaces belong to a field") {
  const Csv csv = read("name\n a \nb;c\n\"\"\n");
  CHECK(csv.rows.size() == 3);
  CHECK(csv.rows[0].cells == Row{" a "});
  CHECK(csv.rows[1].cells == Row{"b;c"});
  CHECK(csv.rows[2].cells == Row{""});
}

TEST_CASE("csv: an error names line, column, its name and the cause") {
  check_told("", "no header");
  check_told("\r\n\n", "no header");
  check_told("a,b\n1\n", "line 2, column 2 (b): the row ends before it");
  check_told("a,b\n\"1\n2\"\n", "line 2, column 2 (b): the row ends before it");
  check_told("a,b\n\n1,2,3\n", "line 3, column 3: more than 2 columns");
  check_told("a,b\n1,x\"y\"\n",
             "line 2, column 2 (b): a quotation mark in a field that does not begin with one");
  check_told("a,b\n\"1\" ,2\n", "line 2, column 1 (a): text behind the closing quotation mark");
  check_told("a,b\n1,2\n3,\"4\n5,6\n", "line 3, column 2 (b): a quotation mark opens here and none closes");
  check_told("a,b\n1,2\r3,4", "line 2, column 2 (b): a carriage return without a line feed");
  check_told("a,,b\n", "line 1, column 2: has no name");
  check_told("a,b,a\n", "line 1, column 3: has the name of a column before it");
  check_told("sep=;\na;b\n", "line 1, column 2: has no name");
}

TEST_CASE("csv: what is no UTF-8 is refused with its place") {
  check_told("a,b\n1,caf\xE9\n", "line 2, column 2 (b): not UTF-8; Excel saves that as 'CSV UTF-8'");
  check_told("a,b\n1,\"x\ny\xC3\"\n", "line 3, column 2 (b): not UTF-8; Excel saves that as 'CSV UTF-8'");
  check_told("a,b\n1,2\n\xED\xA0\x80", "line 3, column 1 (a): not UTF-8; Excel saves that as 'CSV UTF-8'");
  check_told(
      "\xFF\xFE"
      "a\0"s,
      "line 1, column 1: not UTF-8; Excel saves that as 'CSV UTF-8'");
  check_told("a,b\n1,\0"s, "line 2, column 2 (b): a NUL: this is no text");
}

TEST_CASE("csv: each limit holds what it says and no more") {
  const std::string text = "a,b\n12,34\n\"5,\",\"\"\"6\"\n";
  CHECK(read(text, {.bytes = text.size(), .rows = 2, .columns = 2, .field_bytes = 2}).rows.size() == 2);
  check_told(text, "more than 20 bytes", {.bytes = 20});
  check_told(text, "more than 1 rows", {.rows = 1});
  check_told(text, "line 1, column 2: more than 1 columns", {.columns = 1});
  check_told(text, "line 2, column 1 (a): longer than 1 bytes", {.field_bytes = 1});
  check_told("a\n\"1\"\"2\"\n", "line 2, column 1 (a): longer than 2 bytes", {.field_bytes = 2});
}

TEST_CASE("csv: words are words to a spreadsheet, whatever they begin with") {
  for (const char* hostile :
       {"=1+1", "+31 6 1234", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"})
    CHECK(written(hostile).substr(0, 2).contains('\''));
  CHECK(written("=1+1") == "'=1+1");
  CHECK(written("=HYPERLINK(\"http://x\",\"y\")") == "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  CHECK(written("nice;=1+1;x") == "\"nice;'=1+1;x\"");
  CHECK(written("one\n-two") == "\"one\n'-two\"");
  CHECK(written("a-b=c, d") == "\"a-b=c, d\"");
  CHECK(written("'t Harde") == "'t Harde");
  CHECK(written("") == "\"\"");
}

TEST_CASE("csv: numbers stay numbers, lines end with CRLF, and a mark stands first where it is asked for") {
  CsvWriter csv(true);
  csv.text("score");
  csv.text("place");
  csv.end_row();
  csv.number("-12.5");
  csv.text("Zürich, west");
  csv.end_row();
  CHECK(csv.content() == "\uFEFFscore,place\r\n-12.5,\"Zürich, west\"\r\n");
}

TEST_CASE("csv: random cells come back as they were written, apart from the guard against formulas") {
  const std::vector<std::string> pieces{"a",  "é",  "😀", ",", ";",      "\"", "\r\n",
                                        "\n", "\r", " ",  "'", "\uFEFF", "0",  "="};
  std::mt19937_64 random(7);
  const auto some = [&] {
    std::string cell = random() % 4 == 0 ? "" : "x";
    for (auto left = random() % 6; left > 0 && !cell.empty(); --left)
      cell += pieces[random() % pieces.size()];
    return cell;
  };
  for (int round = 0; round < 3000; ++round) {
    const std::size_t columns = 1 + random() % 5;
    std::vector<Row> rows(1 + random() % 5, Row(columns));
    for (std::size_t i = 0; i < columns; ++i) rows[0][i] = std::to_string(i) + some();
    for (std::size_t r = 1; r < rows.size(); ++r)
      for (std::string& cell : rows[r]) cell = some();
    CsvWriter csv(random() % 2 == 0);
    for (const Row& row : rows) {
      for (const std::string& cell : row) csv.text(cell);
      csv.end_row();
    }
    const Csv back = read(csv.content());
    REQUIRE(back.rows.size() == rows.size() - 1);
    for (std::size_t r = 0; r < rows.size(); ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        std::string cell = r == 0 ? back.header[c] : back.rows[r - 1].cells[c];
        for (std::string_view guard : {";'=", "\n'=", "\r'="})
          if (rows[r][c].find(guard) == std::string::npos)
            for (auto at = cell.find(guard); at != cell.npos; at = cell.find(guard)) cell.erase(at + 1, 1);
        CHECK(cell == rows[r][c]);
      }
  }
}

TEST_CASE("csv: what the writer wrote it writes again to the byte") {
  const std::vector<std::string> cells{"\xFF\xFE"s, "a\0b"s, "\"",     "\"\"\"", "\r",
                                       ";=;+;-;@",  "\t\t",  "\uFEFF", "'=1"};
  for (const std::string& hostile : cells) {
    CsvWriter once, twice;
    once.text("h");
    once.end_row();
    once.text(hostile);
    once.end_row();
    const Csv csv = read(once.content());
    twice.text(csv.header[0]);
    twice.end_row();
    twice.text(csv.rows.at(0).cells[0]);
    twice.end_row();
    CHECK(once.content() == twice.content());
  }
}
