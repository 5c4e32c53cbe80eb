// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/crypto.h"
#include "core/store/hq/hq_store.h"

namespace halte::auth {

// With keys of its own, and contacts sealed to `sealing_key`, whose secret half this server does not have.
store::hq::OrganisationRecord new_organisation(const std::string& name, bool demo,
                                               const base::Bytes& sealing_key, base::Random& random);

}  // namespace halte::auth
