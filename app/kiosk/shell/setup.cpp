// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/setup.h"

#include "app/kiosk/model/survey_questionnaire.h"

namespace halte::kiosk::shell {

namespace {

using Result = base::Result<std::shared_ptr<const Setup>>;

Result make(site::Configuration configuration, site::Enrolment enrolment, platform::Pictures pictures) {
  auto questionnaire = model::SurveyQuestionnaire::create(configuration.survey);
  if (!questionnaire) return std::unexpected(questionnaire.error());
  return std::make_shared<const Setup>(
      Setup{std::move(configuration), std::move(enrolment), std::move(*questionnaire), std::move(pictures)});
}

}  // namespace

Result Setup::create(site::Configuration configuration, site::Enrolment enrolment) {
  return make(std::move(configuration), std::move(enrolment), {});
}

Result Setup::create(site::Configuration configuration, site::Enrolment enrolment,
                     site::IdentityStore& store) {
  const auto stored = [&](const std::string& id) {
    auto picture = store.picture(id);
    return picture && *picture ? std::move(**picture) : base::Bytes{};
  };
  const site::Settings& settings = configuration.settings;
  platform::Pictures pictures;
  if (settings.logo) pictures.logo = stored(*settings.logo);
  for (const std::string& id : settings.pictures) pictures.photos.push_back(stored(id));
  return make(std::move(configuration), std::move(enrolment), std::move(pictures));
}

}  // namespace halte::kiosk::shell
