// SPDX-License-Identifier: Apache-2.0
#include "core/survey/flow.h"

#include <algorithm>

#include "core/survey/choices.h"
#include "core/survey/script_value.h"

namespace halte::survey {
namespace {

using base::Json;

Json choice_value(const std::vector<Choice>& choices, const Json& answer) {
  const Choice* choice = offered_choice(choices, answer);
  return choice ? choice->value : answer;
}

// nullopt: no answer. A null in a rating or a text stays one, to which a condition is not indifferent.
struct Normalize {
  const Json& answer;
  using Result = std::optional<Json>;

  Result operator()(const Rating&) const { return answer; }
  Result operator()(const Radiogroup& group) const {
    if (answer.is_null() || answer == "" || answer == Json::array()) return std::nullopt;
    return choice_value(group.choices, answer);
  }
  Result operator()(const Checkbox& box) const {
    if (!script::to_boolean(script::from_json(answer))) return std::nullopt;
    if (!answer.is_array()) return Json::array({choice_value(box.choices, answer)});
    Json values = Json::array();
    for (const auto& item : answer) values.push_back(choice_value(box.choices, item));
    return values;
  }
  Result operator()(const Comment&) const { return joined("\n"); }
  Result operator()(const TextInput&) const { return joined(", "); }
  Result operator()(const Boolean&) const {
    if (answer == "true") return true;
    if (answer == "false") return false;
    return answer.is_null() || answer == "indeterminate" ? std::nullopt : Result(answer);
  }
  Result operator()(const Html&) const { return std::nullopt; }

  Json joined(std::string_view separator) const {
    auto value = script::from_json(answer);
    const auto* array = script::as<script::Array>(value);
    return array ? Json(script::join(*array, separator)) : answer;
  }
};

bool holds(const std::optional<Expression>& condition, const Answers& answers) {
  return !condition || condition->holds(answers);
}

}  // namespace

Answers normalized(const Survey& survey, const Answers& answers) {
  Answers result;
  for (const auto& page : survey.pages)
    for (const auto& question : page.questions) {
      auto answer = answers.find(question.name);
      if (answer == answers.end()) continue;
      auto value = std::visit(Normalize{answer->second}, question.kind);
      if (value) result.emplace(question.name, std::move(*value));
    }
  return result;
}

bool is_visible(const Question& question, const Answers& answers) {
  return holds(question.visible_if, answers);
}

bool is_visible(const Page& page, const Answers& answers) {
  return holds(page.visible_if, answers) &&
         std::ranges::any_of(page.questions,
                             [&](const Question& question) { return is_visible(question, answers); });
}

std::vector<const Question*> visible_questions(const Page& page, const Answers& answers) {
  std::vector<const Question*> visible;
  for (const auto& question : page.questions)
    if (is_visible(question, answers)) visible.push_back(&question);
  return visible;
}

std::vector<std::size_t> visible_pages(const Survey& survey, const Answers& answers) {
  std::vector<std::size_t> visible;
  for (std::size_t i = 0; i < survey.pages.size(); ++i)
    if (is_visible(survey.pages[i], answers)) visible.push_back(i);
  return visible;
}

std::optional<std::size_t> next_page(const Survey& survey, std::size_t current, const Answers& answers) {
  for (std::size_t i = current + 1; i < survey.pages.size(); ++i)
    if (is_visible(survey.pages[i], answers)) return i;
  return std::nullopt;
}

std::optional<std::size_t> previous_page(const Survey& survey, std::size_t current, const Answers& answers) {
  for (std::size_t i = std::min(current, survey.pages.size()); i-- > 0;)
    if (is_visible(survey.pages[i], answers)) return i;
  return std::nullopt;
}

std::optional<std::size_t> first_page(const Survey& survey, const Answers& answers) {
  if (!survey.pages.empty() && is_visible(survey.pages[0], answers)) return 0;
  return next_page(survey, 0, answers);
}

Answers completed(const Survey& survey, const Answers& answers) {
  Answers kept;
  for (const auto& page : survey.pages) {
    if (!is_visible(page, answers)) continue;
    for (const Question* question : visible_questions(page, answers)) {
      auto answer = answers.find(question->name);
      if (answer == answers.end()) continue;
      Json value = without_unknown_choices(question->kind, answer->second);
      if (!is_blank(value)) kept.emplace(question->name, std::move(value));
    }
  }
  return kept;
}

namespace {

// Every answer that a first question offers; none for typed ones.
struct Offered {
  using Result = std::vector<Json>;
  Result operator()(const Rating& rating) const {
    Result values;
    for (const RatingItem& item : rating.items) values.emplace_back(item.value);
    return values;
  }
  Result operator()(const Radiogroup& group) const {
    Result values;
    for (const Choice& choice : group.choices) values.push_back(choice.value);
    return values;
  }
  Result operator()(const Checkbox& box) const {
    Result values;
    for (const Choice& choice : box.choices) values.push_back(Json::array({choice.value}));
    return values;
  }
  Result operator()(const Comment&) const { return {}; }
  Result operator()(const TextInput&) const { return {}; }
  Result operator()(const Boolean&) const { return {false, true}; }
  Result operator()(const Html&) const { return {}; }
};

std::size_t count_questions(const Survey& survey, const Answers& answers) {
  std::size_t count = 0;
  for (const std::size_t page : visible_pages(survey, answers))
    for (const Question* question : visible_questions(survey.pages[page], answers))
      count += !std::holds_alternative<Html>(question->kind);
  return count;
}

}  // namespace

std::size_t most_follow_ups(const Survey& survey) {
  const Question& first = survey.pages.front().questions.front();
  std::size_t most = count_questions(survey, {});
  for (const Json& value : std::visit(Offered{}, first.kind))
    most = std::max(most, count_questions(survey, {{first.name, value}}));
  return most == 0 ? 0 : most - 1;
}

}  // namespace halte::survey
