// SPDX-License-Identifier: Apache-2.0
#pragma once

// A report as a file: the same cells as its JSON, as CSV or as a workbook.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sheet/sheet.h"
#include "sync/server/api/view.h"

namespace halte::api {

enum class Format { json, csv, xlsx };
// ?format=csv or xlsx, else the first of Accept that is one of the three; nothing where none is.
std::optional<Format> format_of(const http::Request& request);

struct TableColumn {
  std::string name;
  std::string pointer;  // JSON Pointer into the row
  sheet::Kind kind = sheet::Kind::text;
  bool is_figure = false;  // value, low, high, answers of a figure_json
};
TableColumn figure(std::string name, std::string pointer);
// value, low, high, p and proven of a difference_json.
std::vector<TableColumn> difference(const std::string& name, const std::string& pointer);

// One row of `rows` (a JSON array) a row; what is null is an empty cell, what is suppressed says so.
sheet::Sheet table(std::string title, const base::Json& rows, const std::vector<TableColumn>& columns);

// Organisation and place, period, and the filters that are set.
std::vector<std::string> place_notes(const View& view, const World& world, std::string_view locale);
// What a reader of figures has to know, in the page's language: place, period, filters, k, and what an
// interval is.
std::vector<std::string> notes_of(const View& view, const World& world, std::string_view locale);

http::Response as_file(const sheet::Sheet& sheet, Format format, std::string_view name, base::Instant now);

}  // namespace halte::api
