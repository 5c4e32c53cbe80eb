// SPDX-License-Identifier: Apache-2.0
#include "app/tool/survey_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "app/runtime/settings.h"
#include "core/base/file.h"

namespace halte::tool {

using base::Json;

base::Result<SurveyFile> read_survey_file(const std::string& path) {
  auto text = base::read_file(path, 4 * survey::Limits::bytes);
  if (!text) return std::unexpected(text.error());
  auto json = base::parse_json(*text, path);
  if (!json) return std::unexpected(json.error());
  SurveyFile file{path, std::move(*json)};
  file.has_metrics =
      file.whole.is_object() && file.whole.contains("definition") && !file.whole.contains("pages");
  return file;
}

std::string indented(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int write_output(const std::string& program, const std::string& path, const std::string& text) {
  if (path.empty()) {
    fmt::print("{}", text);
    return 0;
  }
  auto written = base::write_file(path, text);
  return written ? 0 : runtime::report(program, written.error());
}

void print_problems(const std::string& path, const std::vector<survey::Problem>& problems) {
  for (const auto& problem : problems)
    fmt::print(stderr, "{}: {}: {}\n", path, problem.pointer.empty() ? "the survey" : problem.pointer,
               problem.reason);
}

void print_remarks(const std::string& path, const std::vector<survey::Remark>& remarks) {
  using Kind = survey::Remark::Kind;
  for (const auto& remark : remarks)
    fmt::print(stderr, "{}: {}: {} {}\n", path, remark.kind == Kind::changed ? "changed" : "kept",
               remark.pointer, remark.reason);
  const auto changed = std::ranges::count(remarks, Kind::changed, &survey::Remark::kind);
  fmt::print(stderr, "{}: {} places are asked otherwise, {} are kept and not shown\n", path, changed,
             std::ptrdiff_t(remarks.size()) - changed);
}

}  // namespace halte::tool
