// SPDX-License-Identifier: Apache-2.0
#include "core/store/kiosk/inspection.h"

#include "core/store/kiosk/schema.h"
#include "core/store/kiosk/sqlite_kiosk_store.h"

namespace halte::store::kiosk {
namespace {

constexpr const char* doing = "looking whether it is whole";
// A kiosk that starts or ends in the middle of a look spoils it.
constexpr int most_looks = 3;

std::vector<std::string> faults_of(Database& database) {
  std::vector<std::string> faults;
  auto& check = database.statement("PRAGMA quick_check(10)");
  while (check.executeStep()) faults.push_back(check.getColumn(0).getString());
  if (faults == std::vector<std::string>{"ok"}) faults.clear();
  return faults;
}

// SQLite has no page checksums: a bit that fell over in a row shows by the row's hash alone.
void count_rows(Database& database, std::string_view sql, Soundness& soundness) {
  auto& select = database.statement(sql);
  while (select.executeStep()) {
    ++soundness.rows;
    const SQLite::Column body = select.getColumn(0);
    const base::Bytes hash =
        base::sha256({static_cast<const std::uint8_t*>(body.getBlob()), std::size_t(body.getBytes())});
    if (hash != blob(select.getColumn(1))) ++soundness.changed;
  }
}

base::Result<Soundness> look_once(const std::filesystem::path& path) {
  auto database = Database::open_untouched(path, schema);
  if (!database) return std::unexpected(database.error());
  auto soundness = guarded(*database, doing, [&] {
    Soundness found;
    found.faults = faults_of(*database);
    count_rows(*database, "SELECT body, hash FROM open_response", found);
    count_rows(*database, "SELECT body, hash FROM outbox WHERE body <> ''", found);
    return found;
  });
  if (!soundness) return soundness;
  SqliteKioskStore store(std::move(*database), path);
  // Of an older schema, which the next start of the kiosk brings up to date: no such table, no such count.
  if (auto status = store.status()) soundness->outbox = *status;
  return soundness;
}

}  // namespace

base::Result<Soundness> inspect(const std::filesystem::path& path) {
  for (int look = 1;; ++look) {
    const auto before = lock_holder(path);
    auto soundness = look_once(path);
    const auto after = lock_holder(path);
    if (before != after && look < most_looks) continue;
    if (soundness) soundness->holder = after;
    return soundness;
  }
}

base::Result<std::unique_ptr<KioskStore>> open_untouched(const std::filesystem::path& path) {
  auto database = Database::open_untouched(path, schema);
  if (!database) return std::unexpected(database.error());
  return std::make_unique<SqliteKioskStore>(std::move(*database), path);
}

}  // namespace halte::store::kiosk
