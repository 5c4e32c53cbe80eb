// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/survey/definition_reader.h"
#include "core/survey/survey.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

// Names that mean something else inside SurveyJS's braces, in lower case.
constexpr std::string_view kReservedNames[] = {"pageno",
                                               "pagecount",
                                               "questioncount",
                                               "correctedanswers",
                                               "correctanswers",
                                               "correctedanswercount",
                                               "incorrectedanswers",
                                               "incorrectanswers",
                                               "incorrectedanswercount",
                                               "locale",
                                               "length",
                                               "survey",
                                               "self",
                                               "parent",
                                               "matrix",
                                               "composite",
                                               "item",
                                               "choice",
                                               "column",
                                               "row",
                                               "prevrow",
                                               "nextrow",
                                               "totalrow",
                                               "rowindex",
                                               "visiblerowindex",
                                               "rowvalue",
                                               "rowname",
                                               "rowtitle",
                                               "panel",
                                               "prevpanel",
                                               "nextpanel",
                                               "parentpanel",
                                               "panelindex",
                                               "visiblepanelindex"};

struct NameSet {
  std::set<std::string> lower_names;

  // SurveyJS finds names without regard to case.
  void add(DefinitionReader& reader, const std::string& name, const std::string& pointer) {
    if (name.empty()) return;
    if (!lower_names.insert(lower_case(name)).second)
      reader.note(pointer + "/name", fmt::format("\"{}\" is taken", name));
  }
};

Page read_page(DefinitionReader& reader, const Node& node, NameSet& question_names) {
  Page page;
  if (!node.json.is_object()) {
    reader.note(node.pointer, "must be an object: a page");
    return page;
  }
  reader.only(node, {"name", "title", "description", "visibleIf", "elements"}, "a page");
  page.name = reader.name(node);
  page.title = reader.text(node, "title");
  page.description = reader.text(node, "description");
  page.visible_if = reader.expression(node, "visibleIf");
  const auto* elements = reader.list(node, "elements", 1, Limits::questions);
  for (std::size_t i = 0; elements && i < elements->size(); ++i) {
    Node element{(*elements)[i], fmt::format("{}/elements/{}", node.pointer, i)};
    page.questions.push_back(read_question(reader, element));
    const std::string& name = page.questions.back().name;
    question_names.add(reader, name, element.pointer);
    if (is_reserved(lower_case(name)))
      reader.note(element.pointer + "/name", fmt::format("\"{}\" means something else in SurveyJS", name));
  }
  return page;
}

Survey read_survey(DefinitionReader& reader, const Node& root) {
  Survey survey;
  reader.only(root, {"locale", "title", "description", "pages", kOriginal}, "a survey");
  if (const auto* original = root.find(kOriginal); original && !original->is_object())
    reader.note(root.pointer_to(kOriginal), "must be an object: the imported SurveyJS document");
  survey.locale = reader.default_locale = reader.locale(root);
  survey.title = reader.text(root, "title");
  survey.description = reader.text(root, "description");
  const auto* pages = reader.list(root, "pages", 1, Limits::pages);
  NameSet page_names;
  NameSet question_names;
  std::size_t questions = 0;
  for (std::size_t i = 0; pages && i < pages->size(); ++i) {
    Node node{(*pages)[i], fmt::format("/pages/{}", i)};
    survey.pages.push_back(read_page(reader, node, question_names));
    page_names.add(reader, survey.pages.back().name, node.pointer);
    questions += survey.pages.back().questions.size();
  }
  if (questions > Limits::questions)
    reader.note("/pages", fmt::format("hold more than {} questions", Limits::questions));
  return survey;
}

bool has_length(const Question& question) {
  const auto* input = std::get_if<TextInput>(&question.kind);
  return std::holds_alternative<Checkbox>(question.kind) || std::holds_alternative<Comment>(question.kind) ||
         (input && input->type != TextInput::Type::number);
}

void check_reference(DefinitionReader& reader, const Survey& survey, const PendingReference& pending) {
  const Reference& reference = pending.reference;
  const Question* question = find_question(survey, reference.name);
  std::string reason;
  if (!question) {
    reason = fmt::format("there is no question \"{}\"", reference.name);
  } else if (std::holds_alternative<Html>(question->kind)) {
    reason = fmt::format("\"{}\" is html, which has no answer", reference.name);
  } else if (reference.part == Reference::Part::length && !has_length(*question)) {
    reason = fmt::format("\"{}\" has no length: only checkbox, comment and text have", reference.name);
  } else if (reference.part == Reference::Part::item && !std::holds_alternative<Checkbox>(question->kind)) {
    reason = fmt::format("\"{}\" has no items: only checkbox has", reference.name);
  }
  if (!reason.empty())
    reader.note(pending.pointer, fmt::format("at character {}: {}", reference.position + 1, reason));
}

void declare_lists(Survey& survey) {
  auto is_list = [&](std::string_view name) {
    const Question* question = find_question(survey, name);
    return question && std::holds_alternative<Checkbox>(question->kind);
  };
  for (auto& page : survey.pages) {
    if (page.visible_if) page.visible_if->declare_lists(is_list);
    for (auto& question : page.questions)
      if (question.visible_if) question.visible_if->declare_lists(is_list);
  }
}

}  // namespace

bool is_reserved(std::string_view lower_name) {
  return std::ranges::find(kReservedNames, lower_name) != std::end(kReservedNames) ||
         lower_name.ends_with("-unwrapped") || lower_name.ends_with("-comment");
}

std::expected<Survey, std::vector<Problem>> parse(std::string_view json) {
  using Problems = std::vector<Problem>;
  if (json.size() > Limits::bytes)
    return std::unexpected(Problems{{"", fmt::format("is larger than {} bytes", Limits::bytes)}});
  auto document = base::parse_json(json, "survey");
  if (!document) return std::unexpected(Problems{{"", document.error().cause}});
  if (!document->is_object()) return std::unexpected(Problems{{"", "must be an object: a survey"}});
  DefinitionReader reader;
  Survey survey = read_survey(reader, {*document, ""});
  for (const auto& pending : reader.references) check_reference(reader, survey, pending);
  if (!reader.problems.empty()) return std::unexpected(std::move(reader.problems));
  declare_lists(survey);
  return survey;
}

}  // namespace halte::survey
