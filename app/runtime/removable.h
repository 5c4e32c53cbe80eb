// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace halte::runtime {

// Where the first USB stick is mounted, by the desktop or by udev: below /media or /run/media. Nothing: none.
std::optional<std::filesystem::path> first_stick();

}  // namespace halte::runtime
