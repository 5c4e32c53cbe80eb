// SPDX-License-Identifier: Apache-2.0
#include "core/sheet/xlsx.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <mutex>

#include "core/base/utf8.h"
#include "core/sheet/memory_file.h"

namespace halte::sheet {
namespace {

using std::chrono::sys_days;
using Days = std::chrono::duration<double, std::chrono::days::period>;

// Day 0 of a spreadsheet; right from March 1900 on, and check() lets nothing earlier pass.
constexpr sys_days day_nought = std::chrono::year{1899} / std::chrono::December / 30;

// In days, a microsecond: the library writes 16 digits of a number, and spreadsheets that cut a moment to the
// second would show the one before.
constexpr double a_hair = 1e-11;

bool is_hexadecimal(char c) {
  return ('0' <= c && c <= '9') || ('A' <= c && c <= 'F') || ('a' <= c && c <= 'f');
}

// "_x0041_" in a file means "A" (ECMA-376 part 1, 22.9.2.19): its underscore is written as "_x005F_".
bool means_a_character(std::string_view text) {
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
         std::ranges::all_of(text.substr(2, 4), is_hexadecimal);
}

std::string cell_text(std::string_view words) {
  const std::string clean = base::clean_utf8(words);
  std::string text;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const std::string_view rest = std::string_view(clean).substr(i);
    if (rest.starts_with("\r\n")) continue;
    if (rest.starts_with("\uFFFE") || rest.starts_with("\uFFFF")) {
      text += "\uFFFD";
      i += 2;
    } else if (means_a_character(rest)) {
      text += "_x005F_";
    } else if (clean[i] == '\r') {
      text += '\n';
    } else if (static_cast<unsigned char>(clean[i]) < ' ' && clean[i] != '\t' && clean[i] != '\n') {
      text += "\uFFFD";
    } else {
      text += clean[i];
    }
  }
  return text;
}

// In characters, of the longest line.
std::size_t width_of(std::string_view text) {
  std::size_t widest = 0, width = 0;
  for (const char c : text) {
    if ((c & 0xC0) != 0x80) ++width;
    if (c == '\n') width = 0;
    widest = std::max(widest, width);
  }
  return widest;
}

std::string number_format(const Column& column) {
  const std::string decimals = column.digits == 0 ? "" : "." + std::string(std::size_t(column.digits), '0');
  return column.kind == Kind::percent ? "0" + decimals + "%" : "#,##0" + decimals;
}

// One tab. Formats belong to the workbook and live as long.
class Tab {
 public:
  Tab(lxw_workbook* book, lxw_worksheet* tab, const Sheet& sheet) : book_(book), tab_(tab), sheet_(sheet) {}

  base::Status write() {
    write_header();
    hidden_ = workbook_add_format(book_);
    format_set_align(hidden_, LXW_ALIGN_RIGHT);
    for (const Column& column : sheet_.columns) formats_.push_back(format_of(column));
    for (const Row& row : sheet_.rows) {
      ++row_;
      for (column_ = 0; column_ < row.size(); ++column_) {
        note_error(std::visit(*this, row[column_]));
        if (error_ != LXW_NO_ERROR) return refused();
      }
    }
    worksheet_autofilter(tab_, 0, 0, row_, lxw_col_t(sheet_.columns.size() - 1));
    worksheet_freeze_panes(tab_, 1, 0);
    for (std::size_t c = 0; c < widths_.size(); ++c)
      note_error(worksheet_set_column(tab_, lxw_col_t(c), lxw_col_t(c),
                                      double(std::clamp<std::size_t>(widths_[c], 8, 60)) + 1, nullptr));
    write_notes();
    return error_ == LXW_NO_ERROR ? base::Status{} : refused();
  }

  lxw_error operator()(std::monostate) { return LXW_NO_ERROR; }
  lxw_error operator()(const Hidden& hidden) { return write_text(hidden.text, hidden_); }
  lxw_error operator()(const std::string& words) { return write_text(words, nullptr); }
  lxw_error operator()(std::int64_t number) {
    constexpr std::int64_t exact = 999'999'999'999'999;
    if (number > exact || number < -exact) return write_text(fmt::to_string(number), hidden_);
    return write_number(double(number), fmt::formatted_size("{}", number) * 4 / 3);
  }
  lxw_error operator()(double number) {
    const Column& column = sheet_.columns[column_];
    const bool percent = column.kind == Kind::percent;
    const std::size_t width = fmt::formatted_size("{:.{}f}", number, column.digits);
    return write_number(percent ? number / 100 : number, percent ? width + 1 : width * 4 / 3);
  }
  lxw_error operator()(sys_days day) { return write_number(double((day - day_nought).count()), 10); }
  lxw_error operator()(base::Instant at) {
    const auto ahead = base::ahead_of_utc(at, sheet_.columns[column_].zone).value_or(std::chrono::seconds{0});
    return write_number(Days(at + ahead - day_nought).count() + a_hair, 16);
  }

