// SPDX-License-Identifier: Apache-2.0
#include "core/store/memory/kiosk_store.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace halte::store::memory {
namespace {

using base::ErrorKind;
using outbox::Item;
using outbox::ItemType;
using response::ReceiptState;

base::Bytes key(base::ByteView bytes) { return {bytes.begin(), bytes.end()}; }

std::unexpected<base::Error> unknown_code(const char* doing) {
  return base::fail("receipt code", "not known on this kiosk", doing, ErrorKind::not_found);
}

void freeze(Item& item, std::string body) {
  item.hash = body.empty() ? base::Bytes{} : base::sha256(base::as_bytes(body));
  item.body = std::move(body);
}

}  // namespace

base::Status KioskStore::save_open(const response::Response& response) {
  open_.insert_or_assign(response.id, response);
  return {};
}

base::Result<std::uint64_t> KioskStore::close(const response::Response& response,
                                              const response::Tally& tally) {
  if (waiting_response(response.id))
    return base::fail("response " + response::to_hex(response.id), "closed already", "closing a response",
                      ErrorKind::conflict);
  open_.erase(response.id);
  if (response.receipt_hash)
    receipts_[*response.receipt_hash] = {response.id, response.branch, ReceiptState::pending};
  count(response, tally);
  return append(ItemType::response, response.id, response.branch, response::to_body(response),
                response.submitted);
}

base::Result<int> KioskStore::close_left_open(base::Instant at, const response::Tallier& tallier) {
  int closed = 0;
  for (auto& [id, left] : std::exchange(open_, {})) {
    left.ended = response::Ended::restart;
    left.submitted = std::max(left.started, at);
    if (auto seq = close(left, tallier(left)); !seq) return std::unexpected(seq.error());
    ++closed;
  }
  return closed;
}

base::Result<response::ReceiptView> KioskStore::find_by_receipt(base::ByteView receipt_hash) {
  auto found = receipts_.find(key(receipt_hash));
  if (found == receipts_.end()) return response::ReceiptView{};
  response::ReceiptView view{found->second.state, std::nullopt};
  Row* row = view.state == ReceiptState::pending ? waiting_response(found->second.id) : nullptr;
  if (!row) return view;
  auto response = response::parse_body(row->item.id, row->item.body);
  if (response) view.response = std::move(*response);
  return view;
}

base::Status KioskStore::erase_by_receipt(base::ByteView receipt_hash, base::Instant at) {
  auto found = receipts_.find(key(receipt_hash));
  if (found == receipts_.end()) return unknown_code("erasing a response");
  Receipt& receipt = found->second;
  if (receipt.state == ReceiptState::erased) return {};
  receipt.state = ReceiptState::erased;
  (void)uncount(std::array{receipt.id});
  Row* row = waiting_response(receipt.id);
  if (!row) {
    append(ItemType::erasure, receipt.id, receipt.branch, "", at);
    return {};
  }
  base::wipe(row->item.body);
  freeze(row->item, "");
  row->item.type = ItemType::erasure;
  row->due = {};
  row->parked.reset();
  row->changed = row->claimed;
  return {};
}

base::Status KioskStore::withdraw_by_receipt(base::ByteView receipt_hash, const std::string& purpose,
                                             base::Instant at) {
  auto found = receipts_.find(key(receipt_hash));
  if (found == receipts_.end()) return unknown_code("withdrawing a consent");
  const Receipt& receipt = found->second;
  if (receipt.state == ReceiptState::erased) return {};
  Row* row = waiting_response(receipt.id);
  auto unsent = row && !row->claimed ? response::parse_body(row->item.id, row->item.body)
                                     : base::Result<response::Response>(base::fail("response", "was sent"));
  if (unsent) {
    response::withdraw(*unsent, purpose);
    base::wipe(row->item.body);
    freeze(row->item, response::to_body(*unsent));
    return {};
  }
  append(ItemType::withdrawal, receipt.id, receipt.branch, base::to_text(base::Json{{"purpose", purpose}}),
         at);
  return {};
}

