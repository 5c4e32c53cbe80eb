// SPDX-License-Identifier: Apache-2.0
#include "core/store/hq/backups.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/file.h"
#include "core/base/file_hash.h"
#include "core/store/hq/sqlite/copies.h"
#include "core/store/hq/sqlite/schema.h"

namespace halte::store::hq {
namespace {

using base::ErrorKind;
namespace fs = std::filesystem;

constexpr const char* doing = "making a backup";

base::Status make_folder(const fs::path& folder) {
  std::error_code trouble;
  if (!fs::create_directories(folder, trouble)) {
    if (!trouble) return {};
  } else {
    fs::permissions(folder, fs::perms::owner_all, trouble);
  }
  if (trouble) return base::fail(folder.string(), trouble.message(), "making the folder of the backups");
  return give_to_owner_of(folder.parent_path(), folder);
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
  const auto lock = FolderLock::take(folder, !stop.stop_possible());
  if (!lock) return std::unexpected(lock.error());
  const bool was_at_rest = is_at_rest(database);
  auto from = open_beside(database, doing);
  if (!from) return std::unexpected(from.error());
  const std::string name = "hq-" + stamp(now) + ".db";
  const Draft draft{folder / (name + ".part")};
  if (auto copied = copy_whole(*from, draft.path, stop); !copied) return std::unexpected(copied.error());
  if (was_at_rest && !is_at_rest(database))
    return base::fail(database.string(), "was opened by its server meanwhile; try again", doing,
                      ErrorKind::unavailable);
  auto backup = look_at(draft.path, name, now);
  if (!backup) return backup;
  if (auto kept = base::keep_file(draft.path, folder / name); !kept) return std::unexpected(kept.error());
  if (auto noted = write_note(note_of(folder, name), *backup); !noted) return std::unexpected(noted.error());
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
  std::error_code none;
  if (!fs::exists(folder, none)) return 0;
  const auto lock = FolderLock::take(folder, false);
  if (!lock) return std::unexpected(lock.error());
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
