// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/base/time.h"

namespace halte::runtime {

// What is told to whoever started the program and starts it again: systemd, or what speaks its protocol
// (sd_notify). Under nobody nothing is told. Any thread; a message that cannot be delivered is dropped, and
// the next one is another chance.

// It does what it is there for.
void tell_ready();
// It still does, and `status` is how it fares, in one sentence for `systemctl status`.
void tell_alive(const std::string& status);
// It ends by itself.
void tell_stopping();

// After how long without tell_alive() it is taken for hung and started anew; nullopt: nobody watches.
std::optional<base::Millis> watchdog_limit();

}  // namespace halte::runtime
