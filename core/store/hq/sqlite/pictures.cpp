// SPDX-License-Identifier: Apache-2.0
// The port Pictures.
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

base::Status SqliteHqStore::save_picture(const PictureRecord& picture) {
  return write("saving a picture", [&](Database& db) {
    auto& save = db.statement("INSERT OR IGNORE INTO picture (id, type, content) VALUES (?, ?, ?)");
    save.bind(1, picture.id);
    save.bind(2, picture.type);
    bind_blob(save, 3, picture.content);
    save.exec();
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
