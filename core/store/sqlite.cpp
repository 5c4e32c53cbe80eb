// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

namespace halte::store {
namespace {

using base::ErrorKind;
using base::fail;

// What the file itself says, read without SQLite so that nothing beside it is created or changed.
struct Header {
  bool is_sqlite = false;
  std::uint32_t user_version = 0;
  std::uint32_t application_id = 0;
};

std::uint32_t big_endian(const char* at) {
  auto byte = [&](int i) { return std::uint32_t(static_cast<unsigned char>(at[i])); };
  return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

// Nothing there yet, or an empty file: nullopt.
std::optional<Header> read_header(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  char bytes[100];
  in.read(bytes, sizeof bytes);
  if (in.gcount() == 0) return std::nullopt;
  Header header;
  header.is_sqlite = in.gcount() == sizeof bytes && std::memcmp(bytes, "SQLite format 3", 16) == 0;
  if (header.is_sqlite) {
    header.user_version = big_endian(bytes + 60);
    header.application_id = big_endian(bytes + 68);
  }
  return header;
}

base::Status check_version(const std::filesystem::path& path, const Schema& schema, std::size_t version) {
  if (version <= schema.steps.size()) return {};
  return fail(
      path.string(),
      fmt::format("was written by a newer {} (schema {}, this one knows {}); install that version or newer",
                  schema.program, version, schema.steps.size()),
      "opening it", ErrorKind::refused);
}

base::Status check_ours(const std::filesystem::path& path, const Schema& schema) {
  auto header = read_header(path);
  if (!header) return {};
  if (!header->is_sqlite || header->application_id != schema.application_id)
    return fail(
        path.string(),
        fmt::format("belongs to another program, {} leaves it untouched; name another folder with --data",
                    schema.program),
        "opening it", ErrorKind::refused);
  return check_version(path, schema, header->user_version);
}

// How a database lies there for somebody who only looks.
enum class Look {
  in_use,         // its program runs: one reader more
  left_whole,     // nobody, and no log: the file is all there is
  left_with_log,  // nobody, but its program was killed: the newest is in the log
};

Look look_at(const std::filesystem::path& path) {
  if (lock_holder(path)) return Look::in_use;
  std::error_code none;
  const auto log_bytes = std::filesystem::file_size(path.string() + "-wal", none);
  return none || log_bytes == 0 ? Look::left_whole : Look::left_with_log;
}

// Without its program an ordinary reader would make the files of the log anew. An immutable file needs none.
// A log that was left is indexed in this process' memory instead: that takes exclusive locking, and a
// read-only file gives no such lock, hence the VFS that asks for none.
std::string uri(const std::filesystem::path& path, Look look) {
  std::string text = "file:";
  for (const char c : std::filesystem::absolute(path).string())
    text += c == '?' || c == '#' || c == '%' ? fmt::format("%{:02X}", int(c)) : std::string(1, c);
  switch (look) {
    case Look::in_use: return text + "?mode=ro";
    case Look::left_whole: return text + "?mode=ro&immutable=1";
    case Look::left_with_log: break;
  }
  return text + "?mode=ro&vfs=unix-none";
}

void set_pragmas(SQLite::Database& db) {
  db.exec(R"sql(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
  )sql");
  db.setBusyTimeout(5000);
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

void migrate(SQLite::Database& db, const Schema& schema) {
  // In the rollback journal, so that the marks are in the file itself before the write-ahead log is on.
  if (db.execAndGet("PRAGMA application_id").getInt64() == 0)
    db.exec(fmt::format("PRAGMA application_id = {}", schema.application_id));
  set_pragmas(db);
  auto version = std::size_t(db.execAndGet("PRAGMA user_version").getInt64());
  if (version == schema.steps.size()) return;
  for (; version < schema.steps.size(); ++version) {
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    db.exec(std::string(schema.steps[version]));
    db.exec(fmt::format("PRAGMA user_version = {}", version + 1));
    transaction.commit();
  }
  // read_header() must see the new version.
  db.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

struct DatabaseLock {
  int fd = -1;
  ~DatabaseLock() {
    if (fd >= 0) ::close(fd);
  }
};

base::Result<std::shared_ptr<DatabaseLock>> lock_database(const std::filesystem::path& path,
                                                          const Schema& schema) {
  auto lock = std::make_shared<DatabaseLock>();
  const std::string lock_path = path.string() + ".lock";
  lock->fd = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock->fd < 0) return fail(lock_path, std::strerror(errno), "opening the database", ErrorKind::failed);
  if (::flock(lock->fd, LOCK_EX | LOCK_NB) != 0)
    return fail(path.string(),
                fmt::format("another {} has it open; stop that one or name another folder with --data",
                            schema.program),
                "opening it", ErrorKind::refused);
  return lock;
}

base::Error to_error(const SQLite::Exception& e, const std::string& subject, const std::string& context) {
  switch (e.getErrorCode()) {
    case SQLITE_FULL: return {subject, "disk is full", context, ErrorKind::unavailable};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {subject, "in use by another process", context, ErrorKind::unavailable};
    case SQLITE_CORRUPT: return {subject, "damaged: " + std::string(e.what()), context, ErrorKind::refused};
    case SQLITE_NOTADB: return {subject, "not a database of ours", context, ErrorKind::refused};
    case SQLITE_CONSTRAINT: return {subject, e.what(), context, ErrorKind::conflict};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return {subject, "may not be written: " + std::string(e.what()), context, ErrorKind::failed};
    default: return {subject, e.what(), context, ErrorKind::failed};
  }
}

base::Bytes blob(const SQLite::Column& column) {
  auto bytes = static_cast<const std::uint8_t*>(column.getBlob());
  return {bytes, bytes + column.getBytes()};
}

base::Result<Database> Database::open(const std::filesystem::path& path, const Schema& schema,
                                      std::shared_ptr<DatabaseLock> held) {
  if (!held) {
    auto lock = lock_database(path, schema);
    if (!lock) return std::unexpected(lock.error());
    held = std::move(*lock);
  }
  if (auto ours = check_ours(path, schema); !ours) return std::unexpected(ours.error());

  Database database;
  database.name_ = path.filename().string();
  database.lock_ = std::move(held);
  try {
    // Made beforehand, so that nobody else can read it between SQLite's open and a chmod.
    int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
    database.handle_ =
        std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // Once more with the write-ahead log read: the newer version may be in it alone.
    const std::int64_t version = database.handle_->execAndGet("PRAGMA user_version").getInt64();
    if (auto known = check_version(path, schema, std::size_t(version)); !known)
      return std::unexpected(known.error());
    migrate(*database.handle_, schema);
  } catch (const SQLite::Exception& e) {
    return std::unexpected(to_error(e, path.string(), "opening it"));
  }
  // A crash may have come between an erasure and the end of its log.
  database.want_scrub();
  database.settle();
  return database;
}

base::Result<Database> Database::open_reader(const std::filesystem::path& path) {
  Database database;
  database.name_ = path.filename().string();
  try {
    database.handle_ = std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READONLY);
    database.handle_->setBusyTimeout(5000);
    database.handle_->exec("PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;");
  } catch (const SQLite::Exception& e) {
    return std::unexpected(to_error(e, path.string(), "opening it for reading"));
  }
  return database;
}

base::Result<Database> Database::open_untouched(const std::filesystem::path& path, const Schema& schema) {
  std::error_code trouble;
  if (!std::filesystem::exists(path, trouble))
    return fail(path.string(), trouble ? trouble.message() : "there is no such file", "opening it for a look",
                trouble ? ErrorKind::failed : ErrorKind::not_found);
  if (auto ours = check_ours(path, schema); !ours) return std::unexpected(ours.error());
  Database database;
  database.name_ = path.filename().string();
  try {
    const Look look = look_at(path);
    database.handle_ =
        std::make_unique<SQLite::Database>(uri(path, look), SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    SQLite::Database& db = *database.handle_;
    db.setBusyTimeout(1000);
    sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (look == Look::left_with_log) db.exec("PRAGMA locking_mode = EXCLUSIVE");
    db.exec("PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;");
    const std::int64_t version = db.execAndGet("PRAGMA user_version").getInt64();
    if (auto known = check_version(path, schema, std::size_t(version)); !known)
      return std::unexpected(known.error());
  } catch (const SQLite::Exception& e) {
    return std::unexpected(to_error(e, path.string(), "opening it for a look"));
  }
  return database;
}

SQLite::Statement& Database::statement(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    std::string text(sql);
    found = statements_.emplace(text, SQLite::Statement(*handle_, text)).first;
  }
  found->second.tryReset();  // reset() would throw the error of the statement's last use once more
  found->second.clearBindings();
  return found->second;
}

void Database::rest() {
  for (auto& [sql, prepared] : statements_) prepared.tryReset();
}

void Database::settle() {
  if (!scrub_wanted_) return;
  rest();
  auto emptied = guarded(*this, "emptying the write-ahead log", [&] {
    return handle_->execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() == 0;
  });
  scrub_wanted_ = !emptied.value_or(false);
}

}  // namespace halte::store
