// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/base/crypto.h"
#include "core/base/time.h"

namespace halte::client {

// When to try again, as a pure schedule: it never says "give up". Doubling from `first` up to `cap`, each
// wait drawn evenly from zero to that ("full jitter": AWS Architecture Blog, "Exponential Backoff And
// Jitter", 2015), so that kiosks which lost their server together do not come back together.
struct RetryPolicy {
  base::Millis first{5'000};
  base::Millis cap{15 * 60'000};
  base::Millis longest_retry_after{60 * 60'000};

  // failures: in a row, from 1 on. A server's Retry-After is waited out, but never longer than
  // longest_retry_after: a hostile or broken one must not silence a kiosk.
  base::Millis delay(int failures, std::optional<base::Millis> retry_after, base::Random& random) const;
};

// RFC 9110 section 10.2.3: seconds, or an IMF-fixdate ("Sun, 06 Nov 1994 08:49:37 GMT") compared with
// `now`. Never negative; nullopt for anything else.
std::optional<base::Millis> parse_retry_after(std::string_view value, base::Instant now);

// An IMF-fixdate, as a reply's Date has it.
std::optional<base::Instant> parse_http_date(std::string_view text);

}  // namespace halte::client
