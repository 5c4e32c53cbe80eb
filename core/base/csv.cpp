// SPDX-License-Identifier: Apache-2.0
#include "core/base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/utf8.h"

namespace halte::base {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t longest_name_told = 40;  // in an error, in bytes

class Reader {
 public:
  Reader(std::string_view text, std::string subject, const CsvLimits& limits)
      : text_(text), subject_(std::move(subject)), limits_(limits) {}

  Result<Csv> read() {
    if (text_.size() > limits_.bytes) return refuse("more than {} bytes", limits_.bytes);
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
    end_where_no_text_is();
    if (auto header = read_header(); !header) return std::unexpected(header.error());
    while (skip_empty_lines()) {
      if (csv_.rows.size() == limits_.rows) return refuse("more than {} rows", limits_.rows);
      auto row = record(csv_.header.size());
      if (!row) return std::unexpected(row.error());
      if (row->cells.size() < csv_.header.size())
        return refuse_at(row->line, row->cells.size() + 1, "the row ends before it");
      csv_.rows.push_back(std::move(*row));
    }
    return std::move(csv_);
  }

 private:
  template <class... Values>
  std::unexpected<Error> refuse(fmt::format_string<Values...> cause, Values&&... values) const {
    return fail(subject_, fmt::format(cause, std::forward<Values>(values)...), {}, ErrorKind::invalid);
  }

  std::unexpected<Error> refuse_at(std::size_t line, std::size_t column, std::string_view cause) const {
    std::string name;
    if (column <= csv_.header.size() && csv_.header[column - 1].size() <= longest_name_told)
      name = fmt::format(" ({})", csv_.header[column - 1]);
    return refuse("line {}, column {}{}: {}", line, column, name, cause);
  }

  std::unexpected<Error> refuse_here(std::string_view cause) const {
    return refuse_at(line_, column_, cause);
  }

  // The text ends for the reader at its first byte that is none; whoever arrives there says why.
  void end_where_no_text_is() {
    const std::size_t valid = valid_utf8(text_), nul = text_.find('\0');
    if (std::min(valid, nul) >= text_.size()) return;
    why_it_ends_ = nul < valid ? "a NUL: this is no text" : "not UTF-8; Excel saves that as 'CSV UTF-8'";
    text_ = text_.substr(0, std::min(valid, nul));
  }

  Status read_header() {
    if (!skip_empty_lines()) return refuse("no header");
    auto separator = separator_of_header();
    if (!separator) return std::unexpected(separator.error());
    csv_.separator = *separator;
    auto header = record(limits_.columns);
    if (!header) return std::unexpected(header.error());
    for (std::size_t i = 0; i < header->cells.size(); ++i) {
      const auto end = header->cells.begin() + std::ptrdiff_t(i);
      if (end->empty()) return refuse_at(header->line, i + 1, "has no name");
      if (std::find(header->cells.begin(), end, *end) != end)
        return refuse_at(header->line, i + 1, "has the name of a column before it");
    }
    csv_.header = std::move(header->cells);
    return {};
  }

  // False at the end of the text.
  bool skip_empty_lines() {
    while (at_line_end()) take_line_end();
    return at_ < text_.size() || why_it_ends_;
  }

  bool at_line_end() const {
    return text_.substr(at_).starts_with('\n') || text_.substr(at_).starts_with("\r\n");
  }

  void take_line_end() {
    at_ += text_[at_] == '\r' ? 2 : 1;
    ++line_;
  }

  Result<char> separator_of_header() const {
    bool quoted = false, comma = false, semicolon = false;
    for (const char c : text_.substr(at_)) {
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == '\n') break;
      comma = comma || c == ',';
      semicolon = semicolon || c == ';';
    }
    if (comma && semicolon)
      return refuse("line {}: ',' and ';' both stand in the header outside quotation marks", line_);
    return semicolon ? ';' : ',';
  }

