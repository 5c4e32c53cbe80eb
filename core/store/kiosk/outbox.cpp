// SPDX-License-Identifier: Apache-2.0
// The port outbox::Outbox: what waits to be delivered, and its numbers.
#include <algorithm>

#include "core/store/kiosk/sqlite_kiosk_store.h"

namespace halte::store::kiosk {

using base::Result;
using base::Status;
using outbox::ItemType;

std::string SqliteKioskStore::kiosk_id() {
  auto& select = db_.statement("SELECT kiosk_id FROM enrolment");
  return select.executeStep() ? select.getColumn(0).getString() : "";
}

std::uint64_t SqliteKioskStore::append(ItemType type, const response::Id& id, const std::string& branch,
                                       std::string_view body, base::Instant closed) {
  auto& take = db_.statement("UPDATE ledger SET next_seq = next_seq + 1 RETURNING next_seq - 1");
  take.executeStep();
  std::int64_t seq = take.getColumn(0).getInt64();
  take.reset();
  std::string kiosk = kiosk_id();
  auto& insert = db_.statement(R"sql(
    INSERT INTO outbox (seq, kiosk, branch, type, id, hash, body, closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?))sql");
  insert.bind(1, seq);
  insert.bind(2, kiosk);
  insert.bind(3, branch);
  insert.bind(4, std::string(to_string(type)));
  bind_blob(insert, 5, id.view());
  bind_blob(insert, 6, body.empty() ? base::Bytes{} : hash_of(body));
  insert.bind(7, std::string(body));
  insert.bind(8, millis(closed));
  insert.exec();
  return std::uint64_t(seq);
}

// No lease and no delay is longer than an hour: what is due later than that was written before the
// clock was set back, and is due now.
outbox::Claim SqliteKioskStore::claim_in_transaction(const outbox::Limits& limits, base::Instant now,
                                                     base::Millis lease) {
  outbox::Claim claim;
  auto& first = db_.statement(
      "SELECT branch FROM outbox WHERE parked IS NULL AND (due <= ?1 OR due > ?1 + 3600000) ORDER BY seq "
      "LIMIT 1");
  first.bind(1, millis(now));
  if (!first.executeStep()) return claim;
  claim.branch = first.getColumn(0).getString();

  auto& select = db_.statement(R"sql(
    SELECT seq,
           type,
           id,
           hash,
           body
    FROM outbox
    WHERE parked IS NULL AND (due <= ?1 OR due > ?1 + 3600000) AND branch = ?2
    ORDER BY seq LIMIT ?3)sql");
  select.bind(1, millis(now));
  select.bind(2, claim.branch);
  select.bind(3, std::int64_t(limits.items));
  std::size_t bytes = 0;
  while (select.executeStep()) {
    std::string body = select.getColumn(4).getString();
    bytes += body.size();
    if (bytes > limits.bytes && !claim.items.empty()) break;
    claim.items.push_back({std::uint64_t(select.getColumn(0).getInt64()),
                           *outbox::parse_item_type(select.getColumn(1).getString()),
                           *response::id_from_bytes(blob(select.getColumn(2))), blob(select.getColumn(3)),
                           std::move(body)});
  }
  select.reset();
  for (const outbox::Item& item : claim.items) {
    auto& take = db_.statement("UPDATE outbox SET due = ?, claimed = 1 WHERE seq = ?");
    take.bind(1, millis(now + lease));
    take.bind(2, std::int64_t(item.seq));
    take.exec();
  }
  std::ranges::stable_sort(claim.items, {}, &outbox::Item::id);
  return claim;
}

Result<outbox::Claim> SqliteKioskStore::claim(const outbox::Limits& limits, base::Instant now,
                                              base::Millis lease) {
  return write("claiming items to send", [&] { return claim_in_transaction(limits, now, lease); });
}

Status SqliteKioskStore::acknowledge(std::span<const std::uint64_t> seqs) {
  return write("marking items as delivered", [&] {
    db_.want_scrub();
    for (std::uint64_t seq : seqs) {
      auto& receipt = db_.statement(R"sql(
        UPDATE receipt SET state = 'delivered'
        WHERE state = 'pending' AND id = (SELECT id FROM outbox WHERE seq = ? AND type = 'response'))sql");
      receipt.bind(1, std::int64_t(seq));
      receipt.exec();
      auto& drop = db_.statement("DELETE FROM outbox WHERE seq = ? AND again = 0");
      drop.bind(1, std::int64_t(seq));
      auto& count = db_.statement("UPDATE ledger SET acknowledged = acknowledged + ?");
      count.bind(1, drop.exec());
      count.exec();
      auto& once_more = db_.statement("UPDATE outbox SET again = 0, due = 0 WHERE seq = ?");
      once_more.bind(1, std::int64_t(seq));
      once_more.exec();
    }
  });
}

Status SqliteKioskStore::release(std::span<const std::uint64_t> seqs, base::Instant next) {
  return write("releasing items", [&] {
    for (std::uint64_t seq : seqs) {
      auto& update = db_.statement("UPDATE outbox SET due = ? WHERE seq = ?");
      update.bind(1, millis(next));
      update.bind(2, std::int64_t(seq));
      update.exec();
    }
  });
}

Status SqliteKioskStore::park(std::uint64_t seq, const std::string& reason) {
  return write("parking an item", [&] {
    // Erased on its way: the verdict is for the response that it was, and the erasure still has to go.
    auto& erased = db_.statement("UPDATE outbox SET again = 0, due = 0 WHERE seq = ? AND again = 1");
    erased.bind(1, std::int64_t(seq));
    if (erased.exec() == 1) return;
    auto& update = db_.statement("UPDATE outbox SET parked = ? WHERE seq = ?");
    update.bind(1, reason);
    update.bind(2, std::int64_t(seq));
    update.exec();
  });
}

Result<int> SqliteKioskStore::unpark() {
  return write("unparking items", [&] {
    return db_.statement("UPDATE outbox SET parked = NULL, due = 0 WHERE parked IS NOT NULL").exec();
  });
}

Result<std::vector<outbox::Parked>> SqliteKioskStore::parked() {
  return read("listing parked items", [&] {
    std::vector<outbox::Parked> list;
    auto& select = db_.statement(R"sql(
      SELECT seq,
             type,
             id,
             parked,
             body
      FROM outbox WHERE parked IS NOT NULL ORDER BY seq)sql");
    while (select.executeStep())
      list.push_back({std::uint64_t(select.getColumn(0).getInt64()),
                      *outbox::parse_item_type(select.getColumn(1).getString()),
                      *response::id_from_bytes(blob(select.getColumn(2))), select.getColumn(3).getString(),
                      select.getColumn(4).getString()});
    return list;
  });
}

Result<outbox::Status> SqliteKioskStore::status() {
  return read("counting the outbox", [&] {
    auto& select = db_.statement(R"sql(
      SELECT l.next_seq - 1,
             l.acknowledged,
             count(o.seq) FILTER (WHERE o.parked IS NULL),
             count(o.parked),
             min(o.closed) FILTER (WHERE o.parked IS NULL),
             min(o.due) FILTER (WHERE o.parked IS NULL)
      FROM ledger l LEFT JOIN outbox o ON true)sql");
    select.executeStep();
    outbox::Status status{std::uint64_t(select.getColumn(0).getInt64()),
                          std::uint64_t(select.getColumn(1).getInt64()),
                          std::uint64_t(select.getColumn(2).getInt64()),
                          std::uint64_t(select.getColumn(3).getInt64()),
                          std::nullopt,
                          std::nullopt};
    if (!select.getColumn(4).isNull()) status.oldest_pending = instant(select.getColumn(4).getInt64());
    if (!select.getColumn(5).isNull()) status.next_due = instant(select.getColumn(5).getInt64());
    return status;
  });
}

// In rising order no number is taken yet: each new one is at most its old one, and above the new one before.
Status SqliteKioskStore::begin_epoch(const std::string& epoch) {
  return write("numbering its outbox anew", [&] {
    std::vector<std::int64_t> waiting;
    auto& select = db_.statement("SELECT seq FROM outbox ORDER BY seq");
    while (select.executeStep()) waiting.push_back(select.getColumn(0).getInt64());
    std::int64_t next = 1;
    for (std::int64_t seq : waiting) {
      auto& renumber = db_.statement("UPDATE outbox SET seq = ? WHERE seq = ?");
      renumber.bind(1, next++);
      renumber.bind(2, seq);
      renumber.exec();
    }
    auto& ledger = db_.statement("UPDATE ledger SET epoch = ?, next_seq = ?, acknowledged = 0");
    ledger.bind(1, epoch);
    ledger.bind(2, next);
    ledger.exec();
  });
}

}  // namespace halte::store::kiosk