base::Result<outbox::Claim> KioskStore::claim(const outbox::Limits& limits, base::Instant now,
                                              base::Millis lease) {
  outbox::Claim claim;
  std::size_t bytes = 0;
  for (auto& [seq, row] : rows_) {
    const bool clock_went_back = row.due > now + std::chrono::hours(1);  // no delay is that long
    if (row.parked || (row.due > now && !clock_went_back)) continue;
    if (claim.items.empty()) claim.branch = row.branch;
    if (row.branch != claim.branch) continue;
    bytes += row.item.body.size();
    bool full = claim.items.size() == limits.items || bytes > limits.bytes;
    if (full && !claim.items.empty()) break;
    row.due = now + lease;
    row.claimed = true;
    claim.items.push_back(row.item);
  }
  std::ranges::stable_sort(claim.items, {}, &Item::id);
  return claim;
}

base::Status KioskStore::acknowledge(std::span<const std::uint64_t> seqs) {
  for (std::uint64_t seq : seqs) {
    auto found = rows_.find(seq);
    if (found == rows_.end()) continue;
    Row& row = found->second;
    if (row.changed) {
      row.changed = false;
      row.due = {};
      continue;
    }
    for (auto& [hash, receipt] : receipts_)
      if (row.item.type == ItemType::response && receipt.id == row.item.id)
        receipt.state = ReceiptState::delivered;
    base::wipe(row.item.body);
    rows_.erase(found);
    ++acknowledged_;
  }
  return {};
}

base::Status KioskStore::release(std::span<const std::uint64_t> seqs, base::Instant next) {
  for (std::uint64_t seq : seqs)
    if (auto found = rows_.find(seq); found != rows_.end()) found->second.due = next;
  return {};
}

base::Status KioskStore::park(std::uint64_t seq, const std::string& reason) {
  auto found = rows_.find(seq);
  if (found == rows_.end()) return {};
  Row& row = found->second;
  if (std::exchange(row.changed, false))  // what was refused is not what lies here now
    row.due = {};
  else
    row.parked = reason;
  return {};
}

base::Result<int> KioskStore::unpark() {
  int count = 0;
  for (auto& [seq, row] : rows_) {
    if (!row.parked) continue;
    row.parked.reset();
    row.due = {};
    ++count;
  }
  return count;
}

base::Result<std::vector<outbox::Parked>> KioskStore::parked() {
  std::vector<outbox::Parked> list;
  for (const auto& [seq, row] : rows_)
    if (row.parked) list.push_back({seq, row.item.type, row.item.id, *row.parked, row.item.body});
  return list;
}

base::Result<outbox::Status> KioskStore::status() {
  outbox::Status status;
  status.captured = captured_;
  status.acknowledged = acknowledged_;
  for (const auto& [seq, row] : rows_) {
    if (row.parked) {
      ++status.parked;
      continue;
    }
    ++status.pending;
    status.oldest_pending = std::min(status.oldest_pending.value_or(row.closed), row.closed);
    status.next_due = std::min(status.next_due.value_or(row.due), row.due);
  }
  return status;
}

void KioskStore::count(const response::Response& r, const response::Tally& tally) {
  Counted counted{r.id, base::coarsen(r.submitted, std::chrono::minutes(15)), {}};
  auto add = [&](const response::Count& c) {
    counted.rows.push_back({.branch = r.branch,
                            .touchpoint = r.touchpoint,
                            .survey = r.survey,
                            .survey_version = r.survey_version,
                            .question = c.question,
                            .flagged = !r.flags.empty(),
                            .hour = base::hours_since_epoch(r.submitted),
                            .band = c.band,
                            .bin = c.bin,
                            .n = 1,
                            .measures = c.measures});
  };
  add({std::string(response::ended_question), std::string(to_string(r.ended)), 0, ""});
  for (const response::Count& c : tally.counts) add(c);
  counted_.push_back(std::move(counted));
}

base::Result<std::vector<response::CountRow>> KioskStore::local_counts(const response::LocalFilter& filter) {
  std::map<std::tuple<std::string, int, std::string, std::string, bool, int, int, std::string>,
           response::CountRow>
      rows;
  for (const Counted& counted : counted_)
    for (const response::CountRow& row : counted.rows) {
      if (row.branch != filter.branch || row.touchpoint != filter.touchpoint) continue;
      if (counted.submitted < filter.from || counted.submitted >= filter.to) continue;
      auto [at, fresh] = rows.try_emplace({row.survey, row.survey_version, row.question, row.measures,
                                           row.flagged, row.hour, row.band, row.bin},
                                          row);
      if (!fresh) ++at->second.n;
    }
  std::vector<response::CountRow> list;
  for (auto& [key, row] : rows) list.push_back(std::move(row));
  return list;
}

