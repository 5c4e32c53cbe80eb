// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/kiosk/shell/options.h"
#include "core/base/time.h"

namespace halte::kiosk::doctor {

// `halte-kiosk doctor`: looks at everything that a kiosk lives on, prints what it finds, changes nothing, and
// ends within 15 s whatever hangs. Returns the exit status: 1 where something is wrong, else 0.
int run_command(const shell::Options& options, const base::Clock& clock);

}  // namespace halte::kiosk::doctor
