// SPDX-License-Identifier: Apache-2.0
#include "sync/client/uploader.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "core/base/json.h"

namespace halte::client {
namespace {

using outbox::Item;
using protocol::ItemStatus;

// Longer than the requests of an ordinary cycle. When it runs out the item is due again, no more.
constexpr base::Millis lease{2 * 60'000};
// For an item that the server wants once more while it took the others.
constexpr base::Millis deferral{60'000};
constexpr std::size_t secret_key_bytes = 64;  // Ed25519

// Consent is asked where data leaves: contact details go only beside a consent for "contact" that stands.
// The store sees to that as well; what slipped through it stops here.
bool lacks_consent(const Item& item) {
  if (item.type != outbox::ItemType::response) return false;
  auto body = base::parse_json(item.body, "response");
  if (!body || !body->is_object() || !body->contains("contact")) return false;
  auto given = [](const base::Json& consent) {
    return consent.is_object() && consent.value("purpose", base::Json()) == "contact" &&
           consent.value("state", base::Json()) == "given";
  };
  auto consents = body->find("consents");
  return consents == body->end() || !consents->is_array() || !std::ranges::any_of(*consents, given);
}

bool may_be_halved(const Trouble& trouble) {
  if (trouble.status == 413) return true;
  // A proxy says 400 too: only the server's own word makes an item a poisoned one.
  return (trouble.status == 400 || trouble.status == 422) && trouble.from_server;
}

}  // namespace

struct Uploader::Batches {
  const site::Enrolment& enrolment;
  const std::string& epoch;
  std::string branch;
  bool clock_synced = false;
  std::vector<Items> waiting;  // the last one goes first
};

base::Result<UploadReport> Uploader::cycle(const site::Enrolment& enrolment, const std::string& epoch,
                                           bool clock_synced) {
  UploadReport report;
  auto claim = outbox_.claim({}, clock_.now(), lease);
  if (!claim) return std::unexpected(claim.error());
  report.claimed = claim->items.size();
  if (auto held = hold_back(claim->items, report); !held) return std::unexpected(held.error());
  if (claim->items.empty()) return report;
  Batches batches{enrolment, epoch, claim->branch, clock_synced, {}};
  batches.waiting.push_back(std::move(claim->items));
  if (auto sent = send_all(std::move(batches), report); !sent) return std::unexpected(sent.error());
  if (report.new_epoch)  // nothing is on its way now
    if (auto begun = outbox_.begin_epoch(outbox::make_epoch(random_)); !begun)
      return std::unexpected(begun.error());
  return report;
}

base::Status Uploader::hold_back(Items& items, UploadReport& report) {
  auto held = std::ranges::stable_partition(items, std::not_fn(lacks_consent));
  for (const Item& item : held)
    if (auto done = outbox_.park(item.seq, "contact details without consent"); !done) return done;
  report.parked += held.size();
  items.erase(held.begin(), held.end());
  return {};
}

base::Status Uploader::send_all(Batches batches, UploadReport& report) {
  while (!batches.waiting.empty()) {
    Items items = std::move(batches.waiting.back());
    batches.waiting.pop_back();
    auto acknowledgement = send(batches, items, report);
    base::Status done;
    if (acknowledgement) {
      report.new_epoch |= acknowledgement->new_epoch;
      done = settle(items, *acknowledgement, report);
    } else if (!may_be_halved(acknowledgement.error())) {
      batches.waiting.push_back(std::move(items));
      report.trouble = acknowledgement.error();
      return release(batches.waiting);
    } else if (items.size() == 1) {
      done = set_aside(items.front(), acknowledgement.error(), report);
    } else {
      auto middle = items.begin() + std::ptrdiff_t(items.size() / 2);
      Items first(std::make_move_iterator(items.begin()), std::make_move_iterator(middle));
      items.erase(items.begin(), middle);
      batches.waiting.push_back(std::move(items));
      batches.waiting.push_back(std::move(first));
    }
    if (!done) return done;
  }
  return {};
}

std::expected<protocol::Acknowledgement, Trouble> Uploader::send(const Batches& batches, Items items,
                                                                 UploadReport& report) {
  const base::Bytes& key = batches.enrolment.device_secret_key;
  if (key.size() != secret_key_bytes)
    return std::unexpected(
        Trouble{.state = SyncState::must_enrol, .reason = "this kiosk's own key is damaged"});
  protocol::Batch batch;
  batch.nonce = base::to_base64url(random_.bytes(16));
  batch.epoch = batches.epoch;
  batch.branch = batches.branch;
  batch.sent_at = clock_.now();
  batch.clock_synced = batches.clock_synced;
  batch.items = std::move(items);

  net::HttpRequest request =
      authorised(batches.enrolment, "POST", "/api/v1/batches", protocol::to_json(batch));
  base::Bytes signature = base::sign(base::as_bytes(request.body), key);
  request.headers.emplace_back(protocol::signature_header, base::to_base64url(signature));
  ++report.requests;
  auto reply = exchange(http_, request, clock_);
  if (!reply) return std::unexpected(reply.error());
  if (reply->status != 200)
    return std::unexpected(Trouble{.status = reply->status, .reason = "not an acknowledgement"});
  auto acknowledgement = protocol::parse_acknowledgement(reply->body, batch);
  if (!acknowledgement)
    return std::unexpected(
        Trouble{.status = reply->status, .reason = base::to_string(acknowledgement.error())});
  return std::move(*acknowledgement);
}

base::Status Uploader::settle(const Items& items, const protocol::Acknowledgement& acknowledgement,
                              UploadReport& report) {
  std::vector<std::uint64_t> delivered, again;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& [id, status, reason] = acknowledgement.results[i];
    switch (status) {
      case ItemStatus::stored:
      case ItemStatus::duplicate: delivered.push_back(items[i].seq); break;
      case ItemStatus::retry: again.push_back(items[i].seq); break;
      case ItemStatus::rejected:
        if (reason == "erased") {
          delivered.push_back(items[i].seq);
        } else {
          if (auto parked = outbox_.park(items[i].seq, "rejected: " + reason); !parked) return parked;
          ++report.parked;
        }
        break;
    }
  }
  if (auto done = outbox_.acknowledge(delivered); !done) return done;
  report.delivered += delivered.size();
  return again.empty() ? base::Status{} : defer(again, report);
}

base::Status Uploader::set_aside(const Item& item, const Trouble& trouble, UploadReport& report) {
  if (!trouble.from_server) return defer(std::vector{item.seq}, report);
  if (auto parked = outbox_.park(item.seq, "refused: " + trouble.reason); !parked) return parked;
  ++report.parked;
  return {};
}

base::Status Uploader::defer(std::span<const std::uint64_t> seqs, UploadReport& report) {
  report.deferred += seqs.size();
  return outbox_.release(seqs, clock_.now() + deferral);
}

// Due at once, whatever the wall clock says: it is the link that has to wait, not the items, so that they
// go as soon as it comes up.
base::Status Uploader::release(const std::vector<Items>& unsent) {
  std::vector<std::uint64_t> seqs;
  for (const Items& items : unsent)
    for (const Item& item : items) seqs.push_back(item.seq);
  return outbox_.release(seqs, base::Instant{});
}

}  // namespace halte::client
