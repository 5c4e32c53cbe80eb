// SPDX-License-Identifier: Apache-2.0
#include "core/survey/choices.h"

#include <algorithm>

#include "core/survey/script_value.h"

namespace halte::survey {
namespace {

using base::Json;

struct WithoutUnknownChoices {
  const Json& answer;

  Json operator()(const Radiogroup& group) const {
    // A list, which only a wrong answer can be, counts by its items.
    bool offered = answer.is_array()
                       ? std::ranges::all_of(
                             answer, [&](const Json& item) { return offered_choice(group.choices, item); })
                       : offered_choice(group.choices, answer) != nullptr;
    return offered ? answer : Json();
  }
  Json operator()(const Checkbox& box) const {
    Json kept = Json::array();
    if (!answer.is_array()) return kept;
    for (const auto& item : answer)
      if (offered_choice(box.choices, item)) kept.push_back(item);
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

Json without_unknown_choices(const QuestionKind& kind, const Json& answer) {
  return std::visit(WithoutUnknownChoices{answer}, kind);
}

}  // namespace halte::survey
