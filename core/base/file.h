// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace halte::base {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit_bytes = 64u << 20);
// Whole or not at all: a temporary file beside it, fsync, rename; a failure leaves nothing behind, and names
// `path`. Mode 0600.
Status write_file(const std::filesystem::path& path, std::string_view content);

// What was written under a temporary name, whole and durable under its own. A failure leaves it where it is.
Status keep_file(const std::filesystem::path& temporary, const std::filesystem::path& path);

// Where strings, surveys, journeys, schemas and pages lie: $HALTE_ASSETS, else ../share/halte beside
// the program's folder.
std::filesystem::path asset_folder();

}  // namespace halte::base
