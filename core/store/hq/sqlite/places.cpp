// SPDX-License-Identifier: Apache-2.0
#include "core/consent/receipt.h"
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::ErrorKind;
using base::Json;
using base::Result;
using base::Status;

Result<std::optional<OrganisationRecord>> SqliteHqStore::organisation() {
  return read("reading the organisation", [](Database& db) -> std::optional<OrganisationRecord> {
    auto& row = db.statement(R"sql(
      SELECT name,
             demo,
             k,
             configuration_version,
             sealing_key_id,
             sealing_public_key,
             signing_key_id,
             signing_public_key,
             signing_secret_key,
             receipt_key,
             own,
             contact,
             accent
      FROM organisation)sql");
    if (!row.executeStep()) return std::nullopt;
    OrganisationRecord o;
    o.name = row.getColumn(0).getString();
    o.demo = row.getColumn(1).getInt() != 0;
    o.k = row.getColumn(2).getInt();
    o.configuration_version = row.getColumn(3).getInt();
    o.sealing_key_id = row.getColumn(4).getString();
    o.sealing_public_key = blob(row.getColumn(5));
    o.signing_key_id = row.getColumn(6).getString();
    o.signing_public_key = blob(row.getColumn(7));
    o.signing_secret_key = blob(row.getColumn(8));
    o.receipt_key = blob(row.getColumn(9));
    o.own = json_of(row.getColumn(10));
    o.contact = json_of(row.getColumn(11));
    o.accent = row.getColumn(12).getString();
    return o;
  });
}

Status SqliteHqStore::create_organisation(const OrganisationRecord& o) {
  return write("setting the organisation up", [&](Database& db) {
    db.statement("DELETE FROM organisation WHERE NOT EXISTS (SELECT 1 FROM user)").exec();
    auto& insert = db.statement(R"sql(
      INSERT INTO organisation (id, name, demo, k, configuration_version, sealing_key_id, sealing_public_key,
                                signing_key_id, signing_public_key, signing_secret_key, receipt_key, own, contact,
                                accent)
      VALUES (1, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
    insert.bind(1, o.name);
    insert.bind(2, o.demo ? 1 : 0);
    insert.bind(3, o.k);
    insert.bind(4, o.sealing_key_id);
    bind_blob(insert, 5, o.sealing_public_key);
    insert.bind(6, o.signing_key_id);
    bind_blob(insert, 7, o.signing_public_key);
    bind_blob(insert, 8, o.signing_secret_key);
    bind_blob(insert, 9, o.receipt_key);
    insert.bind(10, base::to_text(o.own));
    insert.bind(11, base::to_text(o.contact));
    insert.bind(12, o.accent);
    insert.exec();
  });
}

Status SqliteHqStore::remove_demo() {
  bool demo = false;
  auto removed = write("removing the demo", [&](Database& db) {
    auto& select = db.statement("SELECT demo FROM organisation");
    demo = select.executeStep() && select.getColumn(0).getInt() == 1;
    if (!demo) return;
    for (const char* table : {"session",
                              "link",
                              "user",
                              "organisation",
                              "region",
                              "branch",
                              "touchpoint",
                              "survey",
                              "notice",
                              "notice_text",
                              "kiosk",
                              "enrolment_code",
                              "enrolment_request",
                              "heartbeat",
                              "response",
                              "erased",
                              "receipt",
                              "erased_receipt",
                              "withdrawn",
                              "withdrawn_receipt",
                              "received",
                              "coverage",
                              "api_key",
                              "series",
                              "count_hour",
                              "count_hours",
                              "count_days",
                              "latest",
                              "journey",
                              "audit",
                              "picture",
                              "manager_pin",
                              "epoch",
                              "survey_draft",
                              "marker"})
      db.statement("DELETE FROM " + std::string(table)).exec();
    series_rows_.clear();
    writer_.want_scrub();
  });
  if (!removed) return removed;
  if (!demo)
    return base::fail("organisation", "is not a demo, so it is not removed", "removing the demo",
                      ErrorKind::refused);
  return {};
}

Result<std::vector<RegionRecord>> SqliteHqStore::regions() {
  return read("listing regions", [](Database& db) {
    std::vector<RegionRecord> all;
    auto& row = db.statement("SELECT id, name, parent, own FROM region ORDER BY name");
    while (row.executeStep())
      all.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                     json_of(row.getColumn(3))});
    return all;
  });
}

Result<std::vector<BranchRecord>> SqliteHqStore::branches() {
  return read("listing branches", [](Database& db) {
    std::vector<BranchRecord> all;
    auto& row = db.statement("SELECT id, name, region, own FROM branch ORDER BY name");
    while (row.executeStep())
      all.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                     json_of(row.getColumn(3))});
    return all;
  });
}

