// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "core/base/crypto.h"
#include "core/outbox/outbox.h"
#include "core/site/enrolment.h"
#include "sync/net/http_client.h"

namespace halte::client {

struct EnrolmentWish {
  std::string server_url;  // "https://hq.example.nl"; plain http for this machine only
  std::string code;        // 80 bits in Crockford's base 32, as read from a screen
  std::string name;        // what people call this kiosk; may be empty
  std::string software;    // "halte 0.1.0"
  bool clock_synced = false;
};

struct Enrolled {
  site::Enrolment enrolment;
  std::size_t delivered_before = 0;  // answers that had waited under the identity before
};

// Makes this device's keys, trades the single-use code for an identity and saves it, over an older one if
// there is one. Under the same identity what waits stays and goes with the new token. Under another one it is
// delivered as the old kiosk first, so that it counts for the kiosk and the branch where it was given, and
// numbers begin anew; where it cannot be delivered the old identity stays (conflict), and where that server
// has refused some for good no code is spent on finding it out. Blocks for one request, and for those of what
// waits. A failure loses nothing here: invalid (the code or address is none), refused (the server does not
// take the code, or is not who it should be), unavailable (no server). A reply that is lost costs the code.
base::Result<Enrolled> enrol(const EnrolmentWish& wish, site::IdentityStore& store, outbox::Outbox& outbox,
                             net::HttpClient& http, const base::Clock& clock, base::Random& random);

struct ApprovalWish {
  std::string server_url;  // as above
  std::string software;
  bool clock_synced = false;
};
// Where this program stands with a server that it asks; begins empty.
struct Asking {
  std::string server_url;
  base::Bytes nonce;  // that the next request signs
};
// Nobody has approved it yet.
struct Waiting {
  base::Bytes fingerprint;  // site::fingerprint_of() the key that it asks with
  std::string page;         // where a person approves it
  std::chrono::seconds ask_again{5};
};

// Asks once to become a kiosk of a server without a code, with a key that the store keeps until then; to be
// called again after `ask_again`. Approved, all is as in enrol(). Errors as there, and not_found: the server
// knows codes alone. A reply that is lost costs the approval.
base::Result<std::variant<Waiting, Enrolled>> ask_approval(const ApprovalWish& wish, Asking& asking,
                                                           site::IdentityStore& store, outbox::Outbox& outbox,
                                                           net::HttpClient& http, const base::Clock& clock,
                                                           base::Random& random);

}  // namespace halte::client
