// SPDX-License-Identifier: Apache-2.0
#pragma once

// A whole organisation as text, to be carried to another server: JSON Lines, first what it is, then each
// table with its columns and a line a row (bytes as {"b64": …}), last how many rows each has and a hash over
// every line before, each hashed with the hash of those before it. It holds what the database holds, keys of
// kiosks and of signatures too, and is as private.

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>

#include "core/base/error.h"

namespace halte::store::hq {

struct Transferred {
  std::map<std::string, std::int64_t> rows;  // by table
  std::string sha256;                        // hex, over all lines
  bool operator==(const Transferred&) const = default;
};

// As of the moment when it begins, beside a running server too. Who is signed in, and links that were not
// used yet, stay behind.
base::Result<Transferred> export_organisation(const std::filesystem::path& database, std::ostream& out);
// Into a server that has no organisation yet, whole or not at all; its database is made where there is none.
// Refused: there is one, the file is cut short or was changed, or another version of this program made it.
base::Result<Transferred> import_organisation(std::istream& in, const std::filesystem::path& database);

}  // namespace halte::store::hq
