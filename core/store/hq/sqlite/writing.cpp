// SPDX-License-Identifier: Apache-2.0
// What analysts write: drafts of surveys, and what happened when.
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Result;
using base::Status;

namespace {

constexpr const char* draft_columns = R"sql(
  SELECT id,
         revision,
         definition,
         metrics,
         author,
         at
  FROM survey_draft )sql";

SurveyDraft read_draft(SQLite::Statement& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getInt(),    json_of(row.getColumn(2)),
          json_of(row.getColumn(3)),    row.getColumn(4).getString(), instant(row.getColumn(5).getInt64())};
}

}  // namespace

Result<int> SqliteHqStore::save_survey_draft(const SurveyDraft& draft) {
  auto saved = write("saving a draft", [&](Database& db) {
    auto& upsert = db.statement(R"sql(
      INSERT INTO survey_draft (id, revision, definition, metrics, author, at) SELECT ?1, ?2 + 1, ?3, ?4, ?5, ?6
      WHERE coalesce((SELECT revision FROM survey_draft WHERE id = ?1), 0) = ?2
      ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, definition = excluded.definition,
                                     metrics = excluded.metrics, author = excluded.author, at = excluded.at)sql");
    upsert.bind(1, draft.id);
    upsert.bind(2, draft.revision);
    upsert.bind(3, base::to_text(draft.definition));
    upsert.bind(4, base::to_text(draft.metrics));
    upsert.bind(5, draft.author);
    upsert.bind(6, millis(draft.at));
    return upsert.exec() == 1;
  });
  if (!saved) return std::unexpected(saved.error());
  if (!*saved)
    return base::fail("survey " + draft.id, "somebody else has saved it meanwhile", "saving a draft",
                      base::ErrorKind::conflict);
  return draft.revision + 1;
}

Result<std::vector<SurveyDraft>> SqliteHqStore::survey_drafts() {
  return read("listing drafts", [](Database& db) {
    std::vector<SurveyDraft> all;
    auto& row = db.statement(std::string(draft_columns) + "ORDER BY id");
    while (row.executeStep()) all.push_back(read_draft(row));
    return all;
  });
}

Result<std::optional<SurveyDraft>> SqliteHqStore::survey_draft(const std::string& id) {
  return read("reading a draft", [&](Database& db) -> std::optional<SurveyDraft> {
    auto& row = db.statement(std::string(draft_columns) + "WHERE id = ?");
    row.bind(1, id);
    if (!row.executeStep()) return std::nullopt;
    return read_draft(row);
  });
}

Status SqliteHqStore::drop_survey_draft(const std::string& id) {
  return write("dropping a draft", [&](Database& db) {
    auto& drop = db.statement("DELETE FROM survey_draft WHERE id = ?");
    drop.bind(1, id);
    drop.exec();
  });
}

Result<std::int64_t> SqliteHqStore::save_marker(const MarkerRecord& marker) {
  return write("saving a marker", [&](Database& db) {
    auto& upsert = db.statement(R"sql(
      INSERT INTO marker (row, day, label, region, branch, touchpoint) VALUES (nullif(?, 0), ?, ?, ?, ?, ?)
      ON CONFLICT (row) DO UPDATE SET day = excluded.day, label = excluded.label, region = excluded.region,
                                      branch = excluded.branch, touchpoint = excluded.touchpoint
      RETURNING row)sql");
    upsert.bind(1, marker.row);
    upsert.bind(2, marker.day);
    upsert.bind(3, marker.label);
    upsert.bind(4, marker.region);
    upsert.bind(5, marker.branch);
    upsert.bind(6, marker.touchpoint);
    upsert.executeStep();
    return upsert.getColumn(0).getInt64();
  });
}

Result<std::vector<MarkerRecord>> SqliteHqStore::markers() {
  return read("listing markers", [](Database& db) {
    std::vector<MarkerRecord> all;
    auto& row =
        db.statement("SELECT row, day, label, region, branch, touchpoint FROM marker ORDER BY day, row");
    while (row.executeStep())
      all.push_back({row.getColumn(0).getInt64(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                     row.getColumn(3).getString(), row.getColumn(4).getString(),
                     row.getColumn(5).getString()});
    return all;
  });
}

Result<bool> SqliteHqStore::remove_marker(std::int64_t row) {
  return write("removing a marker", [&](Database& db) {
    auto& drop = db.statement("DELETE FROM marker WHERE row = ?");
    drop.bind(1, row);
    return drop.exec() == 1;
  });
}

}  // namespace halte::store::hq