base::Status KioskStore::uncount(std::span<const response::Id> ids) {
  std::erase_if(counted_, [&](const Counted& counted) {
    return std::ranges::any_of(ids, [&](const response::Id& id) { return id == counted.id; });
  });
  return {};
}

base::Status KioskStore::drop_counts_before(base::Instant at) {
  std::erase_if(counted_, [&](const Counted& counted) { return counted.submitted < at; });
  return {};
}

base::Status KioskStore::note_coverage(site::CoverageState state, base::Instant at) {
  const base::Instant minute = std::chrono::floor<std::chrono::minutes>(at);
  std::erase_if(coverage_,
                [&](const site::CoverageSpan& span) { return span.ended > minute + std::chrono::days(1); });
  site::CoverageSpan* last = coverage_.empty() ? nullptr : &coverage_.back();
  if (last && minute < last->ended) return {};
  const bool is_near = last && minute - last->ended <= site::longest_silence;
  if (is_near) last->ended = minute;
  if (!is_near || (last->state != state && minute != last->began))
    coverage_.push_back({minute, minute, state});
  return {};
}

base::Result<std::vector<site::CoverageSpan>> KioskStore::coverage(base::Instant from, base::Instant to) {
  std::vector<site::CoverageSpan> spans;
  for (const site::CoverageSpan& span : coverage_)
    if (span.ended > from && span.began < to)
      spans.push_back({std::max(span.began, from), std::min(span.ended, to), span.state});
  return spans;
}

base::Status KioskStore::drop_coverage_before(base::Instant at) {
  std::erase_if(coverage_, [&](const site::CoverageSpan& span) { return span.ended < at; });
  return {};
}

base::Status KioskStore::begin_epoch(const std::string& epoch) {
  captured_ = acknowledged_ = 0;
  for (auto& [seq, row] : std::exchange(rows_, {})) {
    row.item.seq = ++captured_;
    rows_.emplace(captured_, std::move(row));
  }
  epoch_ = epoch;
  return {};
}

base::Status KioskStore::save_enrolment(const site::Enrolment& enrolment) {
  if (!rows_.empty() && enrolment_ && enrolment_->kiosk_id != enrolment.kiosk_id)
    return base::fail("outbox", "answers of another kiosk still wait to be delivered",
                      "enrolling as '" + enrolment.kiosk_id + "'", ErrorKind::conflict);
  const auto who = [](const site::Enrolment& e) { return std::pair(e.server_url, e.kiosk_id); };
  if (enrolment_ && who(*enrolment_) != who(enrolment)) coverage_.clear();  // what it was elsewhere
  enrolment_ = enrolment;
  asking_key_.reset();
  configuration_.reset();  // another server or another identity numbers its configurations anew
  if (pin_) pin_->generation = 0;
  return {};
}

base::Status KioskStore::save_configuration(const site::StoredConfiguration& configuration) {
  if (configuration_ && configuration.version < configuration_->version)
    return base::fail("configuration", "older than the one in use", "saving it", ErrorKind::conflict);
  configuration_ = configuration;
  return {};
}

base::Result<std::optional<base::Bytes>> KioskStore::picture(const std::string& id) {
  auto found = pictures_.find(id);
  return found == pictures_.end() ? std::nullopt : std::optional(found->second);
}

base::Status KioskStore::save_picture(const std::string& id, base::ByteView picture) {
  pictures_[id] = key(picture);
  return {};
}

base::Status KioskStore::keep_pictures(const std::vector<std::string>& ids) {
  std::erase_if(pictures_, [&](const auto& item) { return std::ranges::find(ids, item.first) == ids.end(); });
  return {};
}

std::uint64_t KioskStore::append(ItemType type, const response::Id& id, const std::string& branch,
                                 std::string body, base::Instant closed) {
  Row row;
  row.item.seq = ++captured_;
  row.item.type = type;
  row.item.id = id;
  freeze(row.item, std::move(body));
  row.branch = branch;
  row.closed = closed;
  rows_.emplace(captured_, std::move(row));
  return captured_;
}

KioskStore::Row* KioskStore::waiting_response(const response::Id& id) {
  for (auto& [seq, row] : rows_)
    if (row.item.type == ItemType::response && row.item.id == id) return &row;
  return nullptr;
}

}  // namespace halte::store::memory
