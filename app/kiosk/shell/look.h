// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/kiosk/shell/kiosk.h"
#include "app/kiosk/shell/options.h"
#include "app/platform/window.h"
#include "app/ui/theme.h"
#include "core/base/log.h"

namespace halte::kiosk::shell {

// The theme for what is configured, what this machine's options say over it, and what the visitor wishes over
// both. Large text is for visitors: the staff's view does without.
enum class Viewer { visitor, staff };
ui::Theme theme_for(const Kiosk& kiosk, const Options& options, const ui::Display& display,
                    ui::Effects effects, Viewer viewer = Viewer::visitor);

// The window for what is configured and what this machine's options say over it. A display that goes ends the
// process, with a sentence in the log.
platform::WindowOptions window_for(const Kiosk& kiosk, const Options& options, const base::Log& log);

// Of the glass in inches, where it is known better than the panel says.
std::optional<double> diagonal_for(const Kiosk& kiosk, const Options& options);

ui::Direction direction_of_language(const std::string& language);

}  // namespace halte::kiosk::shell
