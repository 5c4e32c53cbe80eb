// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/json_reader.h"
#include "core/base/time.h"
#include "core/store/hq/hq_store.h"

namespace halte::api {

// Rises with every change, and once a day, so that a kiosk always holds one that is far from its end. A sum,
// since neither part ever falls.
std::int64_t version_of(const store::hq::OrganisationRecord& organisation, base::Instant now);

// The part of a kiosk's configuration (core/site/configuration.h) that is the same for every kiosk: who the
// organisation is, its notices in their newest versions, contact.
base::Json shared_configuration(const store::hq::OrganisationRecord& organisation,
                                const std::vector<store::hq::NoticeRecord>& notices, std::int64_t version,
                                base::Instant issued);

// What the kiosks' own reader has against that part and these settings. Pointers are those of the
// provisioning document.
base::Problems problems_for_kiosks(const store::hq::OrganisationRecord& organisation,
                                   const std::vector<store::hq::NoticeRecord>& notices,
                                   const base::Json& settings);

}  // namespace halte::api
