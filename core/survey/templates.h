// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/survey/survey.h"

// Surveys to start from, that ship as assets/surveys/templates/*.json. A file is what stands under "surveys"
// of an organisation: id, version, definition and metrics, so that it can be put there as it is.
namespace halte::survey {

struct Template {
  std::string id;  // "nps", "service-counter"
  int version = 1;
  base::Json definition;
  base::Json metrics;  // which question feeds which metric: {"nps": "nps", "reasons": ["went_well"]}
  Survey survey;       // the definition, parsed
};

// Pointers into the file. The metrics are named and each is of a question that can feed it: a rating, or for
// reasons a checkbox; whether the scale fits, core/stats knows.
std::expected<Template, std::vector<Problem>> parse_template(const base::Json& json);

// Every *.json of the folder, in the order of their ids, each under its id. Fails with the first file that is
// wrong.
base::Result<std::vector<Template>> load_templates(const std::filesystem::path& folder);

}  // namespace halte::survey
