// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/setup.h"

#include "app/kiosk/model/survey_questionnaire.h"

namespace halte::kiosk::shell {

base::Result<std::shared_ptr<const Setup>> Setup::create(site::Configuration configuration,
                                                         site::Enrolment enrolment) {
  auto questionnaire = model::SurveyQuestionnaire::create(configuration.survey);
  if (!questionnaire) return std::unexpected(questionnaire.error());
  return std::make_shared<const Setup>(
      Setup{std::move(configuration), std::move(enrolment), std::move(*questionnaire)});
}

}  // namespace halte::kiosk::shell
