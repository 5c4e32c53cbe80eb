// SPDX-License-Identifier: Apache-2.0
#include "core/survey/templates.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/file.h"
#include "core/base/json_reader.h"

namespace halte::survey {
namespace {

using base::Json;
using Problems = std::vector<Problem>;

template <class Kind>
void check_metric(const Survey& survey, const Json& name, const std::string& pointer, Problems& problems) {
  const Question* question = name.is_string() ? find_question(survey, name.get<std::string>()) : nullptr;
  if (!question)
    problems.push_back({pointer, "names no question of the survey"});
  else if (!std::holds_alternative<Kind>(question->kind))
    problems.push_back({pointer, "names a question of a type that cannot feed it"});
}

void check_metrics(const Template& made, Problems& problems) {
  constexpr std::string_view kScores[] = {"nps", "emotion", "csat", "ces", "stars"};
  bool has_score = false;
  for (const auto& [key, value] : made.metrics.items()) {
    const std::string pointer = "/metrics/" + key;
    if (std::ranges::find(kScores, key) != std::end(kScores)) {
      has_score = true;
      check_metric<Rating>(made.survey, value, pointer, problems);
    } else if (key == "reasons" && value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i)
        check_metric<Checkbox>(made.survey, value[i], fmt::format("{}/{}", pointer, i), problems);
    } else {
      problems.push_back({pointer, "is no metric"});
    }
  }
  if (!has_score) problems.push_back({"/metrics", "names no score"});
}

}  // namespace

std::expected<Template, Problems> parse_template(const Json& json) {
  base::Problems found;
  base::ObjectReader reader(json, "", found);
  Template made;
  if (found.empty()) {
    made.id = reader.text("id");
    made.version = int(reader.integer("version", 1, 1'000'000));
    for (auto [key, into] :
         {std::pair("definition", &made.definition), std::pair("metrics", &made.metrics)}) {
      const Json* value = reader.value(key);
      *into = value && value->is_object() ? *value : Json::object();
    }
    reader.refuse_unknown_keys();
  }
  Problems problems;
  for (auto& problem : found) problems.push_back({std::move(problem.pointer), std::move(problem.reason)});
  if (!problems.empty()) return std::unexpected(std::move(problems));
  auto survey = parse(base::to_text(made.definition));
  if (!survey) {
    for (auto& problem : survey.error()) problem.pointer = "/definition" + problem.pointer;
    return std::unexpected(std::move(survey.error()));
  }
  made.survey = std::move(*survey);
  check_metrics(made, problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return made;
}

base::Result<std::vector<Template>> load_templates(const std::filesystem::path& folder) {
  constexpr const char* kDoing = "reading a template of a survey";
  std::error_code error;
  std::vector<Template> templates;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".json") continue;
    auto text = base::read_file(entry.path(), 2 * Limits::bytes);
    if (!text) return std::unexpected(text.error());
    auto json = base::parse_json(*text, entry.path().string());
    if (!json) return std::unexpected(json.error());
    auto made = parse_template(*json);
    if (!made)
      return base::fail(entry.path().string(),
                        fmt::format("{}: {}", made.error()[0].pointer, made.error()[0].reason), kDoing,
                        base::ErrorKind::invalid);
    if (made->id != entry.path().stem())
      return base::fail(entry.path().string(), "has another id than its name says", kDoing,
                        base::ErrorKind::invalid);
    templates.push_back(std::move(*made));
  }
  if (error) return base::fail(folder.string(), error.message(), kDoing);
  std::ranges::sort(templates, {}, &Template::id);
  return templates;
}

}  // namespace halte::survey
