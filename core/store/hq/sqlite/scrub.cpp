// SPDX-License-Identifier: Apache-2.0
// Copies follow what people take back.
#include <algorithm>

#include "core/base/file.h"
#include "core/base/file_hash.h"
#include "core/store/hq/restore.h"
#include "core/store/hq/sqlite/copies.h"
#include "core/store/hq/sqlite/erasures.h"
#include "core/store/hq/sqlite/schema.h"

namespace halte::store::hq {
namespace {

using base::ErrorKind;
namespace fs = std::filesystem;

constexpr const char* doing = "erasing from the copies";
constexpr const char* next_end = ".next";

base::Result<bool> holds(const fs::path& path, const Erasures& erasures) {
  auto database = Database::open_untouched(path, schema);
  if (!database) return std::unexpected(database.error());
  return guarded(*database, doing, [&] { return holds_any_of(*database, erasures); });
}

base::Result<Applied> apply_to(const fs::path& path, const Erasures& erasures, const TallierOf& tallier_of) {
  auto store = HqStore::create_sqlite(path, 1);
  if (!store) return std::unexpected(store.error());
  auto tallier = tallier_of(**store);
  if (!tallier) return std::unexpected(tallier.error());
  return (*store)->apply(erasures, *tallier);
}

// A machine that lost its power between the copy and its note has the note beside it.
base::Status finish_notes(const fs::path& folder) {
  std::error_code trouble;
  std::vector<fs::path> open;
  for (const auto& entry : fs::directory_iterator(folder, trouble))
    if (entry.path().extension() == next_end) open.push_back(entry.path());
  for (const fs::path& next : open) {
    const fs::path note = fs::path(next).replace_extension();
    const auto backup = read_note(next);
    const auto hash = base::sha256_of_file(fs::path(note).replace_extension());
    if (!backup || !hash || *hash != backup->sha256)
      fs::remove(next, trouble);
    else if (auto kept = base::keep_file(next, note); !kept)
      return kept;
  }
  return {};
}

// The note of what comes lies there before it comes, so that at any cut one of the two notes is true.
base::Status replace(const fs::path& folder, const fs::path& draft, const Backup& backup) {
  const fs::path note = note_of(folder, backup.name), next = note.string() + next_end;
  if (auto noted = write_note(next, backup); !noted) return noted;
  if (auto kept = base::keep_file(draft, folder / backup.name); !kept) return kept;
  return base::keep_file(next, note);
}

// Through a second draft: in that one no page is left of what the first one held.
base::Status rewrite(const fs::path& folder, Backup backup, const Erasures& erasures,
                     const TallierOf& tallier_of, const std::stop_token& stop) {
  // What is damaged must not get a note that says it is sound.
  if (auto sound = verify_backup(folder, backup); !sound) return sound;
  const Draft work(folder / (backup.name + ".part-1")), fresh(folder / (backup.name + ".part-2"));
  if (auto copied = copy_bytes(folder / backup.name, work.path); !copied) return copied;
  if (auto applied = apply_to(work.path, erasures, tallier_of); !applied)
    return std::unexpected(applied.error());
  auto from = Database::open_untouched(work.path, schema);
  if (!from) return std::unexpected(from.error());
  if (auto copied = copy_whole(*from, fresh.path, stop); !copied) return copied;
  auto now = look_at(fresh.path, backup.name, backup.made);
  if (!now) return std::unexpected(now.error());
  return replace(folder, fresh.path, *now);
}

base::Result<Erasures> erasures_of(const fs::path& database) {
  auto reader = Database::open_untouched(database, schema);
  if (!reader) return std::unexpected(reader.error());
  return guarded(*reader, doing, [&] { return read_erasures(*reader); });
}

// Nobody serves from it, so it is changed where it lies.
base::Status scrub_aside(const fs::path& path, const Erasures& erasures, const TallierOf& tallier_of) {
  auto applied = apply_to(path, erasures, tallier_of);
  if (!applied) return std::unexpected(applied.error());
  std::error_code ignored;
  fs::remove(path.string() + ".lock", ignored);
  return give_to_owner_of(path.parent_path(), path);
}

void scrub_if_needed(const fs::path& path, const Erasures& erasures, Scrubbed& done,
                     const std::function<base::Status()>& work) {
  auto needed = holds(path, erasures);
  if (needed && !*needed) return;
  auto worked = needed ? work() : std::unexpected(needed.error());
  if (worked)
    done.rewritten.push_back(path.filename().string());
  else
    done.failed.push_back(worked.error());
}

}  // namespace

std::vector<fs::path> databases_aside(const fs::path& database) {
  const std::string start = database.filename().string() + ".aside-";
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(
           database.parent_path().empty() ? fs::path(".") : database.parent_path(), none)) {
    // Not what lies beside it: "-wal", ".lock".
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(start) || !name.ends_with('Z')) continue;
    // One more name of the database that serves: a restore was cut short just then.
    if (fs::equivalent(entry.path(), database, none)) continue;
    found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

base::Result<Scrubbed> scrub_copies(const fs::path& database, const fs::path& folder,
                                    const TallierOf& tallier_of, const std::stop_token& stop) {
  auto erasures = erasures_of(database);
  if (!erasures) return std::unexpected(erasures.error());
  Scrubbed done;
  std::error_code none;
  if (!fs::exists(folder, none)) return done;  // and nothing was ever restored
  const auto lock = FolderLock::take(folder, !stop.stop_possible());
  if (!lock) return std::unexpected(lock.error());
  { const Draft left(database.string() + ".restoring"); }  // by a restore that was killed
  for (const fs::path& path : databases_aside(database))
    scrub_if_needed(path, *erasures, done, [&] { return scrub_aside(path, *erasures, tallier_of); });
  if (auto finished = finish_notes(folder); !finished) return std::unexpected(finished.error());
  auto all = backups(folder);
  if (!all) return std::unexpected(all.error());
  for (const Backup& backup : *all) {
    if (stop.stop_requested())
      return base::fail(folder.string(), "was cut short", doing, ErrorKind::unavailable);
    scrub_if_needed(folder / backup.name, *erasures, done,
                    [&] { return rewrite(folder, backup, *erasures, tallier_of, stop); });
  }
  return done;
}

}  // namespace halte::store::hq
