// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/crypto.h"
#include "core/outbox/outbox.h"
#include "core/response/counts.h"
#include "core/response/repository.h"
#include "core/site/adjustments.h"
#include "core/site/coverage.h"
#include "core/site/enrolment.h"
#include "core/site/pin.h"

namespace halte::store::memory {

// The kiosk's ports without a disk: for tests and demonstrations. Same contracts as the SQLite store
// except that nothing outlives the object. One thread.
class KioskStore final : public response::Repository,
                         public response::LocalCounts,
                         public site::CoverageLog,
                         public outbox::Outbox,
                         public site::IdentityStore,
                         public site::PinStore,
                         public site::AdjustmentStore {
 public:
  explicit KioskStore(base::Random& random) : epoch_(outbox::make_epoch(random)) {}

  base::Status save_open(const response::Response& response) override;
  base::Result<std::uint64_t> close(const response::Response& response,
                                    const response::Tally& tally) override;
  base::Result<int> close_left_open(base::Instant at, const response::Tallier& tallier) override;
  base::Result<response::ReceiptView> find_by_receipt(base::ByteView receipt_hash) override;
  base::Status erase_by_receipt(base::ByteView receipt_hash, base::Instant at) override;
  base::Status withdraw_by_receipt(base::ByteView receipt_hash, const std::string& purpose,
                                   base::Instant at) override;

  base::Result<std::vector<response::CountRow>> local_counts(const response::LocalFilter& filter) override;
  base::Status uncount(std::span<const response::Id> ids) override;
  base::Status drop_counts_before(base::Instant at) override;
  base::Status note_coverage(site::CoverageState state, base::Instant at) override;
  base::Result<std::vector<site::CoverageSpan>> coverage(base::Instant from, base::Instant to) override;
  base::Status drop_coverage_before(base::Instant at) override;

  base::Result<outbox::Claim> claim(const outbox::Limits& limits, base::Instant now,
                                    base::Millis lease) override;
  base::Status acknowledge(std::span<const std::uint64_t> seqs) override;
  base::Status release(std::span<const std::uint64_t> seqs, base::Instant next) override;
  base::Status park(std::uint64_t seq, const std::string& reason) override;
  base::Result<int> unpark() override;
  base::Result<std::vector<outbox::Parked>> parked() override;
  base::Result<outbox::Status> status() override;
  base::Status begin_epoch(const std::string& epoch) override;

  base::Result<std::optional<site::Enrolment>> enrolment() override { return enrolment_; }
  base::Status save_enrolment(const site::Enrolment& enrolment) override;
  base::Result<std::optional<base::SigningKeyPair>> asking_key() override { return asking_key_; }
  base::Status save_asking_key(const base::SigningKeyPair& keys) override {
    asking_key_ = keys;
    return {};
  }
  base::Result<std::optional<site::StoredConfiguration>> configuration() override { return configuration_; }
  base::Status save_configuration(const site::StoredConfiguration& configuration) override;
  base::Result<std::optional<base::Bytes>> picture(const std::string& id) override;
  base::Status save_picture(const std::string& id, base::ByteView picture) override;
  base::Status keep_pictures(const std::vector<std::string>& ids) override;
  base::Result<std::string> epoch() override { return epoch_; }
  base::Result<std::optional<site::Pin>> pin() override { return pin_; }
  base::Status save_pin(const site::Pin& pin) override {
    pin_ = pin;
    return {};
  }
  base::Result<site::Adjustments> adjustments() override { return adjustments_; }
  base::Status save_adjustments(const site::Adjustments& adjustments) override {
    adjustments_ = adjustments;
    return {};
  }

 private:
  struct Row {
    outbox::Item item;
    std::string branch;
    base::Instant closed{};
    base::Instant due{};
    bool claimed = false;  // it may be on its way
    bool changed = false;  // it changed on its way: the next verdict is for what was sent, not for it
    std::optional<std::string> parked;
  };
  struct Receipt {
    response::Id id;
    std::string branch;
    response::ReceiptState state = response::ReceiptState::pending;
  };
  // What one response added to the counts.
  struct Counted {
    response::Id id;
    base::Instant submitted{};
    std::vector<response::CountRow> rows;  // each of one answer
  };
  using Rows = std::map<std::uint64_t, Row>;  // by seq

  std::uint64_t append(outbox::ItemType type, const response::Id& id, const std::string& branch,
                       std::string body, base::Instant closed);
  Row* waiting_response(const response::Id& id);
  void count(const response::Response& response, const response::Tally& tally);

  std::string epoch_;
  std::map<response::Id, response::Response> open_;
  Rows rows_;
  std::map<base::Bytes, Receipt> receipts_;
  std::uint64_t captured_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::optional<site::Enrolment> enrolment_;
  std::optional<base::SigningKeyPair> asking_key_;
  std::optional<site::StoredConfiguration> configuration_;
  std::map<std::string, base::Bytes> pictures_;
  std::vector<Counted> counted_;
  std::vector<site::CoverageSpan> coverage_;
  std::optional<site::Pin> pin_;
  site::Adjustments adjustments_;
};

}  // namespace halte::store::memory
