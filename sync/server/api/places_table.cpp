// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/places_table.h"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <set>

namespace halte::api {
namespace {

using base::Json;

constexpr std::array<const char*, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// A kind of row: its key in the document, and which members its columns fill.
struct Kind {
  const char* name;
  const char* key;
  std::vector<std::pair<const char*, const char*>> members;  // column, member
  bool has_hours;
};
const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"region", "regions", {{"name", "name"}, {"parent", "parent"}, {"zone", "zone"}}, true},
      {"touchpoint", "touchpoints", {{"name", "name"}, {"survey", "survey"}}, false},
      {"branch", "branches", {{"name", "name"}, {"parent", "region"}, {"zone", "zone"}}, true},
      {"kiosk", "kiosks", {{"name", "name"}, {"parent", "branch"}, {"touchpoint", "touchpoint"}}, false}};
  return all;
}

constexpr std::array<std::string_view, 14> columns{"kind",       "id",   "name", "parent", "survey",
                                                   "touchpoint", "zone", "mon",  "tue",    "wed",
                                                   "thu",        "fri",  "sat",  "sun"};

std::string text_of(const Json& place, const char* member) {
  const auto found = place.find(member);
  return found != place.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string hours_text(const Json& place, const char* day) {
  const auto hours = place.find("opening_hours");
  if (hours == place.end() || !hours->contains(day)) return "";
  std::string text;
  for (const Json& span : (*hours)[day]) text += (text.empty() ? "" : " ") + span.get<std::string>();
  return text;
}

std::string cell_of(const Kind& kind, const Json& place, std::string_view column) {
  if (column == "kind") return kind.name;
  if (column == "id") return text_of(place, "id");
  for (const auto& [name, member] : kind.members)
    if (column == name) return text_of(place, member);
  const auto day = std::ranges::find(days, column);
  return day != days.end() && kind.has_hours ? hours_text(place, *day) : "";
}

// The cells of one row by the names of their columns.
class Row {
 public:
  Row(const base::Csv& csv, const base::CsvRow& row) : csv_(csv), row_(row) {}
  std::string at(const std::string& column) const {
    const auto found = std::ranges::find(csv_.header, column);
    return found == csv_.header.end() ? "" : row_.cells[std::size_t(found - csv_.header.begin())];
  }
  std::size_t line() const { return row_.line; }

 private:
  const base::Csv& csv_;
  const base::CsvRow& row_;
};

Json spans_of(const std::string& text) {
  Json spans = Json::array();
  for (const auto part : std::views::split(text, ' '))
    if (!part.empty()) spans.push_back(std::string(part.begin(), part.end()));
  return spans;
}

// What the row says goes over what the place has.
Json place_of(const Kind& kind, const Row& row, Json place) {
  place["id"] = row.at("id");
  for (const auto& [column, member] : kind.members)
    if (std::string text = row.at(column); !text.empty()) place[member] = std::move(text);
  if (!kind.has_hours) return place;
  Json week = Json::object();
  for (const char* day : days)
    if (const std::string text = row.at(day); !text.empty()) week[day] = spans_of(text);
  if (!week.empty()) place["opening_hours"] = std::move(week);
  return place;
}

Json known_place(const Json& before, const Kind& kind, const std::string& id) {
  const Json places = before.value(kind.key, Json::array());
  const auto found =
      std::ranges::find_if(places, [&](const Json& place) { return text_of(place, "id") == id; });
  return found == places.end() ? Json::object() : *found;
}

std::string line_name(std::size_t line) { return "line " + std::to_string(line); }

}  // namespace

std::string places_table(const Json& document) {
  base::CsvWriter csv(true);
  for (const auto column : columns) csv.text(column);
  csv.end_row();
  for (const Kind& kind : kinds())
    for (const Json& place : document.value(kind.key, Json::array())) {
      for (const auto column : columns) csv.text(cell_of(kind, place, column));
      csv.end_row();
    }
  return csv.content();
}

std::expected<PlacesRead, base::Problems> read_places_table(const base::Csv& csv, const Json& before) {
  base::Problems problems;
  for (const auto& column : csv.header)
    if (std::ranges::find(columns, column) == columns.end())
      problems.push_back({line_name(1), "there is no column " + column});
  PlacesRead read{Json::object(), {}};
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& cells : csv.rows) {
    const Row row(csv, cells);
    const auto kind = std::ranges::find(kinds(), row.at("kind"), &Kind::name);
    if (kind == kinds().end()) {
      problems.push_back({line_name(row.line()), "kind: region, touchpoint, branch or kiosk"});
      continue;
    }
    if (!seen.insert({kind->key, row.at("id")}).second)
      problems.push_back({line_name(row.line()), "the same place stands there before"});
    read.document[kind->key].push_back(place_of(*kind, row, known_place(before, *kind, row.at("id"))));
    read.lines[kind->key].push_back(row.line());
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return read;
}

base::Problems by_line(base::Problems problems, const PlacesRead& read) {
  for (base::Problem& problem : problems) {
    const std::size_t key_ends = problem.pointer.find('/', 1);
    if (key_ends == std::string::npos) continue;
    const auto lines = read.lines.find(problem.pointer.substr(1, key_ends - 1));
    std::size_t place = 0;
    const char* digits = problem.pointer.data() + key_ends + 1;
    const char* end = problem.pointer.data() + problem.pointer.size();
    if (std::from_chars(digits, end, place).ec != std::errc{} || lines == read.lines.end()) continue;
    if (place < lines->second.size()) problem.pointer = line_name(lines->second[place]);
  }
  return problems;
}

}  // namespace halte::api
