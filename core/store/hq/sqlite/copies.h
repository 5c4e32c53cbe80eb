// SPDX-License-Identifier: Apache-2.0
#pragma once

// What making, scrubbing and restoring copies of the server's database share.

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "core/store/hq/backups.h"
#include "core/store/sqlite.h"

namespace halte::store::hq {

// Of one who changes what lies in the folder of the copies, in whatever process. What another left there
// half done is cleared away with it: a draft holds what the database holds.
class FolderLock {
 public:
  // `waits`: until another who is at work is done; else that is unavailable.
  static base::Result<FolderLock> take(const std::filesystem::path& folder, bool waits);

 private:
  explicit FolderLock(std::shared_ptr<const int> fd) : fd_(std::move(fd)) {}
  std::shared_ptr<const int> fd_;
};

// Gone on every way out, with all that SQLite put beside it; what was good has another name by then. One that
// a killed program has left there is gone first.
struct Draft {
  std::filesystem::path path;
  explicit Draft(std::filesystem::path where) : path(std::move(where)) { clear(); }
  ~Draft() { clear(); }
  Draft(const Draft&) = delete;

 private:
  void clear() const;
};

// Nobody has it open, and nobody was killed who had.
bool is_at_rest(const std::filesystem::path& database);
// The server's database as one reader more. One at rest stays so: the files of a log would be of this user,
// and its server is another.
base::Result<Database> open_beside(const std::filesystem::path& database, const char* doing);

// Sorts by time: "20261127T211500.123Z".
std::string stamp(base::Instant at);
std::filesystem::path note_of(const std::filesystem::path& folder, const std::string& name);
base::Result<Backup> read_note(const std::filesystem::path& note);
base::Status write_note(const std::filesystem::path& note, const Backup& backup);

// What root makes for a service belongs to the service, or it could not open it. Others need no change.
base::Status give_to_owner_of(const std::filesystem::path& folder, const std::filesystem::path& file);
// An empty file that only its owner reads: SQLite takes one for its copy, and leaves its mode.
base::Status make_private(const std::filesystem::path& file);
// Into a private file of its own, all from one moment, without free pages. `stop`: unavailable.
base::Status copy_whole(Database& from, const std::filesystem::path& to, const std::stop_token& stop);
// Byte for byte, of a file that nobody writes; private.
base::Status copy_bytes(const std::filesystem::path& from, const std::filesystem::path& to);

base::Result<std::int64_t> count_responses(Database& database);
base::Result<std::int64_t> version_of(Database& database);
// What is true of a copy, from the copy.
base::Result<Backup> look_at(const std::filesystem::path& path, const std::string& name, base::Instant made);

}  // namespace halte::store::hq
