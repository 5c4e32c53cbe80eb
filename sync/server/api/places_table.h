// SPDX-License-Identifier: Apache-2.0
#pragma once

// The places of an organisation as a table, a row each, for spreadsheets: kind (region, touchpoint, branch,
// kiosk), id, name, parent (of a region or a branch the region, of a kiosk the branch), survey (of a
// touchpoint), touchpoint (of a kiosk), zone, and mon to sun as "09:00-12:00 13:00-18:00".

#include <array>
#include <expected>
#include <map>
#include <string>
#include <vector>

#include "core/base/csv.h"
#include "core/base/json.h"
#include "core/base/json_reader.h"

namespace halte::api {

std::string places_table(const base::Json& document);

// What a table says, as a document that PUT /api/v1/organisation takes, and the line of each of its records.
struct PlacesRead {
  base::Json document;
  std::map<std::string, std::vector<std::size_t>> lines;  // by key of the document
};
// `before`: what is there. An empty cell, and a column that is not there, leave what a place has.
std::expected<PlacesRead, base::Problems> read_places_table(const base::Csv& csv, const base::Json& before);

// The same problems by line: "/branches/2/zone" becomes "line 7".
base::Problems by_line(base::Problems problems, const PlacesRead& read);

}  // namespace halte::api
