// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "app/kiosk/model/questionnaire.h"
#include "core/site/configuration.h"
#include "core/survey/survey.h"

namespace halte::kiosk::model {

// A configured survey as the kiosk asks it: one question after the other, html as a statement.
class SurveyQuestionnaire final : public Questionnaire {
 public:
  // Invalid: the survey has problems (all named), or nothing can be asked of a visitor without answers.
  static base::Result<std::unique_ptr<SurveyQuestionnaire>> create(const site::SurveyReference& reference);

  std::vector<const Question*> visible(const base::Json& answers) const override;

 private:
  SurveyQuestionnaire() = default;

  survey::Survey survey_;
  std::map<std::string, Question, std::less<>> questions_;
};

}  // namespace halte::kiosk::model
