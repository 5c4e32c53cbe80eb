// SPDX-License-Identifier: Apache-2.0
#include "core/store/hq/inspection.h"

#include "core/store/hq/sqlite/schema.h"

namespace halte::store::hq {

std::optional<int> server_of(const std::filesystem::path& path) { return lock_holder(path); }

base::Result<Soundness> inspect(const std::filesystem::path& path) {
  auto database = Database::open_untouched(path, schema);
  if (!database) return std::unexpected(database.error());
  return guarded(*database, "looking at it", [&] {
    SQLite::Database& db = database->handle();
    Soundness found{.holder = lock_holder(path),
                    .schema = db.execAndGet("PRAGMA user_version").getInt64(),
                    .newest_schema = std::int64_t(schema.steps.size())};
    SQLite::Statement check(db, "PRAGMA quick_check(10)");
    while (check.executeStep())
      if (const std::string fault = check.getColumn(0).getString(); fault != "ok")
        found.faults.push_back(fault);
    if (found.faults.empty() && found.schema > 0)
      found.responses = db.execAndGet("SELECT count(*) FROM response").getInt64();
    std::error_code none;
    if (const auto bytes = std::filesystem::file_size(path, none); !none) found.bytes = std::int64_t(bytes);
    return found;
  });
}

}  // namespace halte::store::hq
