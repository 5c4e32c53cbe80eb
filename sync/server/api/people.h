// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sync/server/api/world.h"

namespace halte::api {

// "roles" and "branches" of a body; what is wrong with them is a problem of the reader's.
void read_roles(base::ObjectReader& o, const World& world, std::vector<std::string>& roles,
                std::vector<std::string>& branches);

}  // namespace halte::api
