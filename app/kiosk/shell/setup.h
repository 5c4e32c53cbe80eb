// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "app/kiosk/model/questionnaire.h"
#include "app/platform/picture.h"
#include "core/figures/known_survey.h"
#include "core/site/configuration.h"
#include "core/site/enrolment.h"

namespace halte::kiosk::shell {

// What a kiosk needs to ask somebody something. Immutable.
struct Setup {
  site::Configuration configuration;
  site::Enrolment enrolment;
  model::Questionnaires questionnaires;
  std::vector<figures::KnownSurvey> surveys;  // the same, for counting
  platform::Pictures pictures = {};

  // Invalid: one of the configuration's surveys cannot be asked here.
  static base::Result<std::shared_ptr<const Setup>> create(site::Configuration configuration,
                                                           site::Enrolment enrolment,
                                                           platform::Pictures pictures = {});
};

// With the enrolment and the pictures of the kiosk's own store. A picture that is not there, or not the one
// of its name, is left out: a kiosk without its logo still asks. Any thread.
base::Result<std::shared_ptr<const Setup>> stored_setup(site::Configuration configuration,
                                                        site::IdentityStore& store);

}  // namespace halte::kiosk::shell
