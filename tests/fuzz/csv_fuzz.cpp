// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "core/base/csv.h"

namespace {

using namespace halte;

void write_row(base::CsvWriter& csv, const std::vector<std::string>& cells) {
  for (const std::string& cell : cells) csv.text(cell);
  csv.end_row();
}

std::string written(const base::Csv& table) {
  base::CsvWriter csv;
  write_row(csv, table.header);
  for (const base::CsvRow& row : table.rows) write_row(csv, row.cells);
  return csv.content();
}

bool is_a_table(const base::Csv& table) {
  std::size_t line = 0;
  for (const base::CsvRow& row : table.rows) {
    if (row.cells.size() != table.header.size() || row.line <= line) return false;
    line = row.line;
  }
  return std::set(table.header.begin(), table.header.end()).size() == table.header.size();
}

}  // namespace

// Whatever is read is a table, and once written it is read and written again to the byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto table = base::parse_csv({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!table) return 0;
  if (!is_a_table(*table)) std::abort();
  // Two names that differ in the guard alone become one.
  for (const std::string& name : table->header)
    if (name.find('\'') != name.npos) return 0;
  const std::string text = written(*table);
  auto again = base::parse_csv(text, "fuzz", {.bytes = text.size(), .field_bytes = text.size()});
  if (!again || again->rows.size() != table->rows.size() || written(*again) != text) std::abort();
  return 0;
}
