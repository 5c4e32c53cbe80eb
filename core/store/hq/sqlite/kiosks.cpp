// SPDX-License-Identifier: Apache-2.0
// Kiosks, and how a device becomes one: by a code, or by a person who approves its key.
#include <algorithm>

#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::ErrorKind;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kiosk_columns = R"sql(
  SELECT row,
         id,
         name,
         branch,
         touchpoint,
         public_key,
         revoked,
         paused,
         own
  FROM kiosk )sql";

KioskRecord read_kiosk(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(),    row.getColumn(1).getString(),   row.getColumn(2).getString(),
          row.getColumn(3).getString(),   row.getColumn(4).getString(),   blob(row.getColumn(5)),
          row.getColumn(6).getInt() != 0, row.getColumn(7).getInt() != 0, json_of(row.getColumn(8))};
}

std::string kiosk_sql(std::string_view where) { return std::string(kiosk_columns) + std::string(where); }

// From now on this device is that kiosk, and the one that was is not.
std::optional<KioskRecord> become(Database& db, const std::string& kiosk, base::ByteView public_key,
                                  base::ByteView token_hash) {
  auto& update = db.statement("UPDATE kiosk SET public_key = ?, token_hash = ?, revoked = 0 WHERE id = ?");
  bind_blob(update, 1, public_key);
  bind_blob(update, 2, token_hash);
  update.bind(3, kiosk);
  update.exec();
  auto& row = db.statement(kiosk_sql("WHERE id = ?"));
  row.bind(1, kiosk);
  if (!row.executeStep()) return std::nullopt;
  return read_kiosk(row);
}

constexpr const char* request_columns = R"sql(
  SELECT fingerprint,
         public_key,
         software,
         nonce,
         asked,
         expires,
         kiosk
  FROM enrolment_request
  WHERE fingerprint = ? AND expires > ?)sql";

std::optional<EnrolmentRequestRecord> find_request(Database& db, base::ByteView fingerprint,
                                                   base::Instant now) {
  auto& row = db.statement(request_columns);
  bind_blob(row, 1, fingerprint);
  row.bind(2, millis(now));
  if (!row.executeStep()) return std::nullopt;
  EnrolmentRequestRecord found{
      blob(row.getColumn(0)),
      blob(row.getColumn(1)),
      row.getColumn(2).getString(),
      blob(row.getColumn(3)),
      instant(row.getColumn(4).getInt64()),
      instant(row.getColumn(5).getInt64()),
      row.getColumn(6).getString(),
  };
  row.reset();
  return found;
}

void make_room(Database& db, base::Instant now) {
  auto& drop = db.statement("DELETE FROM enrolment_request WHERE expires <= ?");
  drop.bind(1, millis(now));
  drop.exec();
  auto& oldest = db.statement(R"sql(
    DELETE FROM enrolment_request WHERE fingerprint IN (
      SELECT fingerprint FROM enrolment_request WHERE kiosk = ''
      ORDER BY expires DESC, fingerprint LIMIT -1 OFFSET ?))sql");
  oldest.bind(1, most_enrolment_requests - 1);
  oldest.exec();
}

void save_request(Database& db, const EnrolmentRequestRecord& r) {
  auto& save = db.statement(R"sql(
    INSERT INTO enrolment_request (fingerprint, public_key, software, nonce, asked, expires, kiosk)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (fingerprint) DO UPDATE SET software = excluded.software, nonce = excluded.nonce,
                                            expires = excluded.expires)sql");
  bind_blob(save, 1, r.fingerprint);
  bind_blob(save, 2, r.public_key);
  save.bind(3, r.software);
  bind_blob(save, 4, r.nonce);
  save.bind(5, millis(r.asked));
  save.bind(6, millis(r.expires));
  save.bind(7, r.kiosk);
  save.exec();
}

}  // namespace

Result<std::vector<KioskRecord>> SqliteHqStore::kiosks() {
  return read("listing kiosks", [](Database& db) {
    std::vector<KioskRecord> all;
    auto& row = db.statement(kiosk_sql("ORDER BY name"));
    while (row.executeStep()) all.push_back(read_kiosk(row));
    return all;
  });
}

Status SqliteHqStore::save_enrolment_code(base::ByteView code_hash, const std::string& kiosk,
                                          base::Instant expires) {
  return write("saving an enrolment code", [&](Database& db) {
    // One open code a kiosk: a new one takes the place of what was mislaid.
    auto& drop = db.statement("DELETE FROM enrolment_code WHERE kiosk = ?");
    drop.bind(1, kiosk);
    drop.exec();
    auto& insert = db.statement("INSERT INTO enrolment_code (hash, kiosk, expires) VALUES (?, ?, ?)");
    bind_blob(insert, 1, code_hash);
    insert.bind(2, kiosk);
    insert.bind(3, millis(expires));
    insert.exec();
  });
}

