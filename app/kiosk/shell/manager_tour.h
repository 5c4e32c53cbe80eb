// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/manager/model/print_view.h"
#include "app/manager/model/views.h"

namespace halte::kiosk::shell {

// Leads a manager through every page of the staff's view in one language, with figures of a plausible month,
// and shows each to `show` with a name of its own ("manager/score", "manager/hours-table" …). For pictures
// and for the test that walks them; touches no disk and no network.
void walk_manager(const std::string& language, const manager::model::Say& say,
                  const std::function<void(const std::string& name, const manager::model::View& view)>& show);

// The page that the manager prints, with the figures of the walk; or of a day on which nobody came.
manager::model::PrintView sample_print(const std::string& language, const manager::model::Say& say,
                                       bool is_quiet = false);

}  // namespace halte::kiosk::shell
