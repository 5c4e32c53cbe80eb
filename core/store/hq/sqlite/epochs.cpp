// SPDX-License-Identifier: Apache-2.0
// The numbers of the kiosks: what of them has arrived, and what the kiosks say of them.
#include <fmt/format.h>

#include <algorithm>

#include "core/store/hq/sqlite/schema.h"
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Result;

namespace {

void bind_epoch(SQLite::Statement& statement, int at, std::int64_t kiosk, const std::string& epoch) {
  statement.bind(at, kiosk);
  statement.bind(at + 1, epoch);
}

std::int64_t highest_received(Database& db, const EpochReport& report) {
  auto& select = db.statement("SELECT coalesce(max(high), 0) FROM received WHERE kiosk = ? AND epoch = ?");
  bind_epoch(select, 1, report.kiosk, report.epoch);
  select.executeStep();
  return select.getColumn(0).getInt64();
}

// The epoch of this kiosk that was heard last.
std::string last_heard(Database& db, std::int64_t kiosk) {
  auto& select = db.statement("SELECT epoch FROM epoch WHERE kiosk = ? ORDER BY heard DESC LIMIT 1");
  select.bind(1, kiosk);
  return select.executeStep() ? select.getColumn(0).getString() : "";
}

std::vector<EpochRecord> told_epochs(Database& db) {
  std::vector<EpochRecord> all;
  auto& row = db.statement(R"sql(
    SELECT n.kiosk,
           coalesce(k.id, ''),
           n.epoch,
           coalesce(e.captured, 0),
           coalesce(e.waiting, 0),
           coalesce(e.heard, 0),
           coalesce(e.reused, 0),
           coalesce(e.returned, 0)
    FROM (SELECT kiosk, epoch FROM epoch UNION SELECT kiosk, epoch FROM received) n
    LEFT JOIN epoch e ON e.kiosk = n.kiosk AND e.epoch = n.epoch
    LEFT JOIN kiosk k ON k.row = n.kiosk
    ORDER BY n.kiosk, n.epoch)sql");
  while (row.executeStep()) {
    EpochRecord& record = all.emplace_back();
    record.kiosk = row.getColumn(0).getInt64();
    record.kiosk_id = row.getColumn(1).getString();
    record.epoch = row.getColumn(2).getString();
    record.captured = std::uint64_t(row.getColumn(3).getInt64());
    record.waiting = std::uint64_t(row.getColumn(4).getInt64());
    if (std::int64_t heard = row.getColumn(5).getInt64(); heard > 0) record.heard = instant(heard);
    record.reused = row.getColumn(6).getInt64();
    record.returned = row.getColumn(7).getInt64();
  }
  return all;
}

std::vector<EpochRecord> all_epochs(Database& db) {
  std::vector<EpochRecord> all = told_epochs(db);
  for (EpochRecord& record : all) {
    auto& range = db.statement("SELECT low, high FROM received WHERE kiosk = ? AND epoch = ? ORDER BY low");
    bind_epoch(range, 1, record.kiosk, record.epoch);
    while (range.executeStep())
      record.received.push_back(
          {std::uint64_t(range.getColumn(0).getInt64()), std::uint64_t(range.getColumn(1).getInt64())});
  }
  return all;
}

}  // namespace

// False: it had come before.
bool SqliteHqStore::note_received(const IngestBatch& batch, std::uint64_t seq) {
  const std::int64_t number = std::int64_t(seq);
  std::int64_t low = number, high = number;
  auto& near = writer_.statement(R"sql(
    SELECT low, high FROM received
    WHERE kiosk = ? AND epoch = ? AND low <= ? AND high >= ?)sql");
  bind_epoch(near, 1, batch.kiosk, batch.epoch);
  near.bind(3, number + 1);
  near.bind(4, number - 1);
  std::vector<std::int64_t> swallowed;
  while (near.executeStep()) {
    const std::int64_t l = near.getColumn(0).getInt64(), h = near.getColumn(1).getInt64();
    if (l <= number && number <= h) return false;
    low = std::min(low, l);
    high = std::max(high, h);
    swallowed.push_back(l);
  }
  for (std::int64_t l : swallowed) {
    auto& drop = writer_.statement("DELETE FROM received WHERE kiosk = ? AND epoch = ? AND low = ?");
    bind_epoch(drop, 1, batch.kiosk, batch.epoch);
    drop.bind(3, l);
    drop.exec();
  }
  auto& insert = writer_.statement("INSERT INTO received (kiosk, epoch, low, high) VALUES (?, ?, ?, ?)");
  bind_epoch(insert, 1, batch.kiosk, batch.epoch);
  insert.bind(3, low);
  insert.bind(4, high);
  insert.exec();
  return true;
}

void SqliteHqStore::note_reused(const IngestBatch& batch) {
  auto& upsert = writer_.statement(R"sql(
    INSERT INTO epoch (kiosk, epoch, captured, waiting, heard, reused) VALUES (?, ?, 0, 0, 0, 1)
    ON CONFLICT DO UPDATE SET reused = reused + 1)sql");
  bind_epoch(upsert, 1, batch.kiosk, batch.epoch);
  upsert.exec();
}

Result<EpochNews> SqliteHqStore::note_epoch(const EpochReport& report, base::Instant now) {
  return write("noting a kiosk's numbers", [&](Database& db) -> EpochNews {
    const std::int64_t captured = std::int64_t(report.captured);
    auto& select = db.statement("SELECT captured, heard, returned FROM epoch WHERE kiosk = ? AND epoch = ?");
    bind_epoch(select, 1, report.kiosk, report.epoch);
    const bool is_known = select.executeStep();
    const std::int64_t told = is_known ? select.getColumn(0).getInt64() : 0;
    const bool was_heard = is_known && select.getColumn(1).getInt64() > 0;
    const std::int64_t returned = is_known ? select.getColumn(2).getInt64() : 0;
    if (captured < std::max(told, highest_received(db, report))) return {.is_behind = true};

    const bool returns = was_heard && last_heard(db, report.kiosk) != report.epoch;
    const EpochNews news{.returned = returned + (returns ? 1 : 0), .returns = returns};
    auto& upsert = db.statement(R"sql(
      INSERT INTO epoch (kiosk, epoch, captured, waiting, heard, returned) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET captured = excluded.captured, waiting = excluded.waiting,
                                heard = excluded.heard, returned = excluded.returned)sql");
    bind_epoch(upsert, 1, report.kiosk, report.epoch);
    upsert.bind(3, captured);
    upsert.bind(4, std::int64_t(report.waiting));
    upsert.bind(5, millis(now));
    upsert.bind(6, news.returned);
    upsert.exec();
    return news;
  });
}

Result<std::vector<EpochRecord>> SqliteHqStore::epochs() {
  return read("reading what has arrived", all_epochs);
}

Result<std::vector<EpochRecord>> read_epochs_sqlite(const std::filesystem::path& path) {
  auto reader = Database::open_reader(path);
  if (!reader) return std::unexpected(reader.error());
  const char* doing = "reading what has arrived";
  auto version =
      guarded(*reader, doing, [&] { return reader->handle().execAndGet("PRAGMA user_version").getInt64(); });
  if (!version) return std::unexpected(version.error());
  if (std::size_t(*version) != schema.steps.size())
    return base::fail(
        path.string(),
        fmt::format("is of schema {}, this halte-hq reads {}; start the server of this version on it once",
                    *version, schema.steps.size()),
        doing, base::ErrorKind::refused);
  return guarded(*reader, doing, [&] { return all_epochs(*reader); });
}

}  // namespace halte::store::hq
