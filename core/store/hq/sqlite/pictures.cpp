// SPDX-License-Identifier: Apache-2.0
// The port Pictures.
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

base::Status SqliteHqStore::save_picture(const PictureRecord& picture, base::Instant now) {
  return write("saving a picture", [&](Database& db) {
    auto& save = db.statement(R"sql(
      INSERT INTO picture (id, type, content, added) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET added = excluded.added)sql");
    save.bind(1, picture.id);
    save.bind(2, picture.type);
    bind_blob(save, 3, picture.content);
    save.bind(4, millis(now));
    save.exec();
  });
}

base::Status SqliteHqStore::keep_pictures(const std::vector<std::string>& ids, base::Instant since) {
  return write("dropping pictures that are no longer shown", [&](Database& db) {
    auto& drop =
        db.statement("DELETE FROM picture WHERE added < ? AND id NOT IN (SELECT value FROM json_each(?))");
    drop.bind(1, millis(since));
    drop.bind(2, base::to_text(base::Json(ids)));
    drop.exec();
    db.want_scrub();
  });
}

base::Result<std::optional<PictureRecord>> SqliteHqStore::picture(const std::string& id) {
  return read("reading a picture", [&](Database& db) -> std::optional<PictureRecord> {
    auto& select = db.statement("SELECT id, type, content FROM picture WHERE id = ?");
    select.bind(1, id);
    if (!select.executeStep()) return std::nullopt;
    return PictureRecord{select.getColumn(0).getString(), select.getColumn(1).getString(),
                         blob(select.getColumn(2))};
  });
}

base::Result<std::vector<std::string>> SqliteHqStore::picture_ids() {
  return read("reading the pictures", [&](Database& db) {
    std::vector<std::string> ids;
    auto& select = db.statement("SELECT id FROM picture ORDER BY id");
    while (select.executeStep()) ids.push_back(select.getColumn(0).getString());
    return ids;
  });
}

}  // namespace halte::store::hq
