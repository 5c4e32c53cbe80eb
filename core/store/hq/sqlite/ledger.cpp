// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>

#include "core/base/crypto.h"
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Result;
using outbox::ItemType;
using response::Response;

namespace {

void bind_key(SQLite::Statement& statement, int at, std::int64_t kiosk, const response::Id& id) {
  statement.bind(at, kiosk);
  bind_blob(statement, at + 1, id.view());
}

// What is refused stays there, so it has not been received.
bool leaves_the_kiosk(const IngestResult& result) {
  return result.status == IngestStatus::stored || result.status == IngestStatus::duplicate ||
         (result.status == IngestStatus::rejected && result.reason == "erased");
}

}  // namespace

Result<Ingested> SqliteHqStore::ingest(const std::vector<IngestBatch>& batches, const Tallier& tallier) {
  return write("storing responses", [&](Database&) {
    Ingested out;
    for (const IngestBatch& batch : batches) {
      auto& results = out.results.emplace_back();
      results.reserve(batch.items.size());
      for (const outbox::Item& item : batch.items) {
        IngestResult& result = results.emplace_back(ingest_item(batch, item, tallier, out));
        if (!leaves_the_kiosk(result)) continue;
        const bool is_new = note_received(batch, item.seq);
        // An erasure has the number of its response, and a withdrawal may come twice; a new response may not.
        result.number_reused =
            !is_new && item.type == ItemType::response && result.status == IngestStatus::stored;
        if (result.number_reused) note_reused(batch);
      }
    }
    std::ranges::sort(out.touched);
    out.touched.erase(std::ranges::unique(out.touched).begin(), out.touched.end());
    return out;
  });
}

IngestResult SqliteHqStore::ingest_item(const IngestBatch& batch, const outbox::Item& item,
                                        const Tallier& tallier, Ingested& out) {
  switch (item.type) {
    case ItemType::response: return ingest_response(batch, item, tallier, out);
    case ItemType::erasure:
      if (auto touched = erase(batch.kiosk, item.id, tallier, true)) out.touched.push_back(*touched);
      return {item.id, IngestStatus::stored, ""};
    case ItemType::withdrawal: {
      auto body = base::parse_json(item.body, "withdrawal", 4);
      if (!body || !body->is_object() || !body->contains("purpose") || !(*body)["purpose"].is_string())
        return {item.id, IngestStatus::rejected, "malformed"};
      (void)withdraw(batch.kiosk, item.id, (*body)["purpose"].get<std::string>());
      return {item.id, IngestStatus::stored, ""};
    }
  }
  return {item.id, IngestStatus::rejected, "malformed"};
}