Result<KioskRecord> SqliteHqStore::enrol(base::ByteView code_hash, base::ByteView public_key,
                                         base::ByteView token_hash, base::Instant now) {
  auto enrolled = write("enrolling a kiosk", [&](Database& db) -> std::optional<KioskRecord> {
    auto& use = db.statement("DELETE FROM enrolment_code WHERE hash = ? AND expires > ? RETURNING kiosk");
    bind_blob(use, 1, code_hash);
    use.bind(2, millis(now));
    if (!use.executeStep()) return std::nullopt;
    std::string kiosk = use.getColumn(0).getString();
    use.reset();
    return become(db, kiosk, public_key, token_hash);
  });
  if (!enrolled) return std::unexpected(enrolled.error());
  if (!*enrolled)
    return base::fail("enrolment code", "used, old or wrong", "enrolling a kiosk", ErrorKind::not_found);
  return std::move(**enrolled);
}

Result<std::optional<KioskRecord>> SqliteHqStore::kiosk_by_token(base::ByteView token_hash) {
  return read("looking a kiosk up", [&](Database& db) -> std::optional<KioskRecord> {
    auto& row = db.statement(kiosk_sql("WHERE token_hash = ?"));
    bind_blob(row, 1, token_hash);
    if (!row.executeStep()) return std::nullopt;
    return read_kiosk(row);
  });
}

Result<EnrolmentRequestRecord> SqliteHqStore::hear_enrolment(const EnrolmentRequestRecord& heard,
                                                             base::ByteView signed_nonce) {
  const base::Instant now = heard.asked;
  auto stands = write("hearing a device that asks", [&](Database& db) {
    auto found = find_request(db, heard.fingerprint, now);
    if (!found) {
      make_room(db, now);
      save_request(db, heard);
      return heard;
    }
    if (found->public_key != heard.public_key || !std::ranges::equal(found->nonce, signed_nonce))
      return *found;
    found->software = heard.software;
    found->nonce = heard.nonce;
    found->expires = heard.expires;
    save_request(db, *found);
    return *found;
  });
  if (stands && stands->public_key != heard.public_key)
    return base::fail("enrolment request", "another key has this fingerprint", "hearing a device that asks",
                      ErrorKind::conflict);
  return stands;
}

Result<std::optional<EnrolmentRequestRecord>> SqliteHqStore::enrolment_request(base::ByteView fingerprint,
                                                                               base::Instant now) {
  return read("reading an enrolment request",
              [&](Database& db) { return find_request(db, fingerprint, now); });
}

Status SqliteHqStore::approve_enrolment(base::ByteView fingerprint, const std::string& kiosk,
                                        base::Instant now) {
  auto approved = write("approving an enrolment", [&](Database& db) {
    auto& approve = db.statement(R"sql(
      UPDATE enrolment_request SET kiosk = ?1
      WHERE fingerprint = ?2 AND expires > ?3 AND EXISTS (SELECT 1 FROM kiosk WHERE id = ?1))sql");
    approve.bind(1, kiosk);
    bind_blob(approve, 2, fingerprint);
    approve.bind(3, millis(now));
    if (approve.exec() != 1) return false;
    auto& other =
        db.statement("UPDATE enrolment_request SET kiosk = '' WHERE kiosk = ? AND fingerprint <> ?");
    other.bind(1, kiosk);
    bind_blob(other, 2, fingerprint);
    other.exec();
    return true;
  });
  if (!approved) return std::unexpected(approved.error());
  if (!*approved)
    return base::fail("enrolment request", "has ended, or there is no such kiosk", "approving it",
                      ErrorKind::not_found);
  return {};
}

Status SqliteHqStore::refuse_enrolment(base::ByteView fingerprint) {
  auto refused = write("refusing an enrolment", [&](Database& db) {
    auto& drop = db.statement("DELETE FROM enrolment_request WHERE fingerprint = ?");
    bind_blob(drop, 1, fingerprint);
    return drop.exec() == 1;
  });
  if (!refused) return std::unexpected(refused.error());
  if (!*refused) return base::fail("enrolment request", "has ended", "refusing it", ErrorKind::not_found);
  return {};
}

Result<std::optional<KioskRecord>> SqliteHqStore::claim_enrolment(base::ByteView public_key,
                                                                  base::ByteView nonce,
                                                                  base::ByteView token_hash,
                                                                  base::Instant now) {
  return write("enrolling a kiosk", [&](Database& db) -> std::optional<KioskRecord> {
    auto& use = db.statement(R"sql(
      DELETE FROM enrolment_request
      WHERE public_key = ? AND nonce = ? AND kiosk <> '' AND expires > ?
      RETURNING kiosk)sql");
    bind_blob(use, 1, public_key);
    bind_blob(use, 2, nonce);
    use.bind(3, millis(now));
    if (!use.executeStep()) return std::nullopt;
    const std::string kiosk = use.getColumn(0).getString();
    use.reset();
    return become(db, kiosk, public_key, token_hash);
  });
}

}  // namespace halte::store::hq
