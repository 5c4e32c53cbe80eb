// SPDX-License-Identifier: Apache-2.0
#pragma once

// A copy of the server's database put back, and copies that follow what people take back. Whatever is erased
// in the database goes from every file that holds what it held: the copies, and databases that were put
// aside.

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/store/hq/backups.h"
#include "core/store/hq/hq_store.h"

namespace halte::store::hq {

// How to count the responses of that database back, by the surveys in it.
using TallierOf = std::function<base::Result<Tallier>(HqStore&)>;

// Databases that a restore has taken out of service, beside the one that serves: "hq.db.aside-<time>".
std::vector<std::filesystem::path> databases_aside(const std::filesystem::path& database);

struct Scrubbed {
  std::vector<std::string> rewritten;  // names of the files
  std::vector<base::Error> failed;     // those that still hold it
};
// Beside a running server too. A copy that holds what has been erased is written anew and takes the place of
// the old one, whole or not at all; of this program's version then. unavailable: another is at work, or
// `stop`.
base::Result<Scrubbed> scrub_copies(const std::filesystem::path& database,
                                    const std::filesystem::path& folder, const TallierOf& tallier_of,
                                    const std::stop_token& stop = {});

struct Restored {
  Backup from;
  std::int64_t responses = 0;                  // in the database that serves now
  Applied applied;                             // what had been erased since the copy was made
  std::optional<std::filesystem::path> aside;  // the database that stood there
  std::int64_t only_aside = 0;                 // responses that are in it alone
  std::vector<std::string> unknown_kiosks;     // that it knows, and the copy does not
  std::vector<base::Error> unread;             // copies whose erasures are not known
};
// Only while no server has the database open. Erasures of the database and of all copies are applied before
// the copy serves; a kiosk that was revoked since stays so, and nobody is signed in. A cut at any point
// leaves the old database or the new one, whole. Refused: the database cannot be read, so what was erased is
// not known.
base::Result<Restored> restore_backup(const std::filesystem::path& database,
                                      const std::filesystem::path& folder, const std::string& name,
                                      const TallierOf& tallier_of, base::Instant now);

}  // namespace halte::store::hq