  // One row of at most `most` fields, and the end of its line.
  Result<CsvRow> record(std::size_t most) {
    CsvRow row{line_, {}};
    row.cells.reserve(csv_.header.size());
    for (column_ = 1;; ++column_, ++at_) {
      if (column_ > most) return refuse_here(fmt::format("more than {} columns", most));
      auto cell = text_.substr(at_).starts_with('"') ? quoted_field() : plain_field();
      if (!cell) return std::unexpected(cell.error());
      row.cells.push_back(std::move(*cell));
      if (at_ == text_.size()) {
        if (why_it_ends_) return refuse_here(*why_it_ends_);
        return row;
      }
      if (text_[at_] == csv_.separator) continue;
      if (!at_line_end()) return refuse_here(what_stands_here());
      take_line_end();
      return row;
    }
  }

  std::string_view what_stands_here() const {
    if (text_[at_] == '\r') return "a carriage return without a line feed";
    return text_[at_ - 1] == '"' ? "text behind the closing quotation mark"
                                 : "a quotation mark in a field that does not begin with one";
  }

  Result<std::string> plain_field() {
    const std::array ends{csv_.separator, '"', '\r', '\n'};
    const std::size_t end = std::min(text_.find_first_of({ends.data(), ends.size()}, at_), text_.size());
    if (end - at_ > limits_.field_bytes) return too_long();
    std::string cell(text_.substr(at_, end - at_));
    at_ = end;
    return cell;
  }

  Result<std::string> quoted_field() {
    const std::size_t opened_on = line_;
    std::string cell;
    for (++at_;; ++at_) {
      const std::size_t end = text_.find('"', at_);
      const std::string_view part = text_.substr(at_, end - at_);
      line_ += std::size_t(std::ranges::count(part, '\n'));
      if (end == text_.npos)
        return why_it_ends_ ? refuse_here(*why_it_ends_)
                            : refuse_at(opened_on, column_, "a quotation mark opens here and none closes");
      cell += part;
      if (cell.size() > limits_.field_bytes) return too_long();
      at_ = end + 1;
      if (!text_.substr(at_).starts_with('"')) return cell;
      cell += '"';
    }
  }

  std::unexpected<Error> too_long() const {
    return refuse_here(fmt::format("longer than {} bytes", limits_.field_bytes));
  }

  std::string_view text_;
  std::string subject_;
  CsvLimits limits_;
  std::optional<std::string_view> why_it_ends_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  Csv csv_{};
};

// With their full-width twins, which a spreadsheet set to Japanese or Chinese takes for them.
bool begins_a_formula(std::string_view words) {
  constexpr std::array<std::string_view, 8> signs{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(signs, [&](std::string_view it) { return words.starts_with(it); });
}

// A spreadsheet that expects semicolons opens a file with commas all the same, and sees no quotation mark
// behind a comma: there a cell begins behind each semicolon and line break too.
std::string guarded(std::string_view words) {
  constexpr std::string_view breaks = ";\t\r\n";
  std::string safe;
  if (!words.empty() && breaks.substr(1).contains(words.front())) safe += '\'';
  for (std::size_t i = 0; i < words.size(); ++i) {
    if ((i == 0 || breaks.contains(words[i - 1])) && begins_a_formula(words.substr(i))) safe += '\'';
    safe += words[i];
  }
  return safe;
}

}  // namespace

Result<Csv> parse_csv(std::string_view text, std::string subject, const CsvLimits& limits) {
  return Reader(text, std::move(subject), limits).read();
}

CsvWriter::CsvWriter(bool bom) : content_(bom ? byte_order_mark : ""), row_begin_(content_.size()) {}

void CsvWriter::begin_cell() {
  if (!row_is_empty_) content_ += ',';
  row_is_empty_ = false;
}

void CsvWriter::text(std::string_view words) {
  begin_cell();
  const std::string cell = guarded(clean_utf8(words));
  // A mark at the very beginning of the file would be taken for the byte order mark.
  if (cell.find_first_of(",;\"\r\n") == cell.npos && !cell.starts_with(byte_order_mark)) {
    content_ += cell;
    return;
  }
  content_ += '"';
  for (const char c : cell) content_.append(c == '"' ? 2 : 1, c);
  content_ += '"';
}

void CsvWriter::number(std::string_view digits) {
  begin_cell();
  content_ += digits;
}

void CsvWriter::end_row() {
  // Nothing at all on a line is no row.
  if (content_.size() == row_begin_) content_ += "\"\"";
  content_ += "\r\n";
  row_begin_ = content_.size();
  row_is_empty_ = true;
}

}  // namespace halte::base
