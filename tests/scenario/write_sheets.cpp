// SPDX-License-Identifier: Apache-2.0
// write_sheets FOLDER: the tables that stand on its input as JSON, as FOLDER/sheets.xlsx and
// FOLDER/0.csv, 1.csv, … A cell is null, {"hidden": "< 10"}, or what the column's kind makes of it; days and
// times are strings.
#include <fmt/format.h>

#include <iostream>
#include <iterator>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/sheet/csv.h"
#include "core/sheet/xlsx.h"

using namespace halte;

namespace {

sheet::Kind kind_of(const std::string& name) {
  const std::array names{"text", "whole", "decimal", "percent", "date", "time"};
  return sheet::Kind(std::ranges::find(names, name) - names.begin());
}

sheet::Cell cell_of(const base::Json& json, sheet::Kind kind) {
  if (json.is_null()) return {};
  if (json.is_object()) return sheet::Hidden{json["hidden"]};
  switch (kind) {
    case sheet::Kind::text: return json.get<std::string>();
    case sheet::Kind::whole: return json.get<std::int64_t>();
    case sheet::Kind::decimal:
    case sheet::Kind::percent: return json.get<double>();
    case sheet::Kind::date:
      return std::chrono::floor<std::chrono::days>(
          *base::parse_rfc3339(json.get<std::string>() + "T00:00:00Z"));
    case sheet::Kind::time: return *base::parse_rfc3339(json.get<std::string>());
  }
  return {};
}

sheet::Sheet sheet_of(const base::Json& json) {
  sheet::Sheet sheet{.title = json["title"], .columns = {}, .rows = {}, .notes = json["notes"]};
  for (const base::Json& column : json["columns"])
    sheet.columns.push_back({.name = column["name"],
                             .kind = kind_of(column["kind"]),
                             .digits = column.value("digits", 1),
                             .zone = column.value("zone", "UTC")});
  for (const base::Json& cells : json["rows"]) {
    sheet::Row& row = sheet.rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) row.push_back(cell_of(cells[i], sheet.columns.at(i).kind));
  }
  return sheet;
}

base::Status keep(const base::Result<std::string>& content, const std::string& path) {
  return content ? base::write_file(path, *content) : std::unexpected(content.error());
}

base::Status write(const base::Json& json, const std::string& folder) {
  std::vector<sheet::Sheet> sheets;
  for (const base::Json& one : json["sheets"]) sheets.push_back(sheet_of(one));
  const auto created = base::parse_rfc3339(json["created"].get<std::string>());
  if (auto kept = keep(sheet::to_xlsx(sheets, *created), folder + "/sheets.xlsx"); !kept) return kept;
  for (std::size_t i = 0; i < sheets.size(); ++i)
    if (auto kept = keep(sheet::to_csv(sheets[i], true), fmt::format("{}/{}.csv", folder, i)); !kept)
      return kept;
  return {};
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return int(base::ExitStatus::usage);
  const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
  const auto json = base::parse_json(input, "input");
  const auto written = json ? write(*json, words[1]) : std::unexpected(json.error());
  if (written) return 0;
  fmt::print(stderr, "write_sheets: {}\n", base::to_string(written.error()));
  return int(base::exit_status(written.error().kind));
}
