// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/crypto.h"
#include "core/site/enrolment.h"
#include "sync/net/http_client.h"

namespace halte::client {

struct EnrolmentWish {
  std::string server_url;  // "https://hq.example.nl"; plain http for this machine only
  std::string code;        // 80 bits in Crockford's base 32, as read from a screen
  std::string name;        // what people call this kiosk; may be empty
  std::string software;    // "halte 0.1.0"
};

// Makes this device's keys, trades the single-use code for an identity and saves it, over an older one if
// there is one: what waits in the outbox stays and goes under the new identity. Blocks for one request.
// A failure changes nothing here: invalid (the code or address is none), refused (the server does not take
// the code, or is not who it should be), unavailable (no server). A reply that is lost costs the code.
base::Result<site::Enrolment> enrol(const EnrolmentWish& wish, site::IdentityStore& store,
                                    net::HttpClient& http, const base::Clock& clock, base::Random& random);

}  // namespace halte::client
