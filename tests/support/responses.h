// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/consent/receipt.h"
#include "core/response/response.h"

namespace halte::tests {

inline base::Instant noon() { return *base::parse_rfc3339("2026-11-21T12:00:00Z"); }

// A closed visit as the kiosk writes it; each call of the same random source gives another id.
inline response::Response a_response(base::Random& random, base::Instant at = noon()) {
  response::Response r;
  r.id = response::make_id(at, random);
  r.survey = "visit";
  r.survey_version = 1;
  r.branch = "utrecht";
  r.touchpoint = "checkout";
  r.locale = "nl";
  r.started = r.submitted = at;
  r.zone = "Europe/Amsterdam";
  r.clock_synced = true;
  r.answers = {{"visit", 4}, {"went_well", {"staff", "price"}}, {"nps", 9}};
  return r;
}

inline response::Consent a_consent(const std::string& purpose, response::ConsentState state,
                                   base::Instant at = noon()) {
  return {purpose, state, "notice-" + purpose, 1, consent::notice_hash("the text"), "nl", at, "switch"};
}

}  // namespace halte::tests
