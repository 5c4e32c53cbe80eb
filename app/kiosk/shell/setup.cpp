// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/setup.h"

#include "app/kiosk/model/survey_questionnaire.h"
#include "core/site/pictures.h"

namespace halte::kiosk::shell {

using Result = base::Result<std::shared_ptr<const Setup>>;

Result Setup::create(site::Configuration configuration, site::Enrolment enrolment,
                     platform::Pictures pictures) {
  model::Questionnaires questionnaires;
  for (const site::SurveyReference& reference : configuration.surveys) {
    auto questionnaire = model::SurveyQuestionnaire::create(reference);
    if (!questionnaire) return std::unexpected(questionnaire.error());
    questionnaires.push_back(std::move(*questionnaire));
  }
  std::vector<figures::KnownSurvey> surveys = figures::known_surveys(configuration);
  return std::make_shared<const Setup>(Setup{std::move(configuration), std::move(enrolment),
                                             std::move(questionnaires), std::move(surveys),
                                             std::move(pictures)});
}

Result stored_setup(site::Configuration configuration, site::IdentityStore& store) {
  auto enrolment = store.enrolment();
  if (!enrolment) return std::unexpected(enrolment.error());
  if (!*enrolment) return base::fail("kiosk", "is not enrolled", "reading its configuration");
  const auto stored = [&](const std::string& id) {
    auto picture = store.picture(id);
    const bool is_whole = picture && *picture && site::picture_id(**picture) == id;  // a disk can change too
    return is_whole ? std::move(**picture) : base::Bytes{};
  };
  const site::Settings& settings = configuration.settings;
  platform::Pictures pictures;
  if (settings.logo) pictures.logo = stored(*settings.logo);
  for (const std::string& id : settings.pictures) pictures.photos.push_back(stored(id));
  return Setup::create(std::move(configuration), std::move(**enrolment), std::move(pictures));
}

}  // namespace halte::kiosk::shell
