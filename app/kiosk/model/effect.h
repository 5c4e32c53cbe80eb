// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/response/response.h"

namespace halte::kiosk::model {

// What the shell must do. A response in an effect is ready for the disk: times are coarse, free text is
// redacted, contact details are sealed. No effect ever carries them in the clear.
struct SaveOpen {
  response::Response response;
};
struct Close {
  response::Response response;
};
struct Withdraw {
  base::Bytes receipt_hash;
  std::vector<std::string> purposes;
  base::Instant at;  // coarsened
};
// The visitor is gone: caches of what was drawn and typed are wiped.
struct Forget {};

using Effect = std::variant<SaveOpen, Close, Withdraw, Forget>;

}  // namespace halte::kiosk::model
