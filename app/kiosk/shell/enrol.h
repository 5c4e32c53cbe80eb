// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/log.h"
#include "core/store/kiosk/kiosk_store.h"
#include "sync/client/enrolment.h"

namespace halte::kiosk::shell {

// What a kiosk needs to become one of a server.
struct Enrolling {
  store::kiosk::KioskStore& store;
  net::HttpClient& http;
  const base::Clock& clock;
  base::Random& random;
  const base::Log& log;
};

// As client::enrol(), after closing what a visitor left open: it belongs to the kiosk that it was given to,
// should the code be another one's. Nobody is at the glass meanwhile.
base::Result<client::Enrolled> enrol(const Enrolling& with, client::EnrolmentWish wish);

// As client::ask_approval(), likewise.
base::Result<std::optional<client::Waiting>> ask_approval(const Enrolling& with, client::ApprovalWish wish,
                                                          client::Asking& asking);

}  // namespace halte::kiosk::shell
