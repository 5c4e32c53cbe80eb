// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>

#include "core/base/crypto.h"
#include "core/store/kiosk/kiosk_store.h"
#include "core/store/sqlite.h"

namespace halte::store::kiosk {

inline base::Bytes hash_of(std::string_view body) { return base::sha256(base::as_bytes(body)); }
inline std::int64_t millis(base::Instant at) { return at.time_since_epoch().count(); }
inline base::Instant instant(std::int64_t ms) { return base::Instant{base::Millis{ms}}; }

// One connection behind one lock; each port has a file of its own.
class SqliteKioskStore final : public KioskStore {
 public:
  SqliteKioskStore(Database database, std::filesystem::path path)
      : db_(std::move(database)), path_(std::move(path)) {}

  base::Status start(base::Random& random);
  void lay_ballast() const;

  // responses.cpp
  base::Status save_open(const response::Response& response) override;
  base::Result<std::uint64_t> close(const response::Response& response,
                                    const response::Tally& tally) override;
  base::Result<int> close_left_open(base::Instant at, const response::Tallier& tallier) override;
  base::Result<response::ReceiptView> find_by_receipt(base::ByteView receipt_hash) override;
  base::Status erase_by_receipt(base::ByteView receipt_hash, base::Instant at) override;
  base::Status withdraw_by_receipt(base::ByteView receipt_hash, const std::string& purpose,
                                   base::Instant at) override;

  // counts.cpp
  base::Result<std::vector<response::CountRow>> local_counts(const response::LocalFilter& filter) override;
  base::Status uncount(std::span<const response::Id> ids) override;
  base::Status drop_counts_before(base::Instant at) override;
  base::Status note_coverage(site::CoverageState state, base::Instant at) override;
  base::Result<std::vector<site::CoverageSpan>> coverage(base::Instant from, base::Instant to) override;
  base::Status drop_coverage_before(base::Instant at) override;

  // outbox.cpp
  base::Result<outbox::Claim> claim(const outbox::Limits& limits, base::Instant now,
                                    base::Millis lease) override;
  base::Status acknowledge(std::span<const std::uint64_t> seqs) override;
  base::Status release(std::span<const std::uint64_t> seqs, base::Instant next) override;
  base::Status park(std::uint64_t seq, const std::string& reason) override;
  base::Result<int> unpark() override;
  base::Result<std::vector<outbox::Parked>> parked() override;
  base::Result<outbox::Status> status() override;
  base::Status begin_epoch(const std::string& epoch) override;

  // identity.cpp
  base::Result<std::optional<site::Enrolment>> enrolment() override;
  base::Status save_enrolment(const site::Enrolment& enrolment) override;
  base::Result<std::optional<base::SigningKeyPair>> asking_key() override;
  base::Status save_asking_key(const base::SigningKeyPair& keys) override;
  base::Result<std::optional<site::StoredConfiguration>> configuration() override;
  base::Status save_configuration(const site::StoredConfiguration& configuration) override;
  base::Result<std::optional<base::Bytes>> picture(const std::string& id) override;
  base::Status save_picture(const std::string& id, base::ByteView picture) override;
  base::Status keep_pictures(const std::vector<std::string>& ids) override;
  base::Result<std::string> epoch() override;
  base::Result<std::optional<site::Pin>> pin() override;
  base::Status save_pin(const site::Pin& pin) override;
  base::Result<site::Adjustments> adjustments() override;
  base::Status save_adjustments(const site::Adjustments& adjustments) override;

  bool has_room() const override;
  std::int64_t free_bytes() const override;
  base::Status probe() override;

 private:
  template <class Work>
  auto read(const char* doing, Work work) -> base::Result<decltype(work())> {
    std::lock_guard lock(mutex_);
    return guarded(db_, doing, work);
  }

  // One transaction. On a full disk the ballast goes and the work is tried once more.
  template <class Work>
  auto write(const char* doing, Work work) -> base::Result<decltype(work())> {
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
    if (!result && result.error().kind == base::ErrorKind::unavailable && give_ballast_up())
      result = guarded(db_, doing, in_transaction);
    db_.settle();
    return result;
  }

  std::filesystem::path ballast_path() const { return path_.parent_path() / "ballast"; }
  bool give_ballast_up() const;

  // Inside a transaction, or a read.
  struct Receipt {
    response::Id id;
    std::string branch;
    std::string state;
  };
  std::optional<Receipt> receipt(base::ByteView hash);
  response::ReceiptView find_receipt(base::ByteView hash);
  std::optional<response::Response> waiting(std::string_view sql, const response::Id& id);
  std::optional<response::Response> unsent_response(const response::Id& id);
  std::uint64_t close_in_transaction(const response::Response& response, const std::string& body,
                                     const response::Tally& tally);
  void count(const response::Response& response, const response::Tally& tally);
  std::int64_t series_row(const response::Response& response, const std::string& question,
                          const std::string& measures);
  void uncount_in_transaction(const response::Id& id);
  bool erase_in_transaction(base::ByteView hash, base::Instant at);
  bool withdraw_in_transaction(base::ByteView hash, const std::string& purpose, base::Instant at);
  outbox::Claim claim_in_transaction(const outbox::Limits& limits, base::Instant now, base::Millis lease);
  std::uint64_t append(outbox::ItemType type, const response::Id& id, const std::string& branch,
                       std::string_view body, base::Instant closed);
  std::string kiosk_id();

  std::mutex mutex_;
  Database db_;
  std::filesystem::path path_;
};

}  // namespace halte::store::kiosk
