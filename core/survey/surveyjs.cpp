// SPDX-License-Identifier: Apache-2.0
#include "core/survey/surveyjs.h"

#include <fmt/format.h>

#include "core/survey/projection.h"
#include "core/survey/projection_edit.h"

namespace halte::survey {
namespace {

using base::Json;
using Problems = std::vector<Problem>;

constexpr int kMaxDepth = 50;  // it will stand deeper: in its definition, and that in an organisation

Json without_original(Json definition) {
  definition.erase(std::string(kOriginal));
  return definition;
}

// Where the two differ, at the depth where one of them ends.
void note_differences(const Json& wanted, const Json& got, const std::string& pointer, Problems& found) {
  if (wanted == got) return;
  if (wanted.is_object() && got.is_object()) {
    for (const auto& [key, value] : wanted.items())
      note_differences(value, got.contains(key) ? got[key] : Json(), pointer + "/" + key, found);
    for (const auto& [key, value] : got.items())
      if (!wanted.contains(key)) note_differences(Json(), value, pointer + "/" + key, found);
  } else if (wanted.is_array() && got.is_array() && wanted.size() == got.size()) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      note_differences(wanted[i], got[i], fmt::format("{}/{}", pointer, i), found);
  } else {
    found.push_back({pointer, "cannot be told in the imported document: it stays as it was there"});
  }
}

}  // namespace

std::expected<Import, Problems> import_surveyjs(std::string_view json) {
  const std::string too_large = fmt::format("is larger than {} bytes", Limits::bytes);
  if (json.size() > Limits::bytes) return std::unexpected(Problems{{"", too_large}});
  auto document = base::parse_json(json, "survey", kMaxDepth);
  if (!document) return std::unexpected(Problems{{"", document.error().cause}});
  if (!document->is_object()) return std::unexpected(Problems{{"", "must be an object: a survey"}});
  if (document->contains(kOriginal))
    return std::unexpected(
        Problems{{fmt::format("/{}", kOriginal), "is there already: the survey was imported"}});
  auto projection = project(*document);
  if (!projection) return std::unexpected(std::move(projection.error()));
  Import imported{std::move(projection->definition), std::move(projection->remarks)};
  imported.definition[kOriginal] = std::move(*document);
  if (base::to_text(imported.definition).size() > Limits::bytes)
    return std::unexpected(Problems{{"", too_large + ", together with what the kiosk makes of it"}});
  return imported;
}

std::expected<Export, Problems> export_surveyjs(const Json& definition) {
  if (auto survey = parse(base::to_text(definition)); !survey)
    return std::unexpected(std::move(survey.error()));
  auto original = definition.find(kOriginal);
  if (original == definition.end()) return Export{definition, {}};
  auto inside = [](Problems problems) {
    for (auto& problem : problems) problem.pointer = fmt::format("/{}{}", kOriginal, problem.pointer);
    return std::unexpected(std::move(problems));
  };
  auto before = project(*original);
  if (!before) return inside(std::move(before.error()));
  const Json wanted = without_original(definition);
  if (before->definition == wanted) return Export{*original, {}};
  Export exported{with_edits(*original, *before, wanted), {}};
  auto after = project(exported.document);
  if (!after) return inside(std::move(after.error()));
  note_differences(wanted, after->definition, "", exported.not_carried);
  return exported;
}

}  // namespace halte::survey
