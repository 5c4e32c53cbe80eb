// SPDX-License-Identifier: Apache-2.0
#include "core/store/hq/backups.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>

#include "core/base/file.h"
#include "core/base/file_hash.h"
#include "core/base/json.h"
#include "core/store/hq/sqlite/schema.h"
#include "core/store/sqlite.h"

namespace halte::store::hq {
namespace {

using base::ErrorKind;
using base::Json;
namespace fs = std::filesystem;

constexpr const char* doing = "making a backup";

// Sorts by time: "hq-20261127T211500.123Z".
std::string stem_of(base::Instant at) {
  const auto whole = std::chrono::floor<std::chrono::milliseconds>(at);
  std::string text = base::to_rfc3339(std::chrono::floor<std::chrono::seconds>(whole));
  std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'Z'; });
  return fmt::format("hq-{}.{:03}Z", text, whole.time_since_epoch().count() % 1000);
}

fs::path note_of(const fs::path& folder, const std::string& name) { return folder / (name + ".json"); }

Json to_json(const Backup& backup) {
  return {{"made", base::to_rfc3339(backup.made)},
          {"schema", backup.schema},
          {"responses", backup.responses},
          {"bytes", backup.bytes},
          {"sha256", base::to_hex(backup.sha256)}};
}

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

// Gone on every way out; what was good has another name by then.
struct Draft {
  fs::path path;
  ~Draft() {
    std::error_code ignored;
    for (const char* end : {"", "-journal", "-wal", "-shm"}) fs::remove(path.string() + end, ignored);
  }
};

int is_stopped(void* stop) { return static_cast<const std::stop_token*>(stop)->stop_requested(); }

// Nobody has it open, and nobody was killed who had.
bool is_at_rest(const fs::path& database) {
  std::error_code ignored;
  return !fs::exists(database.string() + "-shm", ignored);
}

// As one reader more. One at rest stays so: the files of a log would be of this user, and its server is
// another.
base::Result<Database> open_ours(const fs::path& database) {
  std::error_code ignored;
  if (!fs::exists(database, ignored))
    return base::fail(database.string(), "is not there; name the server's folder with --data", doing,
                      ErrorKind::not_found);
  auto reader =
      is_at_rest(database) ? Database::open_untouched(database, schema) : Database::open_reader(database);
  if (!reader) return reader;
  auto mark = guarded(*reader, doing,
                      [&] { return reader->handle().execAndGet("PRAGMA application_id").getInt64(); });
  if (!mark) return std::unexpected(mark.error());
  if (*mark != std::int64_t(schema.application_id))
    return base::fail(database.string(), "belongs to another program", doing, ErrorKind::refused);
  return reader;
}

// SQLite takes an empty file for its copy, and leaves its mode.
base::Status make_private(const fs::path& file) {
  if (!std::ofstream(file)) return base::fail(file.string(), "cannot be written", doing);
  std::error_code trouble;
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, trouble);
  if (trouble) return base::fail(file.string(), trouble.message(), doing);
  return {};
}

// Into a file of its own, all from one moment.
base::Status copy(Database& from, const fs::path& to, const std::stop_token& stop) {
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

base::Result<std::int64_t> count_responses(Database& database) {
  return guarded(database, "counting its responses",
                 [&] { return database.handle().execAndGet("SELECT count(*) FROM response").getInt64(); });
}

base::Result<std::int64_t> version_of(Database& database) {
  return guarded(database, "reading its version",
                 [&] { return database.handle().execAndGet("PRAGMA user_version").getInt64(); });
}

base::Status make_folder(const fs::path& folder) {
  std::error_code trouble;
  if (fs::create_directories(folder, trouble)) fs::permissions(folder, fs::perms::owner_all, trouble);
  if (trouble) return base::fail(folder.string(), trouble.message(), "making the folder of the backups");
  return {};
}

// What is true of the copy, from the copy.
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

}  // namespace

