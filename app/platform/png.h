// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/base/error.h"

namespace halte::platform {

// 8-bit RGB, rows from the top. An unwritable path is an error and may leave a part of the file.
base::Status write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgb);

}  // namespace halte::platform