IngestResult SqliteHqStore::ingest_response(const IngestBatch& batch, const outbox::Item& item,
                                            const Tallier& tallier, Ingested& out) {
  if (base::sha256(base::as_bytes(item.body)) != item.hash) return {item.id, IngestStatus::rejected, "hash"};
  if (is_erased(batch.kiosk, item.id)) return {item.id, IngestStatus::rejected, "erased"};
  auto response = response::parse_body(item.id, item.body);
  if (!response) return {item.id, IngestStatus::rejected, "malformed: " + response.error().cause};
  if (response->branch != batch.branch)
    return {item.id, IngestStatus::rejected, "another branch than its batch"};
  // A clock that was wrong: the day on which it arrives is nearer to the truth than what it says.
  if (!response->clock_synced) response->submitted = batch.received;

  if (was_erased_by_receipt(*response)) {
    add_receipt(batch.kiosk, *response);
    (void)erase(batch.kiosk, item.id, tallier, true);
    return {item.id, IngestStatus::rejected, "erased"};
  }
  apply_withdrawals(batch.kiosk, *response);
  Tally tally = tallier(*response);
  auto& insert = writer_.statement(R"sql(
    INSERT INTO response (kiosk, id, hash, marked, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING)sql");
  bind_key(insert, 1, batch.kiosk, item.id);
  bind_blob(insert, 3, item.hash);
  insert.bind(4, tally.known ? 0 : 1);
  insert.bind(5, response::to_body(*response));
  if (insert.exec() == 0) {
    auto& select = writer_.statement("SELECT hash FROM response WHERE kiosk = ? AND id = ?");
    bind_key(select, 1, batch.kiosk, item.id);
    select.executeStep();
    bool same = blob(select.getColumn(0)) == item.hash;
    return {item.id, same ? IngestStatus::duplicate : IngestStatus::rejected, same ? "" : "conflict"};
  }
  add_receipt(batch.kiosk, *response);
  add_comments(batch.kiosk, *response, tally.comments);
  count(*response, tally, 1);
  note_latest(*response);
  out.touched.push_back({response->branch, response->touchpoint});
  return {item.id, IngestStatus::stored, ""};
}

bool SqliteHqStore::is_erased(std::int64_t kiosk, const response::Id& id) {
  auto& select = writer_.statement("SELECT 1 FROM erased WHERE kiosk = ? AND id = ?");
  bind_key(select, 1, kiosk, id);
  return select.executeStep();
}

bool SqliteHqStore::was_erased_by_receipt(const Response& response) {
  if (!response.receipt_hash) return false;
  auto& select = writer_.statement("SELECT 1 FROM erased_receipt WHERE hash = ?");
  bind_blob(select, 1, *response.receipt_hash);
  return select.executeStep();
}

// What was withdrawn before the response arrived, by the kiosk or by the holder of its receipt.
void SqliteHqStore::apply_withdrawals(std::int64_t kiosk, Response& response) {
  auto& select = writer_.statement("SELECT purpose FROM withdrawn WHERE kiosk = ? AND id = ?");
  bind_key(select, 1, kiosk, response.id);
  while (select.executeStep()) response::withdraw(response, select.getColumn(0).getString());
  if (!response.receipt_hash) return;
  auto& by_code = writer_.statement("SELECT purpose FROM withdrawn_receipt WHERE hash = ?");
  bind_blob(by_code, 1, *response.receipt_hash);
  while (by_code.executeStep()) response::withdraw(response, by_code.getColumn(0).getString());
}

void SqliteHqStore::add_receipt(std::int64_t kiosk, const Response& response) {
  if (!response.receipt_hash || response.receipt_hash->size() != 32) return;
  auto& insert =
      writer_.statement("INSERT OR IGNORE INTO receipt (hash, branch, kiosk, id) VALUES (?, ?, ?, ?)");
  bind_blob(insert, 1, *response.receipt_hash);
  insert.bind(2, response.branch);
  bind_key(insert, 3, kiosk, response.id);
  insert.exec();
}

void SqliteHqStore::count(const Response& response, const Tally& tally, int sign) {
  const int hour = base::hours_since_epoch(response.submitted);
  const auto add = [&](const std::string& question, int band, const std::string& bin) {
    const std::int64_t series = series_row(response, question);
    if (sign > 0)
      add_count(series, hour, band, bin);
    else
      take_count(series, hour, band, bin);
  };
  add(std::string(ended_question), 0, std::string(to_string(response.ended)));
  for (const response::Count& c : tally.counts) add(c.question, c.band, c.bin);
}

void SqliteHqStore::add_count(std::int64_t series, int hour, int band, const std::string& bin) {
  auto& add = writer_.statement(R"sql(
    INSERT INTO count_hour (series, hour, band, bin, n) VALUES (?, ?, ?, ?, 1)
    ON CONFLICT DO UPDATE SET n = n + 1)sql");
  SQLite::bind(add, series, hour, band, bin);
  add.exec();
}

// Which of equal counts goes does not matter: one in a row, else one that is packed. A count of nothing would
// still tell what it was that somebody has erased.
void SqliteHqStore::take_count(std::int64_t series, int hour, int band, const std::string& bin) {
  auto& take = writer_.statement(
      "UPDATE count_hour SET n = n - 1 WHERE series = ? AND hour = ? AND band = ? AND bin = ?");
  SQLite::bind(take, series, hour, band, bin);
  if (take.exec() == 0) return take_from_packed(series, hour, band, bin);
  auto& none = writer_.statement(
      "DELETE FROM count_hour WHERE series = ? AND hour = ? AND band = ? AND bin = ? AND n <= 0");
  SQLite::bind(none, series, hour, band, bin);
  none.exec();
}

std::int64_t SqliteHqStore::series_row(const Response& r, const std::string& question) {
  SeriesKey key{r.touchpoint,     r.branch, question,  r.survey,
                r.survey_version, r.locale, r.variant, !r.flags.empty()};
  if (auto known = series_rows_.find(key); known != series_rows_.end()) return known->second;
  auto bind_series = [&](SQLite::Statement& s) {
    s.bind(1, r.touchpoint);
    s.bind(2, r.branch);
    s.bind(3, question);
    s.bind(4, r.survey);
    s.bind(5, r.survey_version);
    s.bind(6, r.locale);
    s.bind(7, r.variant);
    s.bind(8, r.flags.empty() ? 0 : 1);
  };
  auto& insert = writer_.statement(R"sql(
    INSERT OR IGNORE INTO series (touchpoint, branch, question, survey, survey_version, locale, variant, flagged)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?))sql");
  bind_series(insert);
  insert.exec();
  auto& select = writer_.statement(R"sql(
    SELECT row FROM series
    WHERE touchpoint = ? AND branch = ? AND question = ? AND survey = ? AND survey_version = ? AND locale = ?
      AND variant = ? AND flagged = ?)sql");
  bind_series(select);
  select.executeStep();
  return series_rows_[key] = select.getColumn(0).getInt64();
}

