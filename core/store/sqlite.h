// SPDX-License-Identifier: Apache-2.0
#pragma once

// The one door to SQLite: opening with every check, one writer, prepared statements, errors in words.

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace halte::store {

// Step n takes a database from version n to n + 1, inside one transaction.
struct Schema {
  std::uint32_t application_id;             // marks the file as ours
  std::string_view program;                 // who may open it: "halte-kiosk"
  std::span<const std::string_view> steps;  // SQL; the newest version is their count
};

// Keeps every other process from opening that database to write, for as long as it lives.
struct DatabaseLock;
base::Result<std::shared_ptr<DatabaseLock>> lock_database(const std::filesystem::path& path,
                                                          const Schema& schema);

// One connection and the statements prepared on it. Not thread-safe: the owner holds a lock.
class Database {
 public:
  // Creates or opens the writer. Takes a lock file so that no second process opens the same database;
  // a newer or a foreign file is refused and left untouched (its header is read before SQLite sees it).
  // `held`: the lock of this path, where the caller keeps it for longer.
  static base::Result<Database> open(const std::filesystem::path& path, const Schema& schema,
                                     std::shared_ptr<DatabaseLock> held = nullptr);
  // A further connection that reads and never checkpoints (SQLite before 3.51.3 can corrupt a WAL
  // that two connections write or checkpoint).
  static base::Result<Database> open_reader(const std::filesystem::path& path);
  // A connection that leaves the file and all beside it as they are, byte for byte: for looking at a database
  // whose program may or may not run. Not there: not_found; newer, foreign or damaged: refused. While no
  // program has it open it is read without a lock: what was read counts only if lock_holder() still names
  // nobody afterwards.
  static base::Result<Database> open_untouched(const std::filesystem::path& path, const Schema& schema);

  // Prepared once, reset and unbound at each call. Throws SQLite::Exception: call it inside guarded().
  SQLite::Statement& statement(std::string_view sql);
  // Resets every statement, so that none holds a snapshot of the log open.
  void rest();
  SQLite::Database& handle() { return *handle_; }
  const std::string& name() const { return name_; }

  // After a transaction that deleted something of a person: no byte of it stays in the write-ahead log. Held
  // up by a reader or a fault, it is tried again at each settle().
  void want_scrub() { scrub_wanted_ = true; }
  void settle();

 private:
  std::shared_ptr<DatabaseLock> lock_;
  std::unique_ptr<SQLite::Database> handle_;
  std::map<std::string, SQLite::Statement, std::less<>> statements_;
  std::string name_;
  bool scrub_wanted_ = false;
};

// The process that has the database open by Database::open. Asks the kernel and takes no lock itself, so that
// a program that starts meanwhile is never refused.
std::optional<int> lock_holder(const std::filesystem::path& path);

base::Error to_error(const SQLite::Exception& e, const std::string& subject, const std::string& context);

// Runs `work`, turning exceptions into an Error: "kiosk.db: disk is full, while saving a response".
template <class Work>
auto guarded(const Database& database, const char* doing, Work work) -> base::Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const SQLite::Exception& e) {
    return std::unexpected(to_error(e, database.name(), doing));
  } catch (const std::exception& e) {  // out of memory, or JSON that is not what was written
    return base::fail(database.name(), e.what(), doing, base::ErrorKind::failed);
  }
}

inline void bind_blob(SQLite::Statement& statement, int index, base::ByteView bytes) {
  // A null pointer would bind NULL instead of an empty blob.
  statement.bind(index, bytes.empty() ? static_cast<const void*>("") : bytes.data(), int(bytes.size()));
}
base::Bytes blob(const SQLite::Column& column);

// BEGIN IMMEDIATE; rolled back unless commit() is reached.
class Transaction {
 public:
  explicit Transaction(Database& database)
      : database_(database), transaction_(database.handle(), SQLite::TransactionBehavior::IMMEDIATE) {}
  void commit() {
    database_.rest();  // a statement with RETURNING that is not at its end would refuse the commit
    transaction_.commit();
  }

 private:
  Database& database_;
  SQLite::Transaction transaction_;
};

}  // namespace halte::store
