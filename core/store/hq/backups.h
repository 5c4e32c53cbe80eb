// SPDX-License-Identifier: Apache-2.0
#pragma once

// Copies of the server's database. Each is a database that stands by itself, in a folder, with a note beside
// it (JSON) of what must be true of it; one without its note was cut short and is none. Copies hold what the
// database holds, so their folder is as private as it is. Any thread, beside a running server too.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/time.h"

namespace halte::store::hq {

struct Backup {
  std::string name;  // of the file: "hq-20261127T211500.123Z.db"
  base::Instant made{};
  std::int64_t schema = 0;     // version, from 1 on
  std::int64_t responses = 0;  // that are stored in it
  std::int64_t bytes = 0;
  base::Bytes sha256;
  bool operator==(const Backup&) const = default;
};

// Oldest first. No such folder: none.
base::Result<std::vector<Backup>> backups(const std::filesystem::path& folder);
// Of what is committed when it begins; whoever writes and reads meanwhile goes on. Free pages, and with them
// what an erasure left, are not copied. The folder is made (0700) where there is none. `stop` ends it early:
// unavailable, and nothing is left. One that nobody can stop waits for another who is at work on the copies.
base::Result<Backup> make_backup(const std::filesystem::path& database, const std::filesystem::path& folder,
                                 base::Instant now, const std::stop_token& stop = {});
// One that an update is going to change gets a copy first; nothing where it is of this version, or not there.
base::Result<std::optional<Backup>> backup_before_update(const std::filesystem::path& database,
                                                         const std::filesystem::path& folder,
                                                         base::Instant now);
// Reads it to its last byte: its hash, SQLite's own check, its count of responses. Refused: what is wrong.
base::Status verify_backup(const std::filesystem::path& folder, const Backup& backup);
// The newest `keep` stay; returns how many went. unavailable: another is at work on the copies.
base::Result<std::size_t> drop_old_backups(const std::filesystem::path& folder, std::size_t keep);

}  // namespace halte::store::hq
