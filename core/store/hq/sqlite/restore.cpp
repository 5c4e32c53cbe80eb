// SPDX-License-Identifier: Apache-2.0
// A copy of the server's database put back.
#include "core/store/hq/restore.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/file.h"
#include "core/store/hq/sqlite/copies.h"
#include "core/store/hq/sqlite/erasures.h"
#include "core/store/hq/sqlite/schema.h"

namespace halte::store::hq {
namespace {

using base::ErrorKind;
namespace fs = std::filesystem;

constexpr const char* doing = "restoring a backup";

base::Result<Backup> find(const fs::path& folder, const std::string& name) {
  auto all = backups(folder);
  if (!all) return std::unexpected(all.error());
  const auto found = std::ranges::find(*all, name, &Backup::name);
  if (found == all->end())
    return base::fail((folder / name).string(), "is no backup; see halte-hq backup list", doing,
                      ErrorKind::not_found);
  return *found;
}

// What stands where the copy shall: nothing, or a database that can be read.
base::Result<std::optional<Database>> open_standing(const fs::path& path,
                                                    std::shared_ptr<DatabaseLock> lock) {
  std::error_code none;
  if (!fs::exists(path, none)) {
    if (!fs::exists(path.string() + "-wal", none)) return std::nullopt;
    return base::fail(path.string() + "-wal", "lies there without its database; move it out of the folder",
                      doing, ErrorKind::refused);
  }
  auto database = Database::open(path, schema, std::move(lock));
  if (!database)
    return base::fail(path.string(),
                      database.error().cause +
                          ". What people erased since the newest backup is in it alone: mend it, or move it "
                          "and its -wal out of the folder to do without",
                      doing, ErrorKind::refused);
  return std::optional(std::move(*database));
}

base::Result<Erasures> read_from(Database& database) {
  return guarded(database, doing, [&] { return read_erasures(database); });
}

base::Result<Erasures> gather(std::optional<Database>& standing, const fs::path& folder,
                              std::vector<base::Error>& unread) {
  Erasures all;
  if (standing) {
    auto erasures = read_from(*standing);
    if (!erasures) return erasures;
    all = std::move(*erasures);
  }
  auto copies = backups(folder);
  if (!copies) return std::unexpected(copies.error());
  for (const Backup& copy : *copies) {
    auto database = Database::open_untouched(folder / copy.name, schema);
    auto erasures = database ? read_from(*database) : std::unexpected(database.error());
    if (erasures)
      all.add(std::move(*erasures));
    else
      unread.push_back(erasures.error());
  }
  return all;
}

// From here on the copy is a store of this version, in which nothing is that was erased.
base::Status prepare(const fs::path& draft, const Erasures& erasures, const TallierOf& tallier_of,
                     base::Instant now, Restored& done) {
  auto store = HqStore::create_sqlite(draft, 1);
  if (!store) return std::unexpected(store.error());
  auto tallier = tallier_of(**store);
  if (!tallier) return std::unexpected(tallier.error());
  auto applied = (*store)->apply(erasures, *tallier);
  if (!applied) return std::unexpected(applied.error());
  done.applied = *applied;
  auto responses = (*store)->stored_responses();
  if (!responses) return std::unexpected(responses.error());
  done.responses = *responses;
  return (*store)->audit({"operator", "backup restored", done.from.name}, now);
}

// What must not be undone. A kiosk takes no configuration that is not newer, and no PIN of a lower
// generation. Numbers that had arrived are still known to have been captured, so gaps tells of them.
constexpr const char* carry_over = R"sql(
  INSERT INTO main.epoch (kiosk, epoch, captured, waiting, heard, reused, returned)
  SELECT coalesce(k.row, o.kiosk),
         o.epoch,
         max(o.captured),
         max(o.waiting),
         max(o.heard),
         max(o.reused),
         max(o.returned)
  FROM (SELECT kiosk, epoch, captured, waiting, heard, reused, returned FROM aside.epoch
        UNION ALL
        SELECT kiosk, epoch, high, 0, 0, 0, 0 FROM aside.received) o
  LEFT JOIN aside.kiosk a ON a.row = o.kiosk
  LEFT JOIN main.kiosk k ON k.id = a.id
  WHERE a.row IS NULL OR k.row IS NOT NULL
  GROUP BY 1, 2
  ON CONFLICT DO UPDATE SET captured = max(captured, excluded.captured), waiting = excluded.waiting,
                            heard = max(heard, excluded.heard), reused = max(reused, excluded.reused),
                            returned = max(returned, excluded.returned);
  UPDATE main.kiosk SET revoked = 1
  WHERE id IN (SELECT id FROM aside.kiosk WHERE revoked = 1);
  INSERT OR REPLACE INTO main.manager_pin (kiosk, hash, generation)
  SELECT a.kiosk, a.hash, a.generation
  FROM aside.manager_pin a
  LEFT JOIN main.manager_pin p ON p.kiosk = a.kiosk
  WHERE a.generation > coalesce(p.generation, 0);
  UPDATE main.organisation SET configuration_version = max(
    configuration_version, coalesce((SELECT configuration_version FROM aside.organisation), 0)) + 1;
)sql";
// Of a database that is lost nobody knows how far it came.
constexpr const char* leap = "UPDATE organisation SET configuration_version = configuration_version + 1000";
constexpr const char* sign_out =
    "DELETE FROM session; DELETE FROM link; DELETE FROM enrolment_code; DELETE FROM enrolment_request;";

constexpr const char* count_only_aside = R"sql(
  SELECT count(*)
  FROM aside.response r
  LEFT JOIN aside.kiosk a ON a.row = r.kiosk
  LEFT JOIN main.kiosk k ON k.id = a.id
  WHERE NOT EXISTS (SELECT 1 FROM main.response c WHERE c.kiosk = coalesce(k.row, r.kiosk) AND c.id = r.id)
)sql";

