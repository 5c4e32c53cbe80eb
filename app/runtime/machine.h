// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace halte::runtime {

// Does the system's clock follow a time server? False also where it cannot be known.
bool clock_is_synced();

}  // namespace halte::runtime
