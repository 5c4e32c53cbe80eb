// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "app/kiosk/model/questionnaire.h"
#include "app/platform/picture.h"
#include "core/site/configuration.h"
#include "core/site/enrolment.h"

namespace halte::kiosk::shell {

// What a kiosk needs to ask somebody something. Immutable.
struct Setup {
  site::Configuration configuration;
  site::Enrolment enrolment;
  std::unique_ptr<const model::Questionnaire> questionnaire;
  platform::Pictures pictures = {};

  // Invalid: the configuration's survey cannot be asked here.
  static base::Result<std::shared_ptr<const Setup>> create(site::Configuration configuration,
                                                           site::Enrolment enrolment);
  // The same with the pictures that the configuration names. One that is not in the store is left out: a
  // kiosk without its logo still asks.
  static base::Result<std::shared_ptr<const Setup>> create(site::Configuration configuration,
                                                           site::Enrolment enrolment,
                                                           site::IdentityStore& store);
};

}  // namespace halte::kiosk::shell
