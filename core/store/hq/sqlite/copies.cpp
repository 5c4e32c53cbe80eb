// SPDX-License-Identifier: Apache-2.0
#include "core/store/hq/sqlite/copies.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/file.h"
#include "core/base/file_hash.h"
#include "core/base/json.h"
#include "core/store/hq/sqlite/schema.h"

namespace halte::store::hq {
namespace {

using base::ErrorKind;
using base::Json;
namespace fs = std::filesystem;

constexpr const char* doing = "making a backup";

Json to_json(const Backup& backup) {
  return {{"made", base::to_rfc3339(backup.made)},
          {"schema", backup.schema},
          {"responses", backup.responses},
          {"bytes", backup.bytes},
          {"sha256", base::to_hex(backup.sha256)}};
}

int is_stopped(void* stop) { return static_cast<const std::stop_token*>(stop)->stop_requested(); }

void remove_drafts(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("hq-") && name.contains(".part")) fs::remove(entry.path(), ignored);
  }
}

}  // namespace

base::Result<FolderLock> FolderLock::take(const fs::path& folder, bool waits) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return base::fail(folder.string(), std::strerror(errno), "looking at the backups");
  std::shared_ptr<const int> fd(new int(opened), [](const int* descriptor) {
    ::close(*descriptor);
    delete descriptor;
  });
  if (::flock(opened, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0)
    return base::fail(folder.string(),
                      "another halte-hq is at work on the backups; try again when it is done",
                      "looking at the backups", ErrorKind::unavailable);
  remove_drafts(folder);
  return FolderLock(std::move(fd));
}

void Draft::clear() const {
  std::error_code ignored;
  for (const char* end : {"", "-journal", "-wal", "-shm", ".lock"}) fs::remove(path.string() + end, ignored);
}

bool is_at_rest(const fs::path& database) {
  std::error_code ignored;
  return !fs::exists(database.string() + "-shm", ignored);
}

base::Result<Database> open_beside(const fs::path& database, const char* what) {
  std::error_code ignored;
  if (!fs::exists(database, ignored))
    return base::fail(database.string(), "is not there; name the server's folder with --data", what,
                      ErrorKind::not_found);
  auto reader =
      is_at_rest(database) ? Database::open_untouched(database, schema) : Database::open_reader(database);
  if (!reader) return reader;
  auto mark =
      guarded(*reader, what, [&] { return reader->handle().execAndGet("PRAGMA application_id").getInt64(); });
  if (!mark) return std::unexpected(mark.error());
  if (*mark != std::int64_t(schema.application_id))
    return base::fail(database.string(), "belongs to another program", what, ErrorKind::refused);
  return reader;
}

std::string stamp(base::Instant at) {
  const auto whole = std::chrono::floor<std::chrono::milliseconds>(at);
  std::string text = base::to_rfc3339(std::chrono::floor<std::chrono::seconds>(whole));
  std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'Z'; });
  return fmt::format("{}.{:03}Z", text, whole.time_since_epoch().count() % 1000);
}

fs::path note_of(const fs::path& folder, const std::string& name) { return folder / (name + ".json"); }

base::Result<Backup> read_note(const fs::path& note) {
  auto text = base::read_file(note, 1u << 16);
  if (!text) return std::unexpected(text.error());
  auto json = base::parse_json(*text, note.string());
  if (!json) return std::unexpected(json.error());
  const auto wrong =
      base::fail(note.string(), "is not the note of a backup", "reading it", ErrorKind::refused);
  try {
    const auto made = base::parse_rfc3339(json->at("made").get<std::string>());
    auto hash = base::from_hex(json->at("sha256").get<std::string>());
    if (!made || !hash) return wrong;
    return Backup{note.stem().string(),
                  *made,
                  json->at("schema").get<std::int64_t>(),
                  json->at("responses").get<std::int64_t>(),
                  json->at("bytes").get<std::int64_t>(),
                  std::move(*hash)};
  } catch (const Json::exception&) {
    return wrong;
  }
}

base::Status write_note(const fs::path& note, const Backup& backup) {
  if (auto written = base::write_file(note, base::to_text(to_json(backup))); !written) return written;
  return give_to_owner_of(note.parent_path(), note);
}

base::Status give_to_owner_of(const fs::path& folder, const fs::path& file) {
  struct stat owner{};
  if (::geteuid() != 0) return {};
  if (::stat(folder.empty() ? "." : folder.c_str(), &owner) != 0 ||
      ::chown(file.c_str(), owner.st_uid, owner.st_gid) != 0)
    return base::fail(file.string(), std::strerror(errno), "giving it to the owner of its folder");
  return {};
}

base::Status make_private(const fs::path& file) {
  if (!std::ofstream(file)) return base::fail(file.string(), "cannot be written", doing);
  std::error_code trouble;
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, trouble);
  if (trouble) return base::fail(file.string(), trouble.message(), doing);
  return give_to_owner_of(file.parent_path(), file);
}

base::Status copy_whole(Database& from, const fs::path& to, const std::stop_token& stop) {
  if (auto begun = make_private(to); !begun) return begun;
  constexpr int instructions_between_looks = 10'000;
  sqlite3_progress_handler(from.handle().getHandle(), instructions_between_looks, is_stopped,
                           const_cast<std::stop_token*>(&stop));
  auto copied = guarded(from, doing, [&] {
    from.handle().exec("PRAGMA query_only = OFF");  // or the copy may not be written; the original cannot be
    SQLite::Statement vacuum(from.handle(), "VACUUM INTO ?");
    vacuum.bind(1, to.string());
    vacuum.exec();
  });
  sqlite3_progress_handler(from.handle().getHandle(), 0, nullptr, nullptr);
  if (!copied && stop.stop_requested())
    return base::fail(from.name(), "was cut short", doing, ErrorKind::unavailable);
  return copied;
}

base::Status copy_bytes(const fs::path& from, const fs::path& to) {
  if (auto begun = make_private(to); !begun) return begun;
  std::error_code trouble;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, trouble);
  if (trouble) return base::fail(to.string(), trouble.message(), "copying " + from.string());
  return {};
}

base::Result<std::int64_t> count_responses(Database& database) {
  return guarded(database, "counting its responses",
                 [&] { return database.handle().execAndGet("SELECT count(*) FROM response").getInt64(); });
}

base::Result<std::int64_t> version_of(Database& database) {
  return guarded(database, "reading its version",
                 [&] { return database.handle().execAndGet("PRAGMA user_version").getInt64(); });
}

base::Result<Backup> look_at(const fs::path& path, const std::string& name, base::Instant made) {
  auto copied = Database::open_untouched(path, schema);
  if (!copied) return std::unexpected(copied.error());
  auto responses = count_responses(*copied);
  auto version = version_of(*copied);
  auto hash = base::sha256_of_file(path);
  if (!responses) return std::unexpected(responses.error());
  if (!version) return std::unexpected(version.error());
  if (!hash) return std::unexpected(hash.error());
  std::error_code trouble;
  const auto bytes = fs::file_size(path, trouble);
  if (trouble) return base::fail(path.string(), trouble.message(), doing);
  return Backup{name, made, *version, *responses, std::int64_t(bytes), std::move(*hash)};
}

}  // namespace halte::store::hq
