// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>
#include <utility>

#include "sync/protocol/protocol.h"
#include "sync/protocol/reading.h"

namespace halte::protocol {
namespace {

using base::Json;
using base::ObjectReader;

constexpr std::array<std::pair<std::string_view, ItemStatus>, 4> status_names{
    {{"stored", ItemStatus::stored},
     {"duplicate", ItemStatus::duplicate},
     {"rejected", ItemStatus::rejected},
     {"retry", ItemStatus::retry}}};

std::string_view name_of(ItemStatus status) {
  for (const auto& [name, value] : status_names)
    if (value == status) return name;
  return {};
}

ItemResult read_result(ObjectReader& reader) {
  ItemResult result;
  if (auto id = response::parse_id(reader.text("id")))
    result.id = *id;
  else
    reader.problem("id", "is not 32 hex digits");
  if (!reader.has("status")) reader.problem("status", "is missing");
  result.status = reader.choice("status", status_names, ItemStatus::retry);
  // For people only: a long one is no reason to call the batch undelivered.
  result.reason = reader.text("reason", "").substr(0, max_name_bytes);
  return result;
}

Acknowledgement read(ObjectReader& reader) {
  Acknowledgement acknowledgement;
  acknowledgement.protocol = int(reader.integer("protocol", 0, 1000));
  acknowledgement.nonce = reader.text("nonce");
  acknowledgement.hq_time = reader.instant("hq_time");
  acknowledgement.new_epoch = reader.flag("new_epoch", false);
  reader.objects("results",
                 [&](ObjectReader& item) { acknowledgement.results.push_back(read_result(item)); });
  return acknowledgement;
}

std::unexpected<base::Error> foreign(std::string what) {
  return base::fail("acknowledgement", std::move(what), "reading it", base::ErrorKind::refused);
}

}  // namespace

std::string to_json(const Acknowledgement& acknowledgement) {
  Json json{{"protocol", acknowledgement.protocol},
            {"nonce", acknowledgement.nonce},
            {"hq_time", base::to_rfc3339(acknowledgement.hq_time)},
            {"results", Json::array()}};
  if (acknowledgement.new_epoch) json["new_epoch"] = true;
  for (const ItemResult& result : acknowledgement.results) {
    Json entry{{"id", response::to_hex(result.id)}, {"status", name_of(result.status)}};
    if (!result.reason.empty()) entry["reason"] = result.reason;
    json["results"].push_back(std::move(entry));
  }
  return base::to_text(json);
}

base::Result<Acknowledgement> parse_acknowledgement(std::string_view json, const Batch& sent) {
  auto read_as = read_document(json, "acknowledgement", read);
  if (!read_as) return read_as;
  if (read_as->protocol != sent.protocol) return foreign("another protocol version");
  if (read_as->nonce != sent.nonce) return foreign("the nonce of another request");
  if (read_as->results.size() != sent.items.size()) return foreign("not one result an item");

  // Of several results for one id, the first belongs to the first item of that id.
  std::multimap<response::Id, ItemResult> by_id;
  for (ItemResult& result : read_as->results) by_id.emplace(result.id, std::move(result));
  read_as->results.clear();
  for (const outbox::Item& item : sent.items) {
    auto found = by_id.lower_bound(item.id);
    if (found == by_id.end() || found->first != item.id) return foreign("no result for an item");
    read_as->results.push_back(std::move(found->second));
    by_id.erase(found);
  }
  return read_as;
}

}  // namespace halte::protocol
