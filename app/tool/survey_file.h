// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/survey/surveyjs.h"

namespace halte::tool {

// A survey on disk: a definition, or one with its id, version and metrics beside it, as templates are and as
// surveys stand in an organisation.
struct SurveyFile {
  std::string path;
  base::Json whole;
  bool has_metrics = false;

  const base::Json& definition() const { return has_metrics ? whole["definition"] : whole; }
  void set_definition(base::Json definition) {
    (has_metrics ? whole["definition"] : whole) = std::move(definition);
  }
};

base::Result<SurveyFile> read_survey_file(const std::string& path);

// To the file, or to standard output where `path` is empty. Indented, the properties of an object in the
// order of their names. Returns the exit status.
int write_output(const std::string& program, const std::string& path, const std::string& text);
std::string indented(const base::Json& json);

// To standard error, a line each: "visit.json: /pages/0/name: is taken".
void print_problems(const std::string& path, const std::vector<survey::Problem>& problems);
// To standard error: what of the document is asked otherwise, and what is kept only.
void print_remarks(const std::string& path, const std::vector<survey::Remark>& remarks);

}  // namespace halte::tool
