// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>

#include "core/base/crypto.h"
#include "core/store/kiosk/kiosk_store.h"
#include "core/store/kiosk/schema.h"

namespace halte::store::kiosk {
namespace {

using base::ErrorKind;
using base::Result;
using base::Status;
using outbox::ItemType;
using response::Response;

constexpr std::int64_t ballast_bytes = 4 << 20;
constexpr std::int64_t reserve_bytes = 16 << 20;

base::Bytes hash_of(std::string_view body) { return base::sha256(base::as_bytes(body)); }

std::int64_t millis(base::Instant at) { return at.time_since_epoch().count(); }
base::Instant instant(std::int64_t ms) { return base::Instant{base::Millis{ms}}; }

class SqliteKioskStore final : public KioskStore {
 public:
  SqliteKioskStore(Database database, std::filesystem::path path)
      : db_(std::move(database)), path_(std::move(path)) {}

  Status start(base::Random& random) {
    return write("making its ledger", [&] {
      auto& insert = db_.statement(
          "INSERT OR IGNORE INTO ledger (id, epoch, next_seq, acknowledged) VALUES (1, ?, 1, 0)");
      insert.bind(1, base::to_hex(random.bytes(16)));
      insert.exec();
    });
  }

  // ---- response::Repository

  Status save_open(const Response& response) override {
    std::string body = response::to_body(response);
    return write("saving a response", [&] {
      auto& save = db_.statement("INSERT OR REPLACE INTO open_response (id, hash, body) VALUES (?, ?, ?)");
      bind_blob(save, 1, response.id.view());
      bind_blob(save, 2, hash_of(body));
      save.bind(3, body);
      save.exec();
    });
  }

  Result<std::uint64_t> close(const Response& response) override {
    std::string body = response::to_body(response);
    return write("closing a response", [&] { return close_in_transaction(response, body); });
  }

  Result<int> close_left_open(base::Instant now) override {
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
      response->submitted = std::max(response->started, base::coarsen(now, std::chrono::minutes(15)));
      auto seq = close(*response);
      if (!seq) return std::unexpected(seq.error());
      ++closed;
    }
    return closed;
  }

  Result<response::ReceiptView> find_by_receipt(base::ByteView receipt_hash) override {
    return read("looking a receipt up", [&] { return find_receipt(receipt_hash); });
  }

  Status erase_by_receipt(base::ByteView receipt_hash, base::Instant now) override {
    auto erased = write("erasing a response", [&] { return erase_in_transaction(receipt_hash, now); });
    if (!erased) return std::unexpected(erased.error());
    if (!*erased)
      return base::fail("receipt code", "not known on this kiosk", "erasing a response",
                        ErrorKind::not_found);
    // What was deleted must not live on in the log; a failure is made good by the next checkpoint.
    std::lock_guard lock(mutex_);
    (void)db_.checkpoint();
    return {};
  }

  Status withdraw_by_receipt(base::ByteView receipt_hash, const std::string& purpose,
                             base::Instant now) override {
    auto done =
        write("withdrawing a consent", [&] { return withdraw_in_transaction(receipt_hash, purpose, now); });
    if (!done) return std::unexpected(done.error());
    if (!*done)
      return base::fail("receipt code", "not known on this kiosk", "withdrawing a consent",
                        ErrorKind::not_found);
    return {};
  }

  // ---- outbox::Outbox

  Result<outbox::Claim> claim(const outbox::Limits& limits, base::Instant now, base::Millis lease) override {
    return write("claiming items to send", [&] { return claim_in_transaction(limits, now, lease); });
  }

