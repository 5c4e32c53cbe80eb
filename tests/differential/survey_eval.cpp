// SPDX-License-Identifier: Apache-2.0
// The C++ side of the differential test. Each line of standard input is a JSON object, each line of
// standard output answers one, in order:
//   {"expression": "{a} > 1", "answers": {...}}  ->  {"value": ...} or {"error": {...}}
//   {"survey": {...}, "answers": [{...}, ...]}   ->  {"cases": [...]} or {"problems": [...]}
//   {"import": {...}}  ->  {"definition": {...}, "questions": {name: pointer}, "pages": {...}} or
//   {"problems": [...]}
//   {"export": {...}}  ->  {"document": {...}, "not_carried": [...]} or {"problems": [...]}
#include <iostream>
#include <string>

#include "core/base/json.h"
#include "core/survey/flow.h"
#include "core/survey/projection.h"
#include "core/survey/survey.h"
#include "core/survey/surveyjs.h"
#include "core/survey/validate.h"

namespace {

using halte::base::Json;
using halte::survey::Answers;
using halte::survey::Fault;
using halte::survey::Survey;

Answers answers_of(const Json& json) {
  Answers answers;
  for (const auto& [name, value] : json.items()) answers.emplace(name, value);
  return answers;
}

const char* name_of(Fault fault) {
  switch (fault) {
    case Fault::required: return "required";
    case Fault::too_few: return "too_few";
    case Fault::not_an_email: return "not_an_email";
    case Fault::wrong_type: return "wrong_type";
    case Fault::not_offered: return "not_offered";
    case Fault::too_many: return "too_many";
    case Fault::too_long: return "too_long";
    case Fault::not_a_number: return "not_a_number";
  }
  return "unknown";
}

Json evaluate(const Json& request) {
  auto expression = halte::survey::Expression::parse(request["expression"].get<std::string>());
  if (!expression)
    return {{"error", {{"position", expression.error().position}, {"reason", expression.error().reason}}}};
  Answers answers = answers_of(request["answers"]);
  return {{"value", expression->evaluate(answers)}, {"holds", expression->holds(answers)}};
}

Json page_name(const Survey& survey, std::optional<std::size_t> index) {
  return index ? Json(survey.pages[*index].name) : Json();
}

Json run_case(const Survey& survey, const Json& raw_answers) {
  Answers answers = normalized(survey, answers_of(raw_answers));
  Json questions = Json::array();
  for (const auto& page : survey.pages)
    for (const auto* question : visible_questions(page, answers)) questions.push_back(question->name);
  Json pages = Json::array();
  Json next = Json::object();
  Json previous = Json::object();
  for (std::size_t index : visible_pages(survey, answers)) {
    const std::string& name = survey.pages[index].name;
    pages.push_back(name);
    next[name] = page_name(survey, next_page(survey, index, answers));
    previous[name] = page_name(survey, previous_page(survey, index, answers));
  }
  Json faults = Json::object();
  for (const auto& invalid : validate(survey, answers))
    faults[invalid.question->name] = name_of(invalid.fault);
  return {{"questions", questions}, {"pages", pages},   {"next", next},
          {"previous", previous},   {"faults", faults}, {"completed", completed(survey, answers)}};
}

Json listed(const std::vector<halte::survey::Problem>& problems) {
  Json list = Json::array();
  for (const auto& problem : problems)
    list.push_back({{"pointer", problem.pointer}, {"reason", problem.reason}});
  return list;
}

Json pointers(const std::map<std::string, halte::survey::Origin>& origins) {
  Json pointers = Json::object();
  for (const auto& [name, origin] : origins) pointers[name] = origin.pointer;
  return pointers;
}

Json run_import(const Json& document) {
  auto imported = halte::survey::import_surveyjs(halte::base::to_text(document));
  if (!imported) return {{"problems", listed(imported.error())}};
  auto projection = halte::survey::project(document);
  return {{"definition", imported->definition},
          {"questions", pointers(projection->questions)},
          {"pages", pointers(projection->pages)}};
}

Json run_export(const Json& definition) {
  auto exported = halte::survey::export_surveyjs(definition);
  if (!exported) return {{"problems", listed(exported.error())}};
  return {{"document", exported->document}, {"not_carried", listed(exported->not_carried)}};
}

Json run_survey(const Json& request) {
  auto survey = halte::survey::parse(halte::base::to_text(request["survey"]));
  if (!survey) return {{"problems", listed(survey.error())}};
  Json cases = Json::array();
  for (const auto& answers : request["answers"]) cases.push_back(run_case(*survey, answers));
  return {{"cases", cases}};
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    auto request = halte::base::parse_json(line, "standard input");
    if (!request) {
      std::cerr << halte::base::to_string(request.error()) << '\n';
      return 1;
    }
    Json reply = request->contains("expression") ? evaluate(*request)
                 : request->contains("import")   ? run_import((*request)["import"])
                 : request->contains("export")   ? run_export((*request)["export"])
                                                 : run_survey(*request);
    std::cout << halte::base::to_text(reply) << '\n';
  }
  return 0;
}
