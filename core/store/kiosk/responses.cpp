// SPDX-License-Identifier: Apache-2.0
// The port response::Repository: what visitors said, open and closed, and what their receipts open.
#include <algorithm>

#include "core/store/kiosk/sqlite_kiosk_store.h"

namespace halte::store::kiosk {

using base::ErrorKind;
using base::Result;
using base::Status;
using outbox::ItemType;
using response::Response;

std::uint64_t SqliteKioskStore::close_in_transaction(const Response& response, const std::string& body,
                                                     const response::Tally& tally) {
  auto& drop = db_.statement("DELETE FROM open_response WHERE id = ?");
  bind_blob(drop, 1, response.id.view());
  drop.exec();
  std::uint64_t seq = append(ItemType::response, response.id, response.branch, body, response.submitted);
  if (response.receipt_hash) {
    auto& receipt =
        db_.statement("INSERT INTO receipt (hash, id, branch, state) VALUES (?, ?, ?, 'pending')");
    bind_blob(receipt, 1, *response.receipt_hash);
    bind_blob(receipt, 2, response.id.view());
    receipt.bind(3, response.branch);
    receipt.exec();
  }
  count(response, tally);
  return seq;
}

std::optional<SqliteKioskStore::Receipt> SqliteKioskStore::receipt(base::ByteView hash) {
  auto& select = db_.statement("SELECT id, branch, state FROM receipt WHERE hash = ?");
  bind_blob(select, 1, hash);
  if (!select.executeStep()) return std::nullopt;
  return Receipt{*response::id_from_bytes(blob(select.getColumn(0))), select.getColumn(1).getString(),
                 select.getColumn(2).getString()};
}

std::optional<Response> SqliteKioskStore::waiting(std::string_view sql, const response::Id& id) {
  auto& select = db_.statement(sql);
  bind_blob(select, 1, id.view());
  if (!select.executeStep()) return std::nullopt;
  auto parsed = response::parse_body(id, select.getColumn(0).getString());
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

std::optional<Response> SqliteKioskStore::unsent_response(const response::Id& id) {
  return waiting("SELECT body FROM outbox WHERE type = 'response' AND id = ? AND claimed = 0", id);
}

response::ReceiptView SqliteKioskStore::find_receipt(base::ByteView hash) {
  auto found = receipt(hash);
  if (!found) return {};
  if (found->state == "erased") return {response::ReceiptState::erased, std::nullopt};
  if (found->state == "delivered") return {response::ReceiptState::delivered, std::nullopt};
  return {response::ReceiptState::pending,
          waiting("SELECT body FROM outbox WHERE type = 'response' AND id = ?", found->id)};
}

bool SqliteKioskStore::erase_in_transaction(base::ByteView hash, base::Instant at) {
  auto found = receipt(hash);
  if (!found) return false;
  if (found->state == "erased") return true;
  db_.want_scrub();
  // The tombstone takes over the row and keeps its number. The response may be on its way at this
  // moment: then the acknowledgement that comes back is for it and not for the erasure.
  auto& tombstone = db_.statement(R"sql(
    UPDATE outbox SET type = 'erasure', hash = x'', body = '', due = 0, parked = NULL, again = claimed
    WHERE type = 'response' AND id = ?)sql");
  bind_blob(tombstone, 1, found->id.view());
  if (tombstone.exec() == 0) append(ItemType::erasure, found->id, found->branch, "", at);
  auto& mark = db_.statement("UPDATE receipt SET state = 'erased' WHERE hash = ?");
  bind_blob(mark, 1, hash);
  mark.exec();
  uncount_in_transaction(found->id);
  return true;
}

// Never sent: the body is frozen anew without what the purpose covered, so that it never leaves the
// kiosk. Else a withdrawal follows it.
bool SqliteKioskStore::withdraw_in_transaction(base::ByteView hash, const std::string& purpose,
                                               base::Instant at) {
  auto found = receipt(hash);
  if (!found) return false;
  if (found->state == "erased") return true;
  if (auto unsent = unsent_response(found->id)) {
    response::withdraw(*unsent, purpose);
    db_.want_scrub();
    std::string body = response::to_body(*unsent);
    auto& update = db_.statement("UPDATE outbox SET body = ?, hash = ? WHERE type = 'response' AND id = ?");
    update.bind(1, body);
    bind_blob(update, 2, hash_of(body));
    bind_blob(update, 3, found->id.view());
    update.exec();
    return true;
  }
  base::Json body{{"purpose", purpose}};
  append(ItemType::withdrawal, found->id, found->branch, base::to_text(body), at);
  return true;
}

Status SqliteKioskStore::save_open(const Response& response) {
  std::string body = response::to_body(response);
  return write("saving a response", [&] {
    auto& save = db_.statement("INSERT OR REPLACE INTO open_response (id, hash, body) VALUES (?, ?, ?)");
    bind_blob(save, 1, response.id.view());
    bind_blob(save, 2, hash_of(body));
    save.bind(3, body);
    save.exec();
  });
}

Result<std::uint64_t> SqliteKioskStore::close(const Response& response, const response::Tally& tally) {
  std::string body = response::to_body(response);
  return write("closing a response", [&] { return close_in_transaction(response, body, tally); });
}

Result<int> SqliteKioskStore::close_left_open(base::Instant at, const response::Tallier& tallier) {
  auto left = read("finding responses that were left open", [&] {
    std::vector<std::pair<response::Id, std::string>> rows;
    auto& select = db_.statement("SELECT id, body, hash FROM open_response ORDER BY id");
    while (select.executeStep()) {
      std::string body = select.getColumn(1).getString();
      auto id = response::id_from_bytes(blob(select.getColumn(0)));
      if (id && hash_of(body) == blob(select.getColumn(2))) rows.emplace_back(*id, std::move(body));
    }
    return rows;
  });
  if (!left) return std::unexpected(left.error());
  int closed = 0;
  for (const auto& [id, body] : *left) {
    auto response = response::parse_body(id, body);
    if (!response) continue;  // its hash held, so a newer version wrote it: it stays for that one
    response->ended = response::Ended::restart;
    response->submitted = std::max(response->started, at);
    auto seq = close(*response, tallier(*response));
    if (!seq) return std::unexpected(seq.error());
    ++closed;
  }
  return closed;
}

Result<response::ReceiptView> SqliteKioskStore::find_by_receipt(base::ByteView receipt_hash) {
  return read("looking a receipt up", [&] { return find_receipt(receipt_hash); });
}

Status SqliteKioskStore::erase_by_receipt(base::ByteView receipt_hash, base::Instant at) {
  auto erased = write("erasing a response", [&] { return erase_in_transaction(receipt_hash, at); });
  if (!erased) return std::unexpected(erased.error());
  if (!*erased)
    return base::fail("receipt code", "not known on this kiosk", "erasing a response", ErrorKind::not_found);
  return {};
}

Status SqliteKioskStore::withdraw_by_receipt(base::ByteView receipt_hash, const std::string& purpose,
                                             base::Instant at) {
  auto done =
      write("withdrawing a consent", [&] { return withdraw_in_transaction(receipt_hash, purpose, at); });
  if (!done) return std::unexpected(done.error());
  if (!*done)
    return base::fail("receipt code", "not known on this kiosk", "withdrawing a consent",
                      ErrorKind::not_found);
  return {};
}

}  // namespace halte::store::kiosk