  Status acknowledge(std::span<const std::uint64_t> seqs) override {
    return write("marking items as delivered", [&] {
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

  Status release(std::span<const std::uint64_t> seqs, base::Instant next) override {
    return write("releasing items", [&] {
      for (std::uint64_t seq : seqs) {
        auto& update = db_.statement("UPDATE outbox SET due = ? WHERE seq = ?");
        update.bind(1, millis(next));
        update.bind(2, std::int64_t(seq));
        update.exec();
      }
    });
  }

  Status park(std::uint64_t seq, const std::string& reason) override {
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

  Result<int> unpark() override {
    return write("unparking items", [&] {
      return db_.statement("UPDATE outbox SET parked = NULL, due = 0 WHERE parked IS NOT NULL").exec();
    });
  }

  Result<std::vector<outbox::Parked>> parked() override {
    return read("listing parked items", [&] {
      std::vector<outbox::Parked> list;
      auto& select = db_.statement(R"sql(
        SELECT seq,
               type,
               id,
               parked
        FROM outbox WHERE parked IS NOT NULL ORDER BY seq)sql");
      while (select.executeStep())
        list.push_back({std::uint64_t(select.getColumn(0).getInt64()),
                        *outbox::parse_item_type(select.getColumn(1).getString()),
                        *response::id_from_bytes(blob(select.getColumn(2))),
                        select.getColumn(3).getString()});
      return list;
    });
  }

  Result<outbox::Status> status() override {
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

  // ---- site::IdentityStore

  Result<std::optional<site::Enrolment>> enrolment() override {
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

  Status save_enrolment(const site::Enrolment& e) override {
    return write("saving its enrolment", [&] {
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
      // Another server or another identity numbers its configurations anew.
      db_.statement("DELETE FROM configuration").exec();
    });
  }

  Result<std::optional<site::StoredConfiguration>> configuration() override {
    return read("reading its configuration", [&]() -> std::optional<site::StoredConfiguration> {
      auto& select = db_.statement("SELECT version, payload, signature, etag FROM configuration");
      if (!select.executeStep()) return std::nullopt;
      return site::StoredConfiguration{select.getColumn(0).getInt64(), select.getColumn(1).getString(),
                                       blob(select.getColumn(2)), select.getColumn(3).getString()};
    });
  }

  Status save_configuration(const site::StoredConfiguration& c) override {
    auto saved = write("saving its configuration", [&] {
      auto& save = db_.statement(R"sql(
        INSERT INTO configuration (id, version, payload, signature, etag) VALUES (1, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, payload = excluded.payload,
                                       signature = excluded.signature, etag = excluded.etag
        WHERE excluded.version > configuration.version)sql");
      save.bind(1, c.version);
      save.bind(2, c.payload);
      bind_blob(save, 3, c.signature);
      save.bind(4, c.etag);
      return save.exec() == 1;
    });
    if (!saved) return std::unexpected(saved.error());
    if (!*saved)
      return base::fail("configuration", "not newer than the one in use", "saving it", ErrorKind::conflict);
    return {};
  }

  Result<std::string> epoch() override {
    return read("reading its epoch", [&] {
      auto& select = db_.statement("SELECT epoch FROM ledger");
      select.executeStep();
      return select.getColumn(0).getString();
    });
  }

  // ---- room

  std::int64_t free_bytes() const override {
    struct statvfs disk{};
    return ::statvfs(path_.parent_path().c_str(), &disk) == 0
               ? std::int64_t(disk.f_bavail) * std::int64_t(disk.f_frsize)
               : 0;
  }

  bool has_room() const override { return free_bytes() >= reserve_bytes; }

  void lay_ballast() const {
    if (free_bytes() < reserve_bytes + 2 * ballast_bytes) return;
    int fd = ::open(ballast_path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return;  // without it the reserve still guards the disk
    (void)::posix_fallocate(fd, 0, ballast_bytes);
    ::close(fd);
  }

 private:
  template <class Work>
  auto read(const char* doing, Work work) -> Result<decltype(work())> {
    std::lock_guard lock(mutex_);
    auto result = guarded(db_, doing, work);
    return result;
  }

  // One transaction. On a full disk the ballast goes and the work is tried once more.
  template <class Work>
  auto write(const char* doing, Work work) -> Result<decltype(work())> {
    std::lock_guard lock(mutex_);
    auto in_transaction = [&] {
      Transaction transaction(db_);
      if constexpr (std::is_void_v<decltype(work())>) {
        work();
        transaction.commit();
      } else {
        auto result = work();
        transaction.commit();
        return result;
      }
    };
    auto result = guarded(db_, doing, in_transaction);
    if (!result && result.error().kind == ErrorKind::unavailable &&
        std::filesystem::remove(ballast_path(), ignored_))
      result = guarded(db_, doing, in_transaction);
    return result;
  }

  std::filesystem::path ballast_path() const { return path_.parent_path() / "ballast"; }

  std::string kiosk_id() {
    auto& select = db_.statement("SELECT kiosk_id FROM enrolment");
    return select.executeStep() ? select.getColumn(0).getString() : "";
  }

  std::uint64_t append(ItemType type, const response::Id& id, const std::string& branch,
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

  std::uint64_t close_in_transaction(const Response& response, const std::string& body) {
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
    return seq;
  }

  struct Receipt {
    response::Id id;
    std::string branch;
    std::string state;
  };

  std::optional<Receipt> receipt(base::ByteView hash) {
    auto& select = db_.statement("SELECT id, branch, state FROM receipt WHERE hash = ?");
    bind_blob(select, 1, hash);
    if (!select.executeStep()) return std::nullopt;
    return Receipt{*response::id_from_bytes(blob(select.getColumn(0))), select.getColumn(1).getString(),
                   select.getColumn(2).getString()};
  }

  std::optional<Response> waiting(std::string_view sql, const response::Id& id) {
    auto& select = db_.statement(sql);
    bind_blob(select, 1, id.view());
    if (!select.executeStep()) return std::nullopt;
    auto parsed = response::parse_body(id, select.getColumn(0).getString());
    return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
  }

  std::optional<Response> unsent_response(const response::Id& id) {
    return waiting("SELECT body FROM outbox WHERE type = 'response' AND id = ? AND claimed = 0", id);
  }

  response::ReceiptView find_receipt(base::ByteView hash) {
    auto found = receipt(hash);
    if (!found) return {};
    if (found->state == "erased") return {response::ReceiptState::erased, std::nullopt};
    if (found->state == "delivered") return {response::ReceiptState::delivered, std::nullopt};
    return {response::ReceiptState::pending,
            waiting("SELECT body FROM outbox WHERE type = 'response' AND id = ?", found->id)};
  }

  bool erase_in_transaction(base::ByteView hash, base::Instant now) {
    auto found = receipt(hash);
    if (!found) return false;
    if (found->state == "erased") return true;
    // The tombstone takes over the row and keeps its number. The response may be on its way at this
    // moment: then the acknowledgement that comes back is for it and not for the erasure.
    auto& tombstone = db_.statement(R"sql(
      UPDATE outbox SET type = 'erasure', hash = x'', body = '', due = 0, parked = NULL, again = claimed
      WHERE type = 'response' AND id = ?)sql");
    bind_blob(tombstone, 1, found->id.view());
    if (tombstone.exec() == 0)
      append(ItemType::erasure, found->id, found->branch, "", base::coarsen(now, std::chrono::minutes(15)));
    auto& mark = db_.statement("UPDATE receipt SET state = 'erased' WHERE hash = ?");
    bind_blob(mark, 1, hash);
    mark.exec();
    return true;
  }

  // Never sent: the body is frozen anew without what the purpose covered, so that it never leaves the
  // kiosk. Else a withdrawal follows it.
  bool withdraw_in_transaction(base::ByteView hash, const std::string& purpose, base::Instant now) {
    auto found = receipt(hash);
    if (!found) return false;
    if (found->state == "erased") return true;
    if (auto unsent = unsent_response(found->id)) {
      response::withdraw(*unsent, purpose);
      std::string body = response::to_body(*unsent);
      auto& update = db_.statement("UPDATE outbox SET body = ?, hash = ? WHERE type = 'response' AND id = ?");
      update.bind(1, body);
      bind_blob(update, 2, hash_of(body));
      bind_blob(update, 3, found->id.view());
      update.exec();
      return true;
    }
    base::Json body{{"purpose", purpose}};
    append(ItemType::withdrawal, found->id, found->branch, base::to_text(body),
           base::coarsen(now, std::chrono::minutes(15)));
    return true;
  }

  // No lease and no delay is longer than an hour: what is due later than that was written before the
  // clock was set back, and is due now.
  outbox::Claim claim_in_transaction(const outbox::Limits& limits, base::Instant now, base::Millis lease) {
    outbox::Claim claim;
    auto& first =
        db_.statement("SELECT branch FROM outbox WHERE parked IS NULL AND (due <= ?1 OR due > ?1 + 3600000) ORDER BY seq LIMIT 1");
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

  std::mutex mutex_;
  Database db_;
  std::filesystem::path path_;
  std::error_code ignored_;
};

}  // namespace

base::Result<std::unique_ptr<KioskStore>> KioskStore::create(const std::filesystem::path& path,
                                                             base::Random& random) {
  auto database = Database::open(path, schema);
  if (!database) return std::unexpected(database.error());
  auto store = std::make_unique<SqliteKioskStore>(std::move(*database), std::filesystem::absolute(path));
  if (auto started = store->start(random); !started) return std::unexpected(started.error());
  store->lay_ballast();
  return store;
}

}  // namespace halte::store::kiosk
