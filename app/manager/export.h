// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/figures/known_survey.h"
#include "core/outbox/outbox.h"

namespace halte::manager {

// What headquarters refused, for a stick that is carried there: `halte-KIOSK-DAY.csv` and `.json` in
// `folder`, each written whole or not at all. Ratings, choices and consents alone: no free text and no
// contact details leave the kiosk this way. Returns the name of the CSV file.
base::Result<std::string> save_parked(const std::filesystem::path& folder,
                                      const std::vector<outbox::Parked>& parked,
                                      std::span<const figures::KnownSurvey> surveys,
                                      const std::string& kiosk_id, base::Instant at);

}  // namespace halte::manager
