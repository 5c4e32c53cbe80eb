// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.h"

namespace halte::platform {

inline constexpr const char* backlights = "/sys/class/backlight";

// The light behind a panel, as the kernel offers it: a folder with `brightness` and `max_brightness` in it.
struct Backlight {
  std::filesystem::path folder;
  int most = 0;  // the driver's own unit, from 1
};

// Of those that this process may write the one that the kernel says to prefer: the firmware's, then the
// platform's, then the graphics driver's own. Nothing where there is none, as with most panels on a cable.
std::optional<Backlight> find_backlight(const std::filesystem::path& folder = backlights);

// Per cent of the most. Never 0 of the driver's unit, which puts many a light out.
base::Status set_backlight(const Backlight& light, int percent);

}  // namespace halte::platform
