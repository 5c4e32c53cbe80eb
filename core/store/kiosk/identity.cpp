// SPDX-License-Identifier: Apache-2.0
// The ports site::IdentityStore, PinStore and AdjustmentStore: who this kiosk is, what it was told to be, who
// may look in, and what was set at its glass.
#include "core/store/kiosk/sqlite_kiosk_store.h"

namespace halte::store::kiosk {

using base::ErrorKind;
using base::Result;
using base::Status;

Result<std::optional<site::Enrolment>> SqliteKioskStore::enrolment() {
  return read("reading its enrolment", [&]() -> std::optional<site::Enrolment> {
    auto& select = db_.statement(R"sql(
      SELECT server_url,
             kiosk_id,
             token,
             device_public_key,
             device_secret_key,
             sealing_key_id,
             sealing_public_key,
             signing_key_id,
             signing_public_key,
             receipt_key
      FROM enrolment)sql");
    if (!select.executeStep()) return std::nullopt;
    auto text = [&](int i) { return select.getColumn(i).getString(); };
    auto bytes = [&](int i) { return blob(select.getColumn(i)); };
    return site::Enrolment{text(0), text(1),  text(2), bytes(3), bytes(4),
                           text(5), bytes(6), text(7), bytes(8), bytes(9)};
  });
}

Status SqliteKioskStore::save_enrolment(const site::Enrolment& e) {
  // Under another kiosk's id the server would take what it has already for something new.
  auto others = read("reading its outbox", [&] {
    auto& select =
        db_.statement("SELECT kiosk, count(*) FROM outbox WHERE kiosk NOT IN ('', ?) GROUP BY kiosk");
    select.bind(1, e.kiosk_id);
    return select.executeStep()
               ? select.getColumn(1).getString() + " answers of kiosk '" + select.getColumn(0).getString() +
                     "' still wait to be delivered; enrol it as that kiosk, or let them go first"
               : std::string();
  });
  if (!others) return std::unexpected(others.error());
  if (!others->empty())
    return base::fail(db_.name(), *others, "enrolling as '" + e.kiosk_id + "'", ErrorKind::conflict);
  return write("saving its enrolment", [&] {
    // What it was to visitors elsewhere is not this one's.
    auto& forget = db_.statement(R"sql(
      DELETE FROM coverage WHERE EXISTS (SELECT 1 FROM enrolment WHERE server_url <> ? OR kiosk_id <> ?))sql");
    forget.bind(1, e.server_url);
    forget.bind(2, e.kiosk_id);
    forget.exec();
    auto& save = db_.statement("INSERT OR REPLACE INTO enrolment VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    save.bind(1, e.server_url);
    save.bind(2, e.kiosk_id);
    save.bind(3, e.token);
    bind_blob(save, 4, e.device_public_key);
    bind_blob(save, 5, e.device_secret_key);
    save.bind(6, e.sealing_key_id);
    bind_blob(save, 7, e.sealing_public_key);
    save.bind(8, e.signing_key_id);
    bind_blob(save, 9, e.signing_public_key);
    bind_blob(save, 10, e.receipt_key);
    save.exec();
    // Another server or another identity numbers its configurations, and the PINs in them, anew.
    db_.statement("DELETE FROM configuration").exec();
    db_.statement("UPDATE pin SET generation = 0").exec();
    db_.statement("DELETE FROM asking_key").exec();
  });
}

Result<std::optional<base::SigningKeyPair>> SqliteKioskStore::asking_key() {
  return read("reading the key that it asks with", [&]() -> std::optional<base::SigningKeyPair> {
    auto& select = db_.statement("SELECT public_key, secret_key FROM asking_key");
    if (!select.executeStep()) return std::nullopt;
    return base::SigningKeyPair{blob(select.getColumn(0)), blob(select.getColumn(1))};
  });
}

Status SqliteKioskStore::save_asking_key(const base::SigningKeyPair& keys) {
  return write("saving the key that it asks with", [&] {
    auto& save =
        db_.statement("INSERT OR REPLACE INTO asking_key (id, public_key, secret_key) VALUES (1, ?, ?)");
    bind_blob(save, 1, keys.public_key);
    bind_blob(save, 2, keys.secret_key);
    save.exec();
  });
}

Result<std::optional<site::StoredConfiguration>> SqliteKioskStore::configuration() {
  return read("reading its configuration", [&]() -> std::optional<site::StoredConfiguration> {
    auto& select = db_.statement("SELECT version, payload, signature, etag FROM configuration");
    if (!select.executeStep()) return std::nullopt;
    return site::StoredConfiguration{select.getColumn(0).getInt64(), select.getColumn(1).getString(),
                                     blob(select.getColumn(2)), select.getColumn(3).getString()};
  });
}

Status SqliteKioskStore::save_configuration(const site::StoredConfiguration& c) {
  auto saved = write("saving its configuration", [&] {
    auto& save = db_.statement(R"sql(
      INSERT INTO configuration (id, version, payload, signature, etag) VALUES (1, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, payload = excluded.payload,
                                     signature = excluded.signature, etag = excluded.etag
      WHERE excluded.version >= configuration.version)sql");
    save.bind(1, c.version);
    save.bind(2, c.payload);
    bind_blob(save, 3, c.signature);
    save.bind(4, c.etag);
    return save.exec() == 1;
  });
  if (!saved) return std::unexpected(saved.error());
  if (!*saved)
    return base::fail("configuration", "older than the one in use", "saving it", ErrorKind::conflict);
  return {};
}

Result<std::optional<base::Bytes>> SqliteKioskStore::picture(const std::string& id) {
  return read("reading a picture", [&]() -> std::optional<base::Bytes> {
    auto& select = db_.statement("SELECT content FROM picture WHERE id = ?");
    select.bind(1, id);
    if (!select.executeStep()) return std::nullopt;
    return blob(select.getColumn(0));
  });
}

// What is kept free for visitors' answers is not for pictures.
Status SqliteKioskStore::save_picture(const std::string& id, base::ByteView picture) {
  if (!has_room()) return base::fail(db_.name(), "disk is full", "saving a picture", ErrorKind::unavailable);
  return write("saving a picture", [&] {
    auto& save = db_.statement("INSERT OR REPLACE INTO picture (id, content) VALUES (?, ?)");
    save.bind(1, id);
    bind_blob(save, 2, picture);
    save.exec();
  });
}

Status SqliteKioskStore::keep_pictures(const std::vector<std::string>& ids) {
  return write("dropping pictures that are no longer shown", [&] {
    auto& drop = db_.statement("DELETE FROM picture WHERE id NOT IN (SELECT value FROM json_each(?))");
    drop.bind(1, base::to_text(base::Json(ids)));
    drop.exec();
  });
}

Result<std::optional<site::Pin>> SqliteKioskStore::pin() {
  return read("reading the PIN", [&]() -> std::optional<site::Pin> {
    auto& select = db_.statement("SELECT hash, generation, must_change, failures FROM pin");
    if (!select.executeStep()) return std::nullopt;
    return site::Pin{select.getColumn(0).getString(), select.getColumn(1).getInt64(),
                     select.getColumn(2).getInt() != 0, select.getColumn(3).getInt()};
  });
}

Status SqliteKioskStore::save_pin(const site::Pin& pin) {
  return write("saving the PIN", [&] {
    auto& save = db_.statement(R"sql(
      INSERT OR REPLACE INTO pin (id, hash, generation, must_change, failures) VALUES (1, ?, ?, ?, ?))sql");
    save.bind(1, pin.hash);
    save.bind(2, pin.generation);
    save.bind(3, pin.must_change ? 1 : 0);
    save.bind(4, pin.failures);
    save.exec();
  });
}

Result<site::Adjustments> SqliteKioskStore::adjustments() {
  return read("reading what was set at its glass", [&] {
    auto& select = db_.statement("SELECT body FROM adjustments");
    return select.executeStep() ? site::parse_adjustments(select.getColumn(0).getString())
                                : site::Adjustments{};
  });
}

Status SqliteKioskStore::save_adjustments(const site::Adjustments& adjustments) {
  return write("saving what was set at its glass", [&] {
    auto& save = db_.statement("INSERT OR REPLACE INTO adjustments (id, body) VALUES (1, ?)");
    save.bind(1, site::to_text(adjustments));
    save.exec();
  });
}

Result<std::string> SqliteKioskStore::epoch() {
  return read("reading its epoch", [&] {
    auto& select = db_.statement("SELECT epoch FROM ledger");
    select.executeStep();
    return select.getColumn(0).getString();
  });
}

}  // namespace halte::store::kiosk
