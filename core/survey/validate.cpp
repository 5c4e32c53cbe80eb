// SPDX-License-Identifier: Apache-2.0
#include "core/survey/validate.h"

#include <algorithm>
#include <cmath>

#include "core/survey/choices.h"
#include "core/survey/flow.h"
#include "core/survey/script_value.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

using base::Json;

bool offers(const std::vector<Choice>& choices, const Json& value) {
  return std::ranges::any_of(choices, [&](const Choice& choice) { return choice.value == value; });
}

// SurveyJS's own rules, isRequired apart.
struct Rules {
  const Json& answer;

  std::optional<Fault> operator()(const Checkbox& box) const {
    std::size_t selected = answer.is_array() ? answer.size() : 0;
    return selected < box.min_selected ? std::optional(Fault::too_few) : std::nullopt;
  }
  std::optional<Fault> operator()(const TextInput& input) const {
    auto value = script::from_json(answer);
    bool checked = input.type == TextInput::Type::email && script::to_boolean(value);
    return checked && !is_email(script::to_text(value)) ? std::optional(Fault::not_an_email) : std::nullopt;
  }
  std::optional<Fault> operator()(const auto&) const { return std::nullopt; }
};

std::optional<Fault> check_text(const Json& answer, std::optional<std::size_t> max_length) {
  const auto* text = answer.get_ptr<const std::string*>();
  if (!text) return Fault::wrong_type;
  return max_length && utf16_length(*text) > *max_length ? std::optional(Fault::too_long) : std::nullopt;
}

// What the widget of the question would let a visitor enter; the answer is not blank.
struct Enterable {
  const Json& answer;

  std::optional<Fault> operator()(const Rating& rating) const {
    if (!answer.is_number()) return Fault::wrong_type;
    bool on_scale =
        std::ranges::any_of(rating.items, [&](const RatingItem& item) { return answer == item.value; });
    return on_scale ? std::nullopt : std::optional(Fault::not_offered);
  }
  std::optional<Fault> operator()(const Radiogroup& group) const {
    if (answer.is_structured() || answer.is_boolean()) return Fault::wrong_type;
    return offers(group.choices, answer) ? std::nullopt : std::optional(Fault::not_offered);
  }
  std::optional<Fault> operator()(const Checkbox& box) const {
    if (!answer.is_array()) return Fault::wrong_type;
    bool offered = std::ranges::all_of(answer, [&](const Json& value) { return offers(box.choices, value); });
    if (!offered) return Fault::not_offered;
    for (auto value = answer.begin(); value != answer.end(); ++value)
      if (std::find(answer.begin(), value, *value) != value) return Fault::too_many;
    return box.max_selected && answer.size() > *box.max_selected ? std::optional(Fault::too_many)
                                                                 : std::nullopt;
  }
  std::optional<Fault> operator()(const Comment& comment) const {
    return check_text(answer, comment.max_length);
  }
  std::optional<Fault> operator()(const TextInput& input) const {
    if (input.type != TextInput::Type::number || answer.is_structured() || answer.is_boolean())
      return check_text(answer, input.max_length);
    bool is_number = std::isfinite(script::to_number(script::from_json(answer)));
    return is_number ? std::nullopt : std::optional(Fault::not_a_number);
  }
  std::optional<Fault> operator()(const Boolean&) const {
    return answer.is_boolean() ? std::nullopt : std::optional(Fault::wrong_type);
  }
  std::optional<Fault> operator()(const Html&) const { return Fault::wrong_type; }
};

bool is_address_character(char32_t c) {
  constexpr std::u32string_view kExcluded = U"<>()[].,;:@\"";
  return kExcluded.find(c) == std::u32string_view::npos && !is_space(c);
}

// Dot-separated labels without an empty one.
bool all_labels(std::u32string_view text, bool (*accepts)(char32_t)) {
  bool label_begun = false;
  for (char32_t c : text) {
    if (c == U'.' ? !label_begun : !accepts(c)) return false;
    label_begun = c != U'.';
  }
  return label_begun;
}

bool is_domain(std::u32string_view domain) {
  auto dot = domain.rfind(U'.');
  if (dot == std::u32string_view::npos) return false;
  auto last = domain.substr(dot + 1);
  bool long_enough = last.size() >= 2 || (last.size() == 1 && last[0] > 0xFFFF);
  return long_enough && all_labels(domain, [](char32_t c) { return is_address_character(c) && c != U'='; });
}

bool is_quoted(std::u32string_view local) {
  constexpr std::u32string_view kLineEnds = U"\n\r\u2028\u2029";
  return local.size() >= 3 && local.front() == U'"' && local.back() == U'"' &&
         local.find_first_of(kLineEnds) == std::u32string_view::npos;
}

}  // namespace

bool is_surveyjs_rule(Fault fault) { return fault <= Fault::not_an_email; }

bool is_email(std::string_view address) {
  std::u32string points = decode_utf8(address);
  auto at = points.rfind(U'@');
  if (at == std::u32string::npos) return false;
  std::u32string_view local(points.data(), at);
  std::u32string_view domain(points.data() + at + 1, points.size() - at - 1);
  return is_domain(domain) && (is_quoted(local) || all_labels(local, is_address_character));
}

std::optional<Fault> validate(const Question& question, const Json& answer) {
  // SurveyJS takes choices that are not offered out of an answer before it applies its rules.
  Json offered = without_unknown_choices(question.kind, answer);
  if (question.required && is_blank(offered)) return Fault::required;
  if (auto fault = std::visit(Rules{offered}, question.kind)) return fault;
  return is_blank(answer) ? std::nullopt : std::visit(Enterable{answer}, question.kind);
}

std::vector<Invalid> validate(const Page& page, const Answers& answers) {
  std::vector<Invalid> invalid;
  for (const Question* question : visible_questions(page, answers)) {
    auto answer = answers.find(question->name);
    auto fault = validate(*question, answer == answers.end() ? Json() : answer->second);
    if (fault) invalid.push_back({question, *fault});
  }
  return invalid;
}

std::vector<Invalid> validate(const Survey& survey, const Answers& answers) {
  std::vector<Invalid> invalid;
  for (std::size_t index : visible_pages(survey, answers)) {
    auto on_page = validate(survey.pages[index], answers);
    invalid.insert(invalid.end(), on_page.begin(), on_page.end());
  }
  return invalid;
}

}  // namespace halte::survey