base::Result<std::vector<Backup>> backups(const fs::path& folder) {
  std::error_code trouble;
  std::vector<Backup> found;
  for (fs::directory_iterator at(folder, trouble), end; !trouble && at != end; at.increment(trouble)) {
    if (at->path().extension() != ".json" || !at->path().filename().string().starts_with("hq-")) continue;
    auto backup = read_note(at->path());
    if (!backup) return std::unexpected(backup.error());
    found.push_back(std::move(*backup));
  }
  if (trouble && trouble != std::errc::no_such_file_or_directory)
    return base::fail(folder.string(), trouble.message(), "looking for backups");
  std::ranges::sort(found, {}, &Backup::name);
  return found;
}

base::Result<Backup> make_backup(const fs::path& database, const fs::path& folder, base::Instant now,
                                 const std::stop_token& stop) {
  if (auto made = make_folder(folder); !made) return std::unexpected(made.error());
  const bool was_at_rest = is_at_rest(database);
  auto from = open_ours(database);
  if (!from) return std::unexpected(from.error());
  const std::string name = stem_of(now) + ".db";
  const Draft draft{folder / (name + ".part")};
  if (auto begun = make_private(draft.path); !begun) return std::unexpected(begun.error());
  if (auto copied = copy(*from, draft.path, stop); !copied) return std::unexpected(copied.error());
  if (was_at_rest && !is_at_rest(database))
    return base::fail(database.string(), "was opened by its server meanwhile; try again", doing,
                      ErrorKind::unavailable);
  auto backup = look_at(draft.path, name, now);
  if (!backup) return backup;
  if (auto kept = base::keep_file(draft.path, folder / name); !kept) return std::unexpected(kept.error());
  if (auto noted = base::write_file(note_of(folder, name), base::to_text(to_json(*backup))); !noted)
    return std::unexpected(noted.error());
  return backup;
}

base::Result<std::optional<Backup>> backup_before_update(const fs::path& database, const fs::path& folder,
                                                         base::Instant now) {
  auto look = Database::open_untouched(database, schema);
  if (!look && look.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!look) return std::unexpected(look.error());
  auto version = version_of(*look);
  if (!version) return std::unexpected(version.error());
  if (*version == 0 || *version == std::int64_t(schema.steps.size())) return std::nullopt;
  auto backup = make_backup(database, folder, now);
  if (!backup) return std::unexpected(backup.error());
  return std::move(*backup);
}

base::Status verify_backup(const fs::path& folder, const Backup& backup) {
  const auto wrong = [&](std::string cause) -> base::Status {
    return base::fail((folder / backup.name).string(), std::move(cause), "verifying it", ErrorKind::refused);
  };
  auto hash = base::sha256_of_file(folder / backup.name);
  if (!hash) return std::unexpected(hash.error());
  if (*hash != backup.sha256) return wrong("is not what was written: its hash is another one");
  auto database = Database::open_untouched(folder / backup.name, schema);
  if (!database) return std::unexpected(database.error());
  auto sound = guarded(*database, "verifying it", [&] {
    return database->handle().execAndGet("PRAGMA integrity_check(1)").getString();
  });
  if (!sound) return std::unexpected(sound.error());
  if (*sound != "ok") return wrong("is damaged: " + *sound);
  auto responses = count_responses(*database);
  if (!responses) return std::unexpected(responses.error());
  if (*responses != backup.responses)
    return wrong(fmt::format("holds {} responses instead of {}", *responses, backup.responses));
  return {};
}

base::Result<std::size_t> drop_old_backups(const fs::path& folder, std::size_t keep) {
  auto all = backups(folder);
  if (!all) return std::unexpected(all.error());
  const std::size_t old = all->size() - std::min(keep, all->size());
  for (std::size_t i = 0; i < old; ++i) {
    std::error_code trouble;
    // The note first: a copy without one is none.
    for (const fs::path& path : {note_of(folder, (*all)[i].name), folder / (*all)[i].name})
      if (fs::remove(path, trouble); trouble)
        return base::fail(path.string(), trouble.message(), "removing an old backup");
  }
  return old;
}

}  // namespace halte::store::hq
