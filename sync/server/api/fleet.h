// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sync/server/api/world.h"

namespace halte::api {

// How a kiosk stands: where it is, what it said last, and what about it needs a person.
base::Json kiosk_json(const World& world, const site::Tree& tree, const store::hq::KioskRecord& kiosk,
                      base::Instant now);

}  // namespace halte::api