Result<std::vector<TouchpointRecord>> SqliteHqStore::touchpoints() {
  return read("listing touchpoints", [](Database& db) {
    std::vector<TouchpointRecord> all;
    auto& row = db.statement("SELECT id, name, survey FROM touchpoint ORDER BY row");
    while (row.executeStep())
      all.push_back(
          {row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString()});
    return all;
  });
}

Result<std::vector<SurveyRecord>> SqliteHqStore::surveys() {
  return read("listing surveys", [](Database& db) {
    std::vector<SurveyRecord> all;
    auto& row = db.statement("SELECT id, version, definition, metrics FROM survey ORDER BY id, version");
    while (row.executeStep())
      all.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt(), json_of(row.getColumn(2)),
                     json_of(row.getColumn(3))});
    return all;
  });
}

Result<std::vector<NoticeRecord>> SqliteHqStore::notices() {
  return read("listing notices", [](Database& db) {
    std::vector<NoticeRecord> all;
    auto& row = db.statement("SELECT id, version, purpose, texts FROM notice ORDER BY id, version");
    while (row.executeStep())
      all.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt(), row.getColumn(2).getString(),
                     json_of(row.getColumn(3)).get<std::map<std::string, std::string>>()});
    return all;
  });
}

Result<std::int64_t> SqliteHqStore::give_pin(const std::string& kiosk, const std::string& hash) {
  auto given = write("giving a PIN out", [&](Database& db) -> std::optional<std::int64_t> {
    auto& upsert = db.statement(R"sql(
      INSERT INTO manager_pin (kiosk, hash, generation) SELECT id, ?, 1 FROM kiosk WHERE id = ?
      ON CONFLICT (kiosk) DO UPDATE SET hash = excluded.hash, generation = generation + 1
      RETURNING generation)sql");
    upsert.bind(1, hash);
    upsert.bind(2, kiosk);
    if (!upsert.executeStep()) return std::nullopt;
    raise_configuration(db);
    return upsert.getColumn(0).getInt64();
  });
  if (!given) return std::unexpected(given.error());
  if (!*given)
    return base::fail("kiosk " + kiosk, "there is none of that id", "giving a PIN out", ErrorKind::not_found);
  return **given;
}

Result<std::optional<site::GivenPin>> SqliteHqStore::given_pin(const std::string& kiosk) {
  return read("reading a PIN", [&](Database& db) -> std::optional<site::GivenPin> {
    auto& row = db.statement("SELECT hash, generation FROM manager_pin WHERE kiosk = ?");
    row.bind(1, kiosk);
    if (!row.executeStep()) return std::nullopt;
    return site::GivenPin{row.getColumn(0).getString(), row.getColumn(1).getInt64()};
  });
}

Status SqliteHqStore::save_heartbeat(const HeartbeatRecord& h) {
  return write("saving a heartbeat", [&](Database& db) {
    auto& upsert = db.statement("INSERT OR REPLACE INTO heartbeat (kiosk, at, body) VALUES (?, ?, ?)");
    upsert.bind(1, h.kiosk);
    upsert.bind(2, millis(h.at));
    upsert.bind(3, base::to_text(h.body));
    upsert.exec();
  });
}

Result<std::vector<HeartbeatRecord>> SqliteHqStore::heartbeats() {
  return read("listing heartbeats", [](Database& db) {
    std::vector<HeartbeatRecord> all;
    auto& row = db.statement("SELECT kiosk, at, body FROM heartbeat");
    while (row.executeStep())
      all.push_back(
          {row.getColumn(0).getString(), instant(row.getColumn(1).getInt64()), json_of(row.getColumn(2))});
    return all;
  });
}

Result<std::vector<response::Id>> SqliteHqStore::take_erased(std::int64_t kiosk) {
  return write("telling a kiosk what was erased", [&](Database& db) {
    std::vector<response::Id> ids;
    auto& row = db.statement("UPDATE erased SET told = 1 WHERE kiosk = ? AND told = 0 RETURNING id");
    row.bind(1, kiosk);
    while (row.executeStep()) ids.push_back(*response::id_from_bytes(blob(row.getColumn(0))));
    return ids;
  });
}

Result<std::vector<JourneyRecord>> SqliteHqStore::journeys() {
  return read("listing journey maps", [](Database& db) {
    std::vector<JourneyRecord> all;
    auto& row = db.statement("SELECT id, version, document FROM journey ORDER BY id");
    while (row.executeStep())
      all.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt(), json_of(row.getColumn(2))});
    return all;
  });
}

Result<std::optional<JourneyRecord>> SqliteHqStore::journey(const std::string& id) {
  return read("reading a journey map", [&](Database& db) -> std::optional<JourneyRecord> {
    auto& row = db.statement("SELECT id, version, document FROM journey WHERE id = ?");
    row.bind(1, id);
    if (!row.executeStep()) return std::nullopt;
    return JourneyRecord{row.getColumn(0).getString(), row.getColumn(1).getInt(), json_of(row.getColumn(2))};
  });
}

}  // namespace halte::store::hq
