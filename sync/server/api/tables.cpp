// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/sheet/csv.h"
#include "core/sheet/xlsx.h"

namespace halte::api {

using base::Json;

namespace {

constexpr std::string_view csv_type = "text/csv";
constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// Null where the row has nothing there.
Json at(const Json& row, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  return row.contains(place) ? row.at(place) : Json(nullptr);
}

sheet::Cell cell_of(const Json& value, sheet::Kind kind) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (kind == sheet::Kind::whole && value.is_number()) return value.get<std::int64_t>();
  if ((kind == sheet::Kind::decimal || kind == sheet::Kind::percent) && value.is_number())
    return value.get<double>();
  return value.is_string() ? value.get<std::string>() : base::to_text(value);
}

void add_figure_cells(sheet::Row& row, const Json& figure) {
  constexpr std::array keys{"value", "low", "high"};
  const bool is_hidden = figure.is_object() && figure.value("suppressed", false);
  for (const char* key : keys)
    row.push_back(is_hidden            ? sheet::Cell(sheet::fewer_than(figure["k"].get<std::int64_t>()))
                  : figure.is_object() ? cell_of(figure[key], sheet::Kind::decimal)
                                       : sheet::Cell());
  row.push_back(is_hidden            ? sheet::Cell(sheet::fewer_than(figure["k"].get<std::int64_t>()))
                : figure.is_object() ? cell_of(figure["n"], sheet::Kind::whole)
                                     : sheet::Cell());
}

std::optional<Format> format_named(std::string_view type) {
  type = type.substr(0, type.find(';'));
  if (type == "csv" || type == csv_type) return Format::csv;
  if (type == "xlsx" || type == xlsx_type) return Format::xlsx;
  if (type == "json" || type == "application/json" || type == "application/*" || type == "*/*")
    return Format::json;
  return std::nullopt;
}

}  // namespace

std::optional<Format> format_of(const http::Request& request) {
  if (auto asked = request.query.get("format")) return format_named(*asked);
  const auto accepted = request.headers.get("Accept");
  if (!accepted || accepted->empty()) return Format::json;
  for (std::string_view type : http::split_list(*accepted))
    if (auto format = format_named(http::trim(type))) return format;
  return std::nullopt;
}

TableColumn figure(std::string name, std::string pointer) {
  return {std::move(name), std::move(pointer), sheet::Kind::decimal, true};
}

std::vector<TableColumn> difference(const std::string& name, const std::string& pointer) {
  return {{name, pointer + "/value", sheet::Kind::decimal},
          {name + " low", pointer + "/low", sheet::Kind::decimal},
          {name + " high", pointer + "/high", sheet::Kind::decimal},
          {name + " p", pointer + "/p", sheet::Kind::decimal},
          {name + " proven", pointer + "/proven"}};
}

sheet::Sheet table(std::string title, const Json& rows, const std::vector<TableColumn>& columns) {
  sheet::Sheet sheet{std::move(title), {}, {}, {}};
  for (const auto& column : columns) {
    if (column.is_figure)
      sheet::add_figure_columns(
          sheet, {column.name, column.name + " low", column.name + " high", column.name + " answers"},
          sheet::Kind::decimal);
    else
      sheet.columns.push_back({column.name, column.kind, column.kind == sheet::Kind::decimal ? 4 : 1});
  }
  for (const Json& json : rows) {
    sheet::Row row;
    for (const auto& column : columns) {
      if (column.is_figure)
        add_figure_cells(row, at(json, column.pointer));
      else
        row.push_back(cell_of(at(json, column.pointer), column.kind));
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

namespace {

std::string in_words(std::string_view locale, std::string_view english, std::string_view dutch) {
  return std::string(locale == "nl" ? dutch : english);
}

}  // namespace

std::vector<std::string> place_notes(const View& view, const World& world, std::string_view locale) {
  const auto say = [&](std::string_view english, std::string_view dutch) {
    return in_words(locale, english, dutch);
  };
  const Json period = to_json(view.period);
  std::vector<std::string> notes{
      fmt::format("{}: {}", world.organisation.name,
                  view.branch   ? world.branch_name(*view.branch)
                  : view.region ? world.region_name(*view.region)
                                : say("all branches", "alle filialen")),
      fmt::format("{} {} – {} (UTC)", say("Period:", "Periode:"), period["from"].get<std::string>(),
                  period["to"].get<std::string>())};
  if (view.touchpoint)
    notes.push_back(say("Touchpoint: ", "Contactmoment: ") + world.touchpoint_name(*view.touchpoint));
  if (view.language) notes.push_back(say("Language: ", "Taal: ") + *view.language);
  if (view.variant) notes.push_back(say("Variant: ", "Variant: ") + *view.variant);
  return notes;
}

std::vector<std::string> notes_of(const View& view, const World& world, std::string_view locale) {
  std::vector<std::string> notes = place_notes(view, world, locale);
  const std::string few =
      in_words(locale, "Fewer than {} answers, or as many as would give fewer away: not shown.",
               "Minder dan {} antwoorden, of wat die zou verraden: niet getoond.");
  notes.push_back(fmt::format(fmt::runtime(few), world.threshold().answers()));
  notes.push_back(
      in_words(locale, "A 95 % interval covers sampling error alone: people at a kiosk choose themselves.",
               "Een 95%-interval dekt alleen toeval: mensen bij een zuil kiezen zelf of zij antwoorden."));
  return notes;
}

http::Response as_file(const sheet::Sheet& sheet, Format format, std::string_view name, base::Instant now) {
  auto bytes = format == Format::csv ? sheet::to_csv(sheet, true) : sheet::to_xlsx(std::span(&sheet, 1), now);
  if (!bytes) return http::problem_for(bytes.error());
  const bool is_csv = format == Format::csv;
  return http::Response::file(fmt::format("{}.{}", name, is_csv ? "csv" : "xlsx"),
                              is_csv ? "text/csv; charset=utf-8" : std::string(xlsx_type), std::move(*bytes));
}

}  // namespace halte::api
