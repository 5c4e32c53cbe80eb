// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/survey/answers.h"
#include "core/survey/survey.h"

namespace halte::survey {

enum class Fault : std::uint8_t {
  // SurveyJS's own rules
  required,  // no answer, or blanks only
  too_few,   // fewer than minSelectedChoices
  not_an_email,
  // What SurveyJS's widgets keep from being entered and its rules do not check; an imported or
  // received answer can break these
  wrong_type,
  not_offered,  // no such choice, or a rating outside the scale
  too_many,     // more than maxSelectedChoices, or a choice twice
  too_long,     // more than maxLength
  not_a_number,
};

// Is this one of SurveyJS's own rules?
bool is_surveyjs_rule(Fault fault);

// The first fault of an answer; null is no answer. Whether the question is visible is not its concern.
std::optional<Fault> validate(const Question& question, const base::Json& answer);

struct Invalid {
  const Question* question;  // lives as long as the survey
  Fault fault;
};

// All visible questions of a page, or of all visible pages, that have a fault, in order.
std::vector<Invalid> validate(const Page& page, const Answers& answers);
std::vector<Invalid> validate(const Survey& survey, const Answers& answers);

// The address as SurveyJS's e-mail rule takes it.
bool is_email(std::string_view address);

}  // namespace halte::survey