 private:
  void write_header() {
    lxw_format* bold = workbook_add_format(book_);
    format_set_bold(bold);
    for (const Column& column : sheet_.columns) {
      std::string name = cell_text(column.name);
      if (column.kind == Kind::time) name += fmt::format(" ({})", column.zone);
      // Bold, and a button for the filter beside it.
      widths_.push_back(width_of(name) * 11 / 10 + 3);
      note_error(worksheet_write_string(tab_, 0, lxw_col_t(widths_.size() - 1), name.c_str(), bold));
    }
  }

  void write_notes() {
    lxw_format* italic = workbook_add_format(book_);
    format_set_italic(italic);
    ++row_;
    for (const std::string& note : sheet_.notes)
      note_error(worksheet_write_string(tab_, ++row_, 0, cell_text(note).c_str(), italic));
  }

  lxw_format* format_of(const Column& column) {
    if (column.kind == Kind::text) return nullptr;
    lxw_format* format = workbook_add_format(book_);
    // Formats 14 and 22 are day, and day and time, in the way of whoever reads them.
    if (column.kind == Kind::date) format_set_num_format_index(format, 14);
    if (column.kind == Kind::time) format_set_num_format_index(format, 22);
    if (column.kind == Kind::whole) format_set_num_format(format, "#,##0");
    if (column.kind == Kind::decimal || column.kind == Kind::percent)
      format_set_num_format(format, number_format(column).c_str());
    return format;
  }

  lxw_error write_text(std::string_view words, lxw_format* format) {
    const std::string text = cell_text(words);
    widen(width_of(text));
    return worksheet_write_string(tab_, row_, lxw_col_t(column_), text.c_str(), format);
  }

  lxw_error write_number(double number, std::size_t width) {
    widen(width);
    return worksheet_write_number(tab_, row_, lxw_col_t(column_), number, formats_[column_]);
  }

  void widen(std::size_t width) { widths_[column_] = std::max(widths_[column_], width); }

  void note_error(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  std::unexpected<base::Error> refused() const {
    return base::fail(fmt::format("{}, row {}, column {}", sheet_.title, row_, column_ + 1),
                      lxw_strerror(error_), "writing XLSX");
  }

  lxw_workbook* book_;
  lxw_worksheet* tab_;
  const Sheet& sheet_;
  lxw_format* hidden_ = nullptr;
  std::vector<lxw_format*> formats_;
  std::vector<std::size_t> widths_;
  lxw_row_t row_ = 0;
  std::size_t column_ = 0;
  lxw_error error_ = LXW_NO_ERROR;
};

// An upper bound of what the parts take before they are packed.
std::uintmax_t bytes_of_parts(std::span<const Sheet> sheets) {
  constexpr std::uintmax_t frame = 1u << 20, a_cell = 64, a_byte_escaped = 7;
  std::uintmax_t bytes = frame;
  for (const Sheet& sheet : sheets)
    for (const Row& row : sheet.rows)
      for (const Cell& cell : row) {
        bytes += a_cell;
        if (const auto* words = std::get_if<std::string>(&cell)) bytes += words->size() * a_byte_escaped;
      }
  return bytes;
}

std::unexpected<base::Error> no_room(std::string subject, std::string cause) {
  return base::fail(std::move(subject), std::move(cause), "writing XLSX", base::ErrorKind::unavailable);
}

base::Status write(const std::string& path, std::string folder, std::span<const Sheet> sheets,
                   base::Instant created) {
  lxw_workbook_options options{};
  options.tmpdir = folder.data();
  std::unique_ptr<lxw_workbook, decltype(&lxw_workbook_free)> book(workbook_new_opt(path.c_str(), &options),
                                                                   &lxw_workbook_free);
  if (!book) return no_room("XLSX", "no memory");
  lxw_doc_properties properties{};
  properties.created = std::chrono::system_clock::to_time_t(created);
  workbook_set_properties(book.get(), &properties);
  const std::vector<std::string> names = tab_names(sheets);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    lxw_worksheet* tab = workbook_add_worksheet(book.get(), names[i].c_str());
    if (!tab) return base::fail(sheets[i].title, "no name for a tab", "writing XLSX");
    if (auto written = Tab(book.get(), tab, sheets[i]).write(); !written) return written;
  }
  // It frees the workbook, whatever it returns.
  if (const lxw_error error = workbook_close(book.release()); error != LXW_NO_ERROR)
    return no_room("XLSX", lxw_strerror(error));
  return {};
}

}  // namespace

base::Result<std::string> to_xlsx(std::span<const Sheet> sheets, base::Instant created) {
  for (const Sheet& sheet : sheets)
    if (auto sound = check(sheet); !sound) return std::unexpected(sound.error());
  // The library takes parts that a full disk has cut short for whole ones.
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  const auto space = std::filesystem::space(folder, error);
  if (error) return no_room(folder.string(), error.message());
  if (space.available < bytes_of_parts(sheets)) return no_room(folder.string(), "no space left");
  auto file = MemoryFile::create();
  if (!file) return std::unexpected(file.error());
  // The library seeds rand() and reads dates from gmtime's one buffer: these are the process's, and so is the
  // lock.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  if (auto written = write(file->path(), folder.string(), sheets, created); !written)
    return std::unexpected(written.error());
  return file->content();
}

}  // namespace halte::sheet
