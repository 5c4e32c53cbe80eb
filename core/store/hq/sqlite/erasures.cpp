// SPDX-License-Identifier: Apache-2.0
// What people took back: by their receipt, and carried from one copy of the database to another.
#include "core/store/hq/sqlite/erasures.h"

#include <algorithm>
#include <iterator>

#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Result;

namespace {

void bind_key(SQLite::Statement& statement, int at, std::int64_t kiosk, const response::Id& id) {
  statement.bind(at, kiosk);
  bind_blob(statement, at + 1, id.view());
}

// From three columns: the kiosk's id, its row, the response's id.
ResponseName name_from(SQLite::Statement& row, int at) {
  return {row.getColumn(at).getString(), row.getColumn(at + 1).getInt64(),
          *response::id_from_bytes(blob(row.getColumn(at + 2)))};
}

std::optional<std::int64_t> row_in(Database& db, const ResponseName& name) {
  if (name.kiosk.empty()) return name.row;
  auto& select = db.statement("SELECT row FROM kiosk WHERE id = ?");
  select.bind(1, name.kiosk);
  if (!select.executeStep()) return std::nullopt;
  return select.getColumn(0).getInt64();
}

bool has_response(Database& db, std::int64_t kiosk, const response::Id& id) {
  auto& select = db.statement("SELECT 1 FROM response WHERE kiosk = ? AND id = ?");
  bind_key(select, 1, kiosk, id);
  return select.executeStep();
}

bool has_withdrawn(Database& db, std::int64_t kiosk, const response::Id& id, const std::string& purpose) {
  auto& select = db.statement("SELECT 1 FROM withdrawn WHERE kiosk = ? AND id = ? AND purpose = ?");
  bind_key(select, 1, kiosk, id);
  select.bind(3, purpose);
  return select.executeStep();
}

struct Key {
  std::int64_t kiosk;
  response::Id id;
  std::string branch;
};
std::optional<Key> key_of_receipt(Database& db, base::ByteView hash) {
  auto& select = db.statement("SELECT kiosk, id, branch FROM receipt WHERE hash = ?");
  bind_blob(select, 1, hash);
  if (!select.executeStep()) return std::nullopt;
  return Key{select.getColumn(0).getInt64(), *response::id_from_bytes(blob(select.getColumn(1))),
             select.getColumn(2).getString()};
}

template <class Of>
void append(std::vector<Of>& all, std::vector<Of>&& more) {
  std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

void Erasures::add(Erasures others) {
  append(responses, std::move(others.responses));
  append(withdrawals, std::move(others.withdrawals));
  append(receipts, std::move(others.receipts));
  append(receipt_withdrawals, std::move(others.receipt_withdrawals));
}

Erasures read_erasures(Database& db) {
  Erasures all;
  auto& erased = db.statement(R"sql(
    SELECT coalesce(k.id, ''),
           e.kiosk,
           e.id,
           e.told
    FROM erased e
    LEFT JOIN kiosk k ON k.row = e.kiosk
    ORDER BY e.kiosk, e.id)sql");
  while (erased.executeStep())
    all.responses.push_back({name_from(erased, 0), erased.getColumn(3).getInt() == 1});
  // Receipts have no index by their response, so they are walked through.
  auto& came = db.statement(R"sql(
    SELECT coalesce(k.id, ''),
           r.kiosk,
           r.id,
           r.hash,
           r.branch
    FROM receipt r
    CROSS JOIN erased e ON e.kiosk = r.kiosk AND e.id = r.id
    LEFT JOIN kiosk k ON k.row = r.kiosk
    ORDER BY r.hash)sql");
  while (came.executeStep())
    all.receipts.push_back({blob(came.getColumn(3)), name_from(came, 0), came.getColumn(4).getString()});
  auto& early = db.statement("SELECT hash FROM erased_receipt ORDER BY hash");
  while (early.executeStep()) all.receipts.push_back({blob(early.getColumn(0)), std::nullopt, ""});
  auto& withdrawn = db.statement(R"sql(
    SELECT coalesce(k.id, ''),
           w.kiosk,
           w.id,
           w.purpose
    FROM withdrawn w
    LEFT JOIN kiosk k ON k.row = w.kiosk
    ORDER BY w.kiosk, w.id, w.purpose)sql");
  while (withdrawn.executeStep())
    all.withdrawals.push_back({name_from(withdrawn, 0), withdrawn.getColumn(3).getString()});
  auto& by_receipt = db.statement("SELECT hash, purpose FROM withdrawn_receipt ORDER BY hash, purpose");
  while (by_receipt.executeStep())
    all.receipt_withdrawals.push_back({blob(by_receipt.getColumn(0)), by_receipt.getColumn(1).getString()});
  return all;
}

bool holds_any_of(Database& db, const Erasures& erasures) {
  const auto holds = [&](const ResponseName& name) {
    const auto row = row_in(db, name);
    return row && has_response(db, *row, name.id);
  };
  const auto found_by = [&](const base::Bytes& hash) {
    auto key = key_of_receipt(db, hash);
    return key && has_response(db, key->kiosk, key->id) ? key : std::nullopt;
  };
  return std::ranges::any_of(erasures.responses, holds, &Erasures::Response::name) ||
         std::ranges::any_of(erasures.receipts,
                             [&](const auto& r) { return found_by(r.hash).has_value(); }) ||
         std::ranges::any_of(erasures.withdrawals,
                             [&](const auto& w) {
                               return holds(w.name) &&
                                      !has_withdrawn(db, *row_in(db, w.name), w.name.id, w.purpose);
                             }) ||
         std::ranges::any_of(erasures.receipt_withdrawals, [&](const auto& w) {
           const auto key = found_by(w.hash);
           return key && !has_withdrawn(db, key->kiosk, key->id, w.purpose);
         });
}

Result<std::optional<Touched>> SqliteHqStore::erase_by_receipt(base::ByteView hash, const Tallier& tallier) {
  return write("erasing a response", [&](Database& db) -> std::optional<Touched> {
    const auto key = key_of_receipt(db, hash);
    auto touched = erase_receipt(hash, tallier);
    if (!key || touched) return touched;
    return Touched{key->branch, ""};
  });
}

base::Status SqliteHqStore::withdraw_by_receipt(base::ByteView hash, const std::string& purpose) {
  return write("withdrawing a consent", [&](Database&) { (void)withdraw_receipt(hash, purpose); });
}

Result<Erasures> SqliteHqStore::erasures() { return read("reading what was erased", read_erasures); }

std::optional<Touched> SqliteHqStore::erase_receipt(base::ByteView hash, const Tallier& tallier) {
  if (const auto key = key_of_receipt(writer_, hash)) return erase(key->kiosk, key->id, tallier, false);
  auto& note = writer_.statement("INSERT OR IGNORE INTO erased_receipt (hash) VALUES (?)");
  bind_blob(note, 1, hash);
  note.exec();
  return std::nullopt;
}

// Whether a response that is stored has changed.
bool SqliteHqStore::withdraw_receipt(base::ByteView hash, const std::string& purpose) {
  if (const auto key = key_of_receipt(writer_, hash))
    return !has_withdrawn(writer_, key->kiosk, key->id, purpose) &&
           withdraw(key->kiosk, key->id, purpose).has_value();
  auto& note = writer_.statement("INSERT OR IGNORE INTO withdrawn_receipt (hash, purpose) VALUES (?, ?)");
  bind_blob(note, 1, hash);
  note.bind(2, purpose);
  note.exec();
  return false;
}

std::optional<Touched> SqliteHqStore::apply_receipt(const Erasures::Receipt& receipt,
                                                    const Tallier& tallier) {
  const auto kiosk = receipt.name ? row_in(writer_, *receipt.name) : std::nullopt;
  if (!kiosk) return erase_receipt(receipt.hash, tallier);
  // Whoever holds the code still reads that it is erased, though it never came here.
  auto& insert =
      writer_.statement("INSERT OR IGNORE INTO receipt (hash, branch, kiosk, id) VALUES (?, ?, ?, ?)");
  bind_blob(insert, 1, receipt.hash);
  insert.bind(2, receipt.branch);
  bind_key(insert, 3, *kiosk, receipt.name->id);
  insert.exec();
  return std::nullopt;
}

Result<Applied> SqliteHqStore::apply(const Erasures& erasures, const Tallier& tallier) {
  return write("applying erasures", [&](Database& db) {
    Applied done;
    for (const auto& [name, told] : erasures.responses)
      if (const auto kiosk = row_in(db, name))
        done.erased += erase(*kiosk, name.id, tallier, told).has_value();
    for (const auto& receipt : erasures.receipts) done.erased += apply_receipt(receipt, tallier).has_value();
    for (const auto& [name, purpose] : erasures.withdrawals)
      if (const auto kiosk = row_in(db, name);
          kiosk && !is_erased(*kiosk, name.id) && !has_withdrawn(db, *kiosk, name.id, purpose))
        done.withdrawn += withdraw(*kiosk, name.id, purpose).has_value();
    for (const auto& [hash, purpose] : erasures.receipt_withdrawals)
      done.withdrawn += withdraw_receipt(hash, purpose);
    return done;
  });
}

}  // namespace halte::store::hq
