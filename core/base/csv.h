// SPDX-License-Identifier: Apache-2.0
#pragma once

// Comma-separated values (RFC 4180), strictly: a file that is wrong is refused with its place, never guessed
// at.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace halte::base {

// What a file may take. The defaults keep what is read below 150 MB of memory, whatever the file holds.
struct CsvLimits {
  std::size_t bytes = 4u << 20;
  std::size_t rows = 50'000;  // below the header
  std::size_t columns = 100;
  std::size_t field_bytes = 32'767;  // as many characters as a cell of a spreadsheet takes
};

struct CsvRow {
  std::size_t line;                // on which it begins, as an editor counts them
  std::vector<std::string> cells;  // as many as the header has
};

struct Csv {
  char separator;                   // ',' or ';'
  std::vector<std::string> header;  // none empty, none twice
  std::vector<CsvRow> rows;
};

// UTF-8 with or without a byte order mark; lines end with CRLF or LF. The separator is the one of ',' and ';'
// that stands in the header outside quotation marks (Excel writes ';' where a comma is the decimal point, as
// in Dutch); both there are refused, none there is one column, and then ',' separates. Spaces belong to a
// field. Lines with nothing on them are skipped. Refused: invalid UTF-8, NUL, a quotation mark out of place,
// a carriage return alone, a row with fewer or more fields than the header, and what goes over a limit. The
// error (invalid) reads `SUBJECT: line 3, column 2 (postcode): CAUSE`; columns count from 1.
//
// A cell is what stands in the file. The apostrophe that CsvWriter puts before a formula is not taken away
// again: nobody can tell it from the one that somebody wrote, and places are called 's-Hertogenbosch.
Result<Csv> parse_csv(std::string_view text, std::string subject, const CsvLimits& limits = {});

// Writes RFC 4180: commas, CRLF, quotation marks where they are needed. What it writes, parse_csv reads.
class CsvWriter {
 public:
  // `bom`: begins with a byte order mark, without which Excel does not take a file for UTF-8.
  explicit CsvWriter(bool bom = false);

  // A cell that a spreadsheet takes for words, whatever stands in it: an apostrophe goes before what would
  // begin a formula there. That is = + - @ (full-width too) at the beginning, and behind a semicolon, tab or
  // line break, where a spreadsheet that expects semicolons sees a cell begin; and a tab or line break at the
  // beginning. Bytes that are no text are replaced (see clean_utf8).
  void text(std::string_view words);
  // A cell that is a number or a date, as it is: digits, signs, letters, '.' and ':' alone.
  void number(std::string_view digits);
  void end_row();

  const std::string& content() const { return content_; }

 private:
  void begin_cell();

  std::string content_;
  std::size_t row_begin_;
  bool row_is_empty_ = true;
};

}  // namespace halte::base
