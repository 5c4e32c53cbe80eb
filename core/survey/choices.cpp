// SPDX-License-Identifier: Apache-2.0
#include "core/survey/choices.h"

#include <algorithm>

#include "core/survey/script_value.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

using base::Json;

// A list inside an answer, which only a wrong answer can have, counts by its items.
bool is_offered(const std::vector<Choice>& choices, const Json& answer) {
  if (!answer.is_array()) return offered_choice(choices, answer) != nullptr;
  return std::ranges::all_of(answer,
                             [&](const Json& item) { return offered_choice(choices, item) != nullptr; });
}

struct WithoutUnknownChoices {
  const Json& answer;

  Json operator()(const Radiogroup& group) const {
    return is_offered(group.choices, answer) ? answer : Json();
  }
  Json operator()(const Checkbox& box) const {
    Json kept = Json::array();
    if (!answer.is_array()) return kept;
    for (const auto& item : answer)
      if (is_offered(box.choices, item)) kept.push_back(item);
    return kept;
  }
  Json operator()(const auto&) const { return answer; }
};

}  // namespace

const Choice* offered_choice(const std::vector<Choice>& choices, const Json& answer) {
  auto value = script::from_json(answer);
  auto choice = std::ranges::find_if(choices, [&](const Choice& candidate) {
    return script::equal_answers(script::from_json(candidate.value), value,
                                 {.ignore_order = false, .exact_text = true});
  });
  return choice == choices.end() ? nullptr : &*choice;
}

bool is_blank(const Json& answer) {
  if (const auto* text = answer.get_ptr<const std::string*>()) return trim(*text).empty();
  return script::is_empty(script::from_json(answer));
}

Json without_unknown_choices(const QuestionKind& kind, const Json& answer) {
  return std::visit(WithoutUnknownChoices{answer}, kind);
}

}  // namespace halte::survey