void SqliteHqStore::note_latest(const Response& response) {
  auto& upsert = writer_.statement(R"sql(
    INSERT INTO latest (branch, touchpoint, at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET at = max(at, excluded.at))sql");
  upsert.bind(1, response.branch);
  upsert.bind(2, response.touchpoint);
  upsert.bind(3, millis(response.submitted));
  upsert.exec();
}

std::optional<SqliteHqStore::Stored> SqliteHqStore::stored(std::int64_t kiosk, const response::Id& id) {
  auto& select = writer_.statement("SELECT body, marked FROM response WHERE kiosk = ? AND id = ?");
  bind_key(select, 1, kiosk, id);
  if (!select.executeStep()) return std::nullopt;
  auto response = response::parse_body(id, select.getColumn(0).getString());
  if (!response) return std::nullopt;
  return Stored{std::move(*response), select.getColumn(1).getInt() == 1};
}

std::optional<Touched> SqliteHqStore::erase(std::int64_t kiosk, const response::Id& id,
                                            const Tallier& tallier, bool told) {
  auto found = stored(kiosk, id);
  // The ledger first: an erasure may arrive before the response that it erases.
  auto& mark = writer_.statement("INSERT OR IGNORE INTO erased (kiosk, id, told) VALUES (?, ?, ?)");
  bind_key(mark, 1, kiosk, id);
  mark.bind(3, told ? 1 : 0);
  mark.exec();
  writer_.want_scrub();
  for (const char* sql : {"DELETE FROM response WHERE kiosk = ? AND id = ?",
                          "DELETE FROM withdrawn WHERE kiosk = ? AND id = ?"}) {
    auto& drop = writer_.statement(sql);
    bind_key(drop, 1, kiosk, id);
    drop.exec();
  }
  if (!found) return std::nullopt;
  count(found->response, found->marked ? Tally{} : tallier(found->response), -1);
  return Touched{found->response.branch, found->response.touchpoint};
}

std::optional<Touched> SqliteHqStore::withdraw(std::int64_t kiosk, const response::Id& id,
                                               const std::string& purpose) {
  auto& note = writer_.statement("INSERT OR IGNORE INTO withdrawn (kiosk, id, purpose) VALUES (?, ?, ?)");
  bind_key(note, 1, kiosk, id);
  note.bind(3, purpose);
  note.exec();
  auto found = stored(kiosk, id);
  if (!found) return std::nullopt;
  response::withdraw(found->response, purpose);
  writer_.want_scrub();
  auto& update = writer_.statement("UPDATE response SET body = ? WHERE kiosk = ? AND id = ?");
  update.bind(1, response::to_body(found->response));
  bind_key(update, 2, kiosk, id);
  update.exec();
  return Touched{found->response.branch, found->response.touchpoint};
}

Result<ReceiptRecord> SqliteHqStore::find_by_receipt(base::ByteView hash) {
  return write("looking a receipt up", [&](Database& db) -> ReceiptRecord {
    auto& select = db.statement("SELECT kiosk, id FROM receipt WHERE hash = ?");
    bind_blob(select, 1, hash);
    if (!select.executeStep()) return {};
    std::int64_t kiosk = select.getColumn(0).getInt64();
    auto id = *response::id_from_bytes(blob(select.getColumn(1)));
    if (auto found = stored(kiosk, id)) return {ReceiptRecord::State::stored, std::move(found->response)};
    return {ReceiptRecord::State::erased, std::nullopt};
  });
}

Result<std::int64_t> SqliteHqStore::stored_responses() {
  return read("counting responses", [&](Database& db) {
    auto& select = db.statement("SELECT count(*) FROM response");
    select.executeStep();
    return select.getColumn(0).getInt64();
  });
}

}  // namespace halte::store::hq
