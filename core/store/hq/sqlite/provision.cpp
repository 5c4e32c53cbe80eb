// SPDX-License-Identifier: Apache-2.0
// Making and changing what an organisation consists of: each put_… is one row, inside provision()'s
// transaction.
#include "core/consent/receipt.h"
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::ErrorKind;
using base::Json;
using base::Status;

namespace {

void put(Database& db, const OrganisationRecord& o) {
  auto& update =
      db.statement("UPDATE organisation SET name = ?, k = ?, own = ?, contact = ?, accent = ?, demo = ?");
  update.bind(1, o.name);
  update.bind(2, o.k);
  update.bind(3, base::to_text(o.own));
  update.bind(4, base::to_text(o.contact));
  update.bind(5, o.accent);
  update.bind(6, o.demo ? 1 : 0);
  update.exec();
}

void put(Database& db, const RegionRecord& r) {
  auto& upsert = db.statement(R"sql(
    INSERT INTO region (id, name, parent, own) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent, own = excluded.own)sql");
  upsert.bind(1, r.id);
  upsert.bind(2, r.name);
  upsert.bind(3, r.parent);
  upsert.bind(4, base::to_text(r.own));
  upsert.exec();
}

void put(Database& db, const BranchRecord& b) {
  auto& upsert = db.statement(R"sql(
    INSERT INTO branch (id, name, region, own) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, region = excluded.region, own = excluded.own)sql");
  upsert.bind(1, b.id);
  upsert.bind(2, b.name);
  upsert.bind(3, b.region);
  upsert.bind(4, base::to_text(b.own));
  upsert.exec();
}

void put(Database& db, const TouchpointRecord& t) {
  auto& upsert = db.statement(R"sql(
    INSERT INTO touchpoint (id, name, survey) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, survey = excluded.survey)sql");
  upsert.bind(1, t.id);
  upsert.bind(2, t.name);
  upsert.bind(3, t.survey);
  upsert.exec();
}

void put(Database& db, const SurveyRecord& s) {
  auto& insert = db.statement("INSERT INTO survey (id, version, definition, metrics) VALUES (?, ?, ?, ?)");
  insert.bind(1, s.id);
  insert.bind(2, s.version);
  insert.bind(3, base::to_text(s.definition));
  insert.bind(4, base::to_text(s.metrics));
  insert.exec();
}

void put(Database& db, const NoticeRecord& n) {
  auto& insert = db.statement("INSERT INTO notice (id, version, purpose, texts) VALUES (?, ?, ?, ?)");
  insert.bind(1, n.id);
  insert.bind(2, n.version);
  insert.bind(3, n.purpose);
  insert.bind(4, base::to_text(Json(n.texts)));
  insert.exec();
  for (const auto& [locale, text] : n.texts) {
    auto& keep = db.statement("INSERT OR IGNORE INTO notice_text (hash, locale, text) VALUES (?, ?, ?)");
    bind_blob(keep, 1, consent::notice_hash(text));
    keep.bind(2, locale);
    keep.bind(3, text);
    keep.exec();
  }
}

void put(Database& db, const KioskRecord& k) {
  auto& upsert = db.statement(R"sql(
    INSERT INTO kiosk (id, name, branch, touchpoint, revoked, paused, own) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, branch = excluded.branch, touchpoint = excluded.touchpoint,
                                   revoked = excluded.revoked, paused = excluded.paused, own = excluded.own)sql");
  upsert.bind(1, k.id);
  upsert.bind(2, k.name);
  upsert.bind(3, k.branch);
  upsert.bind(4, k.touchpoint);
  upsert.bind(5, k.revoked ? 1 : 0);
  upsert.bind(6, k.paused ? 1 : 0);
  upsert.bind(7, base::to_text(k.own));
  upsert.exec();
}

void put(Database& db, const JourneyRecord& j) {
  auto& upsert = db.statement("INSERT OR REPLACE INTO journey (id, version, document) VALUES (?, ?, ?)");
  upsert.bind(1, j.id);
  upsert.bind(2, j.version);
  upsert.bind(3, base::to_text(j.document));
  upsert.exec();
}

struct Removal {
  const char* name;
  const char* drop;
  const char* in_use;  // a row: something would lose its name
};

Removal removal_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::region:
      return {"region", "DELETE FROM region WHERE id = ?1",
              "SELECT 1 FROM region WHERE parent = ?1 UNION ALL SELECT 1 FROM branch WHERE region = ?1"};
    case PlaceKind::branch:
      return {"branch", "DELETE FROM branch WHERE id = ?1",
              "SELECT 1 FROM kiosk WHERE branch = ?1 UNION ALL SELECT 1 FROM series WHERE branch = ?1"};
    case PlaceKind::touchpoint:
      return {
          "touchpoint", "DELETE FROM touchpoint WHERE id = ?1",
          "SELECT 1 FROM kiosk WHERE touchpoint = ?1 UNION ALL SELECT 1 FROM series WHERE touchpoint = ?1"};
    case PlaceKind::kiosk:
      return {"kiosk", "DELETE FROM kiosk WHERE id = ?1",
              "SELECT 1 FROM kiosk k JOIN received r ON r.kiosk = k.row WHERE k.id = ?1 UNION ALL "
              "SELECT 1 FROM kiosk WHERE id = ?1 AND token_hash IS NOT NULL AND revoked = 0"};
  }
  return {};
}

}  // namespace

Status SqliteHqStore::provision(const Provision& p) {
  return write("saving the organisation", [&](Database& db) {
    if (p.organisation) put(db, *p.organisation);
    auto each = [&](const auto& records) {
      for (const auto& record : records) put(db, record);
    };
    each(p.regions);
    each(p.branches);
    each(p.surveys);
    each(p.notices);
    each(p.touchpoints);
    each(p.kiosks);
    each(p.journeys);
    raise_configuration(db);
  });
}

Status SqliteHqStore::remove_place(PlaceKind kind, const std::string& id) {
  const Removal removal = removal_of(kind);
  bool is_used = false, is_gone = false;
  auto removed = write("removing a place", [&](Database& db) {
    auto& used = db.statement(removal.in_use);
    used.bind(1, id);
    is_used = used.executeStep();
    used.reset();
    if (is_used) return;
    auto& drop = db.statement(removal.drop);
    drop.bind(1, id);
    is_gone = drop.exec() == 1;
    if (is_gone) raise_configuration(db);
  });
  if (!removed) return removed;
  const std::string subject = std::string(removal.name) + " " + id;
  if (is_used)
    return base::fail(subject,
                      kind == PlaceKind::kiosk ? "is at work, or its answers are here; revoke it instead"
                                               : "something stands below it, or was answered there",
                      "removing it", ErrorKind::conflict);
  if (!is_gone) return base::fail(subject, "there is none of that id", "removing it", ErrorKind::not_found);
  return {};
}

}  // namespace halte::store::hq
