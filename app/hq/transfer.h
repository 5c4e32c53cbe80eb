// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace halte::hq {

// halte-hq export FILE, beside a running server too, and import FILE into an empty folder. Print what they
// did.
base::Status run_transfer(const std::string& command, const std::filesystem::path& file,
                          const std::filesystem::path& database);

}  // namespace halte::hq
