// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace halte::base {

// 32 bytes, of the content, however large it is.
Result<Bytes> sha256_of_file(const std::filesystem::path& path);

}  // namespace halte::base