base::Status settle_against(const fs::path& draft, const std::optional<fs::path>& standing, Restored& done) {
  auto copy = Database::open(draft, schema);
  if (!copy) return std::unexpected(copy.error());
  return guarded(*copy, doing, [&] {
    SQLite::Database& db = copy->handle();
    if (standing) {
      SQLite::Statement attach(db, "ATTACH ? AS aside");
      attach.bind(1, standing->string());
      attach.exec();
    }
    Transaction transaction(*copy);
    db.exec(standing ? carry_over : leap);
    db.exec(sign_out);
    transaction.commit();
    if (!standing) return;
    done.only_aside = db.execAndGet(count_only_aside).getInt64();
    SQLite::Statement unknown(
        db, "SELECT id FROM aside.kiosk WHERE id NOT IN (SELECT id FROM main.kiosk) ORDER BY id");
    while (unknown.executeStep()) done.unknown_kiosks.push_back(unknown.getColumn(0).getString());
  });
}

// Its last connection has folded the log into the file; another program that reads would keep it.
base::Status check_whole(const fs::path& path) {
  std::error_code none;
  const auto log_bytes = fs::file_size(path.string() + "-wal", none);
  if (none || log_bytes == 0) return {};
  return base::fail(path.string(), "another program reads it", doing, ErrorKind::unavailable);
}

// Two names for the old one, then its first name is the new one's, at once.
base::Status change_places(const fs::path& draft, const fs::path& path,
                           const std::optional<fs::path>& aside) {
  std::error_code trouble;
  if (aside) fs::create_hard_link(path, *aside, trouble);
  if (trouble) return base::fail(aside->string(), trouble.message(), "putting the old database aside");
  for (const char* end : {"-wal", "-shm"}) fs::remove(path.string() + end, trouble);
  auto kept = base::keep_file(draft, path);
  if (!kept && aside && fs::equivalent(path, *aside, trouble)) fs::remove(*aside, trouble);
  return kept;
}

}  // namespace

base::Result<Restored> restore_backup(const fs::path& path, const fs::path& folder, const std::string& name,
                                      const TallierOf& tallier_of, base::Instant now) {
  Restored done;
  auto from = find(folder, name);
  if (!from) return std::unexpected(from.error());
  done.from = *from;
  const auto copies_lock = FolderLock::take(folder, true);
  if (!copies_lock) return std::unexpected(copies_lock.error());
  auto lock = lock_database(path, schema);
  if (!lock) return std::unexpected(lock.error());
  if (auto owned = give_to_owner_of(path.parent_path(), path.string() + ".lock"); !owned)
    return std::unexpected(owned.error());
  if (auto sound = verify_backup(folder, *from); !sound) return std::unexpected(sound.error());
  auto standing = open_standing(path, *lock);
  if (!standing) return std::unexpected(standing.error());
  auto erasures = gather(*standing, folder, done.unread);
  if (!erasures) return std::unexpected(erasures.error());

  const Draft draft(path.string() + ".restoring");
  if (auto copied = copy_bytes(folder / name, draft.path); !copied) return std::unexpected(copied.error());
  if (auto prepared = prepare(draft.path, *erasures, tallier_of, now, done); !prepared)
    return std::unexpected(prepared.error());
  const bool stands = standing->has_value();
  if (auto settled = settle_against(draft.path, stands ? std::optional(path) : std::nullopt, done); !settled)
    return std::unexpected(settled.error());
  standing->reset();
  if (auto whole = check_whole(path); stands && !whole) return std::unexpected(whole.error());
  if (stands) done.aside = path.string() + ".aside-" + stamp(now);
  if (auto changed = change_places(draft.path, path, done.aside); !changed)
    return std::unexpected(changed.error());
  return done;
}

}  // namespace halte::store::hq
