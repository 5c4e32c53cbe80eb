// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/kiosk/shell/kiosk.h"

namespace halte::kiosk::shell {

// The program's own sentences: for visitors, and for the staff.
struct Sentences {
  model::Say visitors, staff;
};

// A configuration with everything on, for pictures and for the test that walks all screens.
base::Result<std::shared_ptr<const Setup>> sample_setup(const std::string& survey_json,
                                                        const std::string& receipt_url);

// Leads a kiosk of that setup through every screen it has in one language, and shows each to `show` with a
// name of its own ("rate", "question/reasons", "still-there" …). Touches no disk and no network.
void walk_screens(std::shared_ptr<const Setup> setup, const std::string& language, const model::Say& say,
                  const std::function<void(const std::string& name, const Kiosk& kiosk)>& show);

}  // namespace halte::kiosk::shell
