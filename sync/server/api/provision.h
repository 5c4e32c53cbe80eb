// SPDX-License-Identifier: Apache-2.0
#pragma once

// The document that an organisation consists of: what PUT /api/v1/organisation takes, and what a GET gives.

#include <expected>
#include <string>
#include <vector>

#include "sync/server/api/world.h"

namespace halte::api {

// What is there already. A document may refer to it, and may not change a published version.
struct Known {
  World world;
  std::vector<store::hq::SurveyRecord> surveys;  // every version
  std::vector<store::hq::NoticeRecord> notices;
  std::vector<store::hq::JourneyRecord> journeys;
  std::vector<std::string> pictures;
};
base::Result<Known> read_known(Services& s);

// Read whole and judged whole, against what is there: every mistake with its place.
std::expected<store::hq::Provision, base::Problems> read_provision(const base::Json& document,
                                                                   const Known& known);

// What is there, as a document that changes nothing when it is sent back.
base::Json document_of(const Known& known);

// Of the organisation and of every place, once each.
std::vector<std::string> pictures_shown(const World& world);

}  // namespace halte::api
