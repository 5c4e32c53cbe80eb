// SPDX-License-Identifier: Apache-2.0
// A survey from anywhere: reading it, walking its pages and judging answers must hold for any bytes.
// The input is a definition or a SurveyJS document; after a NUL byte, answers as a JSON object may follow.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/survey/flow.h"
#include "core/survey/survey.h"
#include "core/survey/surveyjs.h"
#include "core/survey/validate.h"

namespace {

halte::survey::Answers answers_of(std::string_view text) {
  halte::survey::Answers answers;
  auto json = halte::base::parse_json(text, "answers");
  if (!json || !json->is_object()) return answers;
  for (const auto& [name, value] : json->items()) answers.emplace(name, value);
  return answers;
}

// What is imported can be asked, and comes out as it came in; also after every title was edited, unless the
// export says where not.
void import_and_export(std::string_view document) {
  auto imported = halte::survey::import_surveyjs(document);
  if (!imported) return;
  auto& definition = imported->definition;
  if (!halte::survey::parse(halte::base::to_text(definition))) std::abort();
  auto same = halte::survey::export_surveyjs(definition);
  if (!same || same->document != definition[halte::survey::kOriginal] || !same->not_carried.empty())
    std::abort();
  for (auto& page : definition["pages"])
    for (auto& question : page["elements"])
      if (question["type"] != "html") question["title"] = "edited";
  auto edited = halte::survey::export_surveyjs(definition);
  if (!edited || !edited->not_carried.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  auto definition = input.substr(0, input.find('\0'));
  if (auto expression = halte::survey::Expression::parse(definition)) (void)expression->evaluate({});
  import_and_export(definition);
  auto survey = halte::survey::parse(definition);
  if (!survey) return 0;
  auto rest = definition.size() < size ? input.substr(definition.size() + 1) : std::string_view{};
  auto answers = normalized(*survey, answers_of(rest));
  for (auto page = first_page(*survey, answers); page; page = next_page(*survey, *page, answers))
    (void)validate(survey->pages[*page], answers);
  (void)completed(*survey, answers);
  return 0;
}
