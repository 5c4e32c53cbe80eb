// SPDX-License-Identifier: Apache-2.0
#include "core/sheet/csv.h"

#include <fmt/format.h>

#include "core/base/csv.h"

namespace halte::sheet {
namespace {

// "2026-11-21T13:00:00+01:00". The zone is known: check() has seen it.
std::string local_time(base::Instant at, const std::string& zone) {
  using namespace std::chrono;
  const minutes ahead = round<minutes>(base::ahead_of_utc(at, zone).value_or(seconds{0}));
  std::string text = base::to_rfc3339(at + ahead);
  text.pop_back();  // the Z
  return text + fmt::format("{}{:02}:{:02}", ahead.count() < 0 ? '-' : '+', std::abs(ahead.count()) / 60,
                            std::abs(ahead.count()) % 60);
}

struct Writer {
  base::CsvWriter& csv;
  const Column& column;

  void operator()(std::monostate) const { csv.text(""); }
  void operator()(const Hidden& hidden) const { csv.text(hidden.text); }
  void operator()(const std::string& words) const { csv.text(words); }
  void operator()(std::int64_t number) const { csv.number(fmt::to_string(number)); }
  // Minus nought is nought.
  void operator()(double number) const { csv.number(fmt::to_string(number + 0.0)); }
  void operator()(std::chrono::sys_days day) const { csv.number(base::to_rfc3339(day).substr(0, 10)); }
  void operator()(base::Instant at) const { csv.number(local_time(at, column.zone)); }
};

}  // namespace

base::Result<std::string> to_csv(const Sheet& sheet, bool bom) {
  if (auto sound = check(sheet); !sound) return std::unexpected(sound.error());
  base::CsvWriter csv(bom);
  for (const Column& column : sheet.columns) csv.text(column.name);
  csv.end_row();
  for (const Row& row : sheet.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) std::visit(Writer{csv, sheet.columns[c]}, row[c]);
    csv.end_row();
  }
  return csv.content();
}

}  // namespace halte::sheet
