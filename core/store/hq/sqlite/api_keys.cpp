// SPDX-License-Identifier: Apache-2.0
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Instant;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view columns = "id, name, roles, branches, created, expires, used";

ApiKeyRecord read_key(SQLite::Statement& row) {
  ApiKeyRecord key{.id = row.getColumn(0).getString(),
                   .name = row.getColumn(1).getString(),
                   .roles = words_of(row.getColumn(2)),
                   .branches = words_of(row.getColumn(3)),
                   .created = instant(row.getColumn(4).getInt64())};
  if (!row.getColumn(5).isNull()) key.expires = instant(row.getColumn(5).getInt64());
  if (!row.getColumn(6).isNull()) key.used = Instant(std::chrono::days(row.getColumn(6).getInt()));
  return key;
}

}  // namespace

Status SqliteHqStore::save_api_key(const ApiKeyRecord& key, base::ByteView hash) {
  return write("saving an API key", [&](Database& db) {
    auto& insert = db.statement(R"sql(
      INSERT INTO api_key (hash, id, name, roles, branches, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?))sql");
    bind_blob(insert, 1, hash);
    insert.bind(2, key.id);
    insert.bind(3, key.name);
    insert.bind(4, base::to_text(base::Json(key.roles)));
    insert.bind(5, base::to_text(base::Json(key.branches)));
    insert.bind(6, millis(key.created));
    if (key.expires)
      insert.bind(7, millis(*key.expires));
    else
      insert.bind(7);
    insert.exec();
  });
}

Result<std::vector<ApiKeyRecord>> SqliteHqStore::api_keys() {
  return read("listing API keys", [](Database& db) {
    std::vector<ApiKeyRecord> keys;
    auto& row = db.statement("SELECT " + std::string(columns) + " FROM api_key ORDER BY name, id");
    while (row.executeStep()) keys.push_back(read_key(row));
    return keys;
  });
}

Result<std::optional<ApiKeyRecord>> SqliteHqStore::use_api_key(base::ByteView hash, Instant now) {
  auto found = read("looking an API key up", [&](Database& db) -> std::optional<ApiKeyRecord> {
    auto& row = db.statement("SELECT " + std::string(columns) +
                             " FROM api_key WHERE hash = ?1 AND (expires IS NULL OR expires > ?2)");
    bind_blob(row, 1, hash);
    row.bind(2, millis(now));
    return row.executeStep() ? std::optional(read_key(row)) : std::nullopt;
  });
  if (!found || !*found) return found;
  const Instant today = base::coarsen(now, std::chrono::days(1));
  if ((*found)->used == today) return found;
  (*found)->used = today;
  auto noted = write("noting the use of an API key", [&](Database& db) {
    auto& update = db.statement("UPDATE api_key SET used = ? WHERE hash = ?");
    update.bind(1, base::days_since_epoch(now));
    bind_blob(update, 2, hash);
    update.exec();
  });
  if (!noted) return std::unexpected(noted.error());
  return found;
}

Result<bool> SqliteHqStore::remove_api_key(const std::string& id) {
  return write("removing an API key", [&](Database& db) {
    auto& remove = db.statement("DELETE FROM api_key WHERE id = ?");
    remove.bind(1, id);
    return remove.exec() == 1;
  });
}

}  // namespace halte::store::hq
