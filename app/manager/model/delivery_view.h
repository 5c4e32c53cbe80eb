// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/manager/model/settings_view.h"
#include "app/manager/model/snapshot.h"

namespace halte::manager::model {

// How the way to headquarters is, in words. Pure.
std::vector<FactView> connection_facts(const SettingsWords& w, const Snapshot& snapshot);
// The first of those that headquarters refused, and why.
std::vector<FactView> refusal_facts(const SettingsWords& w, const Snapshot& snapshot);

}  // namespace halte::manager::model
