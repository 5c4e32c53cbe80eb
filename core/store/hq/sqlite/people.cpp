// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/base/crypto.h"
#include "core/store/hq/sqlite/schema.h"
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Result;
using base::Status;

namespace {

std::string to_string(LinkPurpose purpose) { return purpose == LinkPurpose::set_up ? "set_up" : "sign_in"; }

constexpr std::string_view user_columns = R"sql(
  u.row,
  u.email,
  u.password_hash,
  u.roles,
  u.branches,
  u.name)sql";
constexpr int after_user = 6;  // the next column

std::string user_sql(std::string_view rest) { return fmt::format("SELECT {} {}", user_columns, rest); }

UserRecord read_user(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(), row.getColumn(1).getString(), row.getColumn(2).getString(),
          words_of(row.getColumn(3)),  words_of(row.getColumn(4)),   row.getColumn(5).getString()};
}

}  // namespace

Result<std::int64_t> SqliteHqStore::save_user(const UserRecord& user) {
  return write("saving a user", [&](Database& db) {
    auto& upsert = db.statement(R"sql(
      INSERT INTO user (email, password_hash, roles, branches, name) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash, roles = excluded.roles,
                                        branches = excluded.branches, name = excluded.name
      RETURNING row)sql");
    upsert.bind(1, user.email);
    upsert.bind(2, user.password_hash);
    upsert.bind(3, base::to_text(base::Json(user.roles)));
    upsert.bind(4, base::to_text(base::Json(user.branches)));
    upsert.bind(5, user.name);
    upsert.executeStep();
    return upsert.getColumn(0).getInt64();
  });
}

Result<std::optional<UserRecord>> SqliteHqStore::user_by_email(const std::string& email) {
  return read("looking a user up", [&](Database& db) -> std::optional<UserRecord> {
    auto& row = db.statement(user_sql("FROM user u WHERE u.email = ?"));
    row.bind(1, email);
    if (!row.executeStep()) return std::nullopt;
    return read_user(row);
  });
}

Result<std::optional<UserRecord>> SqliteHqStore::user(std::int64_t id) {
  return read("looking a user up", [&](Database& db) -> std::optional<UserRecord> {
    auto& row = db.statement(user_sql("FROM user u WHERE u.row = ?"));
    row.bind(1, id);
    if (!row.executeStep()) return std::nullopt;
    return read_user(row);
  });
}

Result<std::vector<UserRecord>> SqliteHqStore::users() {
  return read("listing users", [](Database& db) {
    std::vector<UserRecord> all;
    auto& row = db.statement(user_sql("FROM user u ORDER BY u.email"));
    while (row.executeStep()) all.push_back(read_user(row));
    return all;
  });
}

// Sessions and links go with it.
Status SqliteHqStore::remove_user(std::int64_t row) {
  return write("removing a user", [&](Database& db) {
    auto& drop = db.statement("DELETE FROM user WHERE row = ?");
    drop.bind(1, row);
    drop.exec();
  });
}

Result<bool> SqliteHqStore::has_users() {
  return read("looking for users",
              [](Database& db) { return db.statement("SELECT 1 FROM user LIMIT 1").executeStep(); });
}

Status SqliteHqStore::save_session(base::ByteView hash, std::int64_t user, const std::string& csrf,
                                   base::Instant now) {
  return write("signing in", [&](Database& db) {
    auto& insert =
        db.statement("INSERT INTO session (hash, user, csrf, created, used) VALUES (?, ?, ?, ?, ?)");
    bind_blob(insert, 1, hash);
    insert.bind(2, user);
    insert.bind(3, csrf);
    insert.bind(4, millis(now));
    insert.bind(5, millis(now));
    insert.exec();
  });
}

Result<std::optional<SessionRecord>> SqliteHqStore::session(base::ByteView hash) {
  return read("reading a session", [&](Database& db) -> std::optional<SessionRecord> {
    auto& row = db.statement(user_sql(
        ", s.csrf, s.created, s.used FROM session s JOIN user u ON u.row = s.user WHERE s.hash = ?"));
    bind_blob(row, 1, hash);
    if (!row.executeStep()) return std::nullopt;
    return SessionRecord{read_user(row), row.getColumn(after_user).getString(),
                         instant(row.getColumn(after_user + 1).getInt64()),
                         instant(row.getColumn(after_user + 2).getInt64())};
  });
}

