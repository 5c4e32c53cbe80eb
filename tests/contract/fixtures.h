// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "core/base/file.h"

namespace halte::tests {

// A database as an earlier version left it, from its dump in fixtures/.
inline void make_database(const std::filesystem::path& path, const std::string& fixture) {
  auto sql = base::read_file(std::string(HALTE_SOURCE_DIR) + "/tests/contract/fixtures/" + fixture);
  REQUIRE(sql);
  SQLite::Database db(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(*sql);
}

}  // namespace halte::tests
