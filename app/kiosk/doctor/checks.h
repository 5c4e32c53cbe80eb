// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "app/kiosk/shell/options.h"
#include "app/runtime/doctor/finding.h"
#include "core/site/configuration.h"
#include "core/site/enrolment.h"

namespace halte::kiosk::doctor {

using runtime::doctor::Check;

// The kiosk that is looked at. Immutable, shared by checks that may outlive their caller's patience.
struct Patient {
  shell::Options options;
  base::Result<std::optional<site::Enrolment>> enrolment;
  base::Result<std::optional<site::Configuration>> configuration;
  std::string configuration_etag;
};

// Reads who it is from its database, changing nothing. Blocks as long as the disk does.
std::shared_ptr<const Patient> read_patient(const shell::Options& options);
// In its place where read_patient() comes to no end.
std::shared_ptr<const Patient> unknown_patient(const shell::Options& options);

// What there is to look at, in the order in which it is told. Each gathers facts and judges them; none
// changes anything. `clock` outlives the checks.
std::vector<Check> all_checks(std::shared_ptr<const Patient> patient, const base::Clock& clock);

}  // namespace halte::kiosk::doctor