Status SqliteHqStore::touch_session(base::ByteView hash, base::Instant now) {
  return write("keeping a session", [&](Database& db) {
    auto& update = db.statement("UPDATE session SET used = ? WHERE hash = ?");
    update.bind(1, millis(now));
    bind_blob(update, 2, hash);
    update.exec();
  });
}

Status SqliteHqStore::drop_session(base::ByteView hash) {
  return write("signing out", [&](Database& db) {
    auto& drop = db.statement("DELETE FROM session WHERE hash = ?");
    bind_blob(drop, 1, hash);
    drop.exec();
  });
}

Status SqliteHqStore::save_link(base::ByteView hash, LinkPurpose purpose, std::optional<std::int64_t> user,
                                base::Instant expires) {
  return write("saving a link", [&](Database& db) {
    auto& insert = db.statement("INSERT INTO link (hash, purpose, user, expires) VALUES (?, ?, ?, ?)");
    bind_blob(insert, 1, hash);
    insert.bind(2, to_string(purpose));
    if (user) insert.bind(3, *user);
    insert.bind(4, millis(expires));
    insert.exec();
  });
}

Result<bool> SqliteHqStore::link_is_open(base::ByteView hash, LinkPurpose purpose, base::Instant now) {
  return read("looking a link up", [&](Database& db) {
    auto& row = db.statement("SELECT 1 FROM link WHERE hash = ? AND purpose = ? AND expires > ?");
    bind_blob(row, 1, hash);
    row.bind(2, to_string(purpose));
    row.bind(3, millis(now));
    return row.executeStep();
  });
}

Result<std::optional<std::optional<std::int64_t>>> SqliteHqStore::use_link(base::ByteView hash,
                                                                           LinkPurpose purpose,
                                                                           base::Instant now) {
  return write("using a link", [&](Database& db) -> std::optional<std::optional<std::int64_t>> {
    auto& use =
        db.statement("DELETE FROM link WHERE hash = ? AND purpose = ? AND expires > ? RETURNING user");
    bind_blob(use, 1, hash);
    use.bind(2, to_string(purpose));
    use.bind(3, millis(now));
    if (!use.executeStep()) return std::nullopt;
    std::optional<std::int64_t> user;
    if (!use.getColumn(0).isNull()) user = use.getColumn(0).getInt64();
    return std::optional(user);
  });
}

Status SqliteHqStore::audit(const AuditEntry& entry, base::Instant now) {
  return write("writing the audit log", [&](Database& db) {
    auto& last = db.statement("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1");
    base::Bytes before = last.executeStep() ? blob(last.getColumn(0)) : base::Bytes(32);
    last.reset();
    std::string line = fmt::format("{}\n{}\n{}\n{}\n{}", base::to_hex(before), millis(now), entry.actor,
                                   entry.action, entry.subject);
    auto& insert =
        db.statement("INSERT INTO audit (at, actor, action, subject, hash) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, millis(now));
    insert.bind(2, entry.actor);
    insert.bind(3, entry.action);
    insert.bind(4, entry.subject);
    bind_blob(insert, 5, base::sha256(base::as_bytes(line)));
    insert.exec();
  });
}

Status SqliteHqStore::ping() {
  auto answer = read("answering", [](Database& db) { return db.statement("SELECT 1").executeStep(); });
  if (!answer) return std::unexpected(answer.error());
  return write("answering", [](Database&) {});
}

Result<std::unique_ptr<HqStore>> HqStore::create_sqlite(const std::filesystem::path& path, int readers) {
  auto writer = Database::open(path, schema);
  if (!writer) return std::unexpected(writer.error());
  std::vector<Database> connections;
  for (int i = 0; i < readers; ++i) {
    auto reader = Database::open_reader(path);
    if (!reader) return std::unexpected(reader.error());
    connections.push_back(std::move(*reader));
  }
  return std::make_unique<SqliteHqStore>(std::move(*writer), std::move(connections));
}

}  // namespace halte::store::hq
