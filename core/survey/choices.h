// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/survey/survey.h"

namespace halte::survey {

// The choice that an answer means (the text "1" means the value 1), or nullptr.
const Choice* offered_choice(const std::vector<Choice>& choices, const base::Json& answer);

// No answer: empty, or a text of blanks only.
bool is_blank(const base::Json& answer);

// The answer without choices that are not offered: null, or a shorter list. Unchanged for questions
// without choices.
base::Json without_unknown_choices(const QuestionKind& kind, const base::Json& answer);

}  // namespace halte::survey
