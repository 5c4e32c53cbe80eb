// SPDX-License-Identifier: Apache-2.0
#pragma once

// The server's database for somebody who only looks, beside a running server or without one: nothing is
// written, migrated, locked or checkpointed. For another process than the server's.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace halte::store::hq {

struct Soundness {
  std::optional<int> holder;        // the server's process that has it open
  std::vector<std::string> faults;  // what SQLite finds wrong with the file, at most 10
  std::int64_t schema = 0, newest_schema = 0;
  std::int64_t responses = 0;
  std::int64_t bytes = 0;
};

// Reads the whole file, though not every index. Not there: not_found. Newer, foreign, or too damaged to be
// read at all: refused.
base::Result<Soundness> inspect(const std::filesystem::path& path);
// The process of the server that has it open.
std::optional<int> server_of(const std::filesystem::path& path);

}  // namespace halte::store::hq
