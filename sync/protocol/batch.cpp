// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "sync/protocol/protocol.h"
#include "sync/protocol/reading.h"

namespace halte::protocol {
namespace {

using base::Json;
using outbox::Item;
using outbox::ItemType;
using Object = simdjson::dom::object;

// A batch is an object, a list and objects: what lies deeper is somebody's attack.
constexpr std::size_t max_depth = 8;
constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t hash_bytes = 32;
// What four digits of a year can say once a zone's offset is gone.
constexpr base::Instant latest_time = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

std::unexpected<base::Error> wrong(std::string what) {
  return base::fail("batch", std::move(what), "reading it", base::ErrorKind::invalid);
}

bool has(const Object& object, std::string_view key) {
  return object.at_key(key).error() == simdjson::SUCCESS;
}

std::optional<std::string_view> text(const Object& object, std::string_view key) {
  std::string_view value;
  if (object.at_key(key).get_string().get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<std::string> name(const Object& object, std::string_view key) {
  auto value = text(object, key);
  if (!value || value->empty() || value->size() > max_name_bytes) return std::nullopt;
  return std::string(*value);
}

base::Result<void> read_hash(const Object& object, Item& item) {
  if (!has(object, "hash")) {
    if (item.type == ItemType::response) return wrong(fmt::format("item {}: hash is missing", item.seq));
    item.hash = base::sha256(base::as_bytes(item.body));
    return {};
  }
  auto hash = base::from_base64url(text(object, "hash").value_or(""));
  if (!hash || hash->size() != hash_bytes)
    return wrong(fmt::format("item {}: hash is not base64url of {} bytes", item.seq, hash_bytes));
  item.hash = std::move(*hash);
  return {};
}

base::Result<Item> read_item(const Object& object) {
  Item item;
  if (object.at_key("seq").get_uint64().get(item.seq) != simdjson::SUCCESS || item.seq == 0 ||
      item.seq > std::uint64_t(max_exact_integer))
    return wrong("an item's seq is not a number from 1 on");
  auto type = outbox::parse_item_type(text(object, "type").value_or(""));
  if (!type) return wrong(fmt::format("item {}: type is unknown", item.seq));
  item.type = *type;
  auto id = response::parse_id(text(object, "id").value_or(""));
  if (!id) return wrong(fmt::format("item {}: id is not 32 hex digits", item.seq));
  item.id = *id;
  if (item.type == ItemType::erasure) return item;
  auto body = text(object, "body");
  if (!body || body->empty()) return wrong(fmt::format("item {}: body is not a text", item.seq));
  item.body = *body;
  if (auto hash = read_hash(object, item); !hash) return std::unexpected(hash.error());
  return item;
}

base::Result<std::vector<Item>> read_items(const Object& object) {
  simdjson::dom::array list;
  if (object.at_key("items").get_array().get(list) != simdjson::SUCCESS) return wrong("items is not a list");
  std::vector<Item> items;
  for (simdjson::dom::element element : list) {
    if (items.size() == max_batch_items) return wrong(fmt::format("more than {} items", max_batch_items));
    Object item_object;
    if (element.get_object().get(item_object) != simdjson::SUCCESS) return wrong("an item is not an object");
    auto item = read_item(item_object);
    if (!item) return std::unexpected(item.error());
    items.push_back(std::move(*item));
  }
  if (items.empty()) return wrong("no items");
  std::vector<std::uint64_t> seqs;
  for (const Item& item : items) seqs.push_back(item.seq);
  std::ranges::sort(seqs);
  if (std::ranges::adjacent_find(seqs) != seqs.end()) return wrong("two items have one seq");
  return items;
}

base::Result<Batch> read_batch(const Object& object) {
  Batch batch;
  std::int64_t protocol = 0;
  if (object.at_key("protocol").get_int64().get(protocol) != simdjson::SUCCESS)
    return wrong("protocol is not a whole number");
  if (protocol < version - 1 || protocol > version + 1)
    return base::fail("batch", fmt::format("protocol {} is not spoken here, {} is", protocol, version),
                      "reading it", base::ErrorKind::refused);
  batch.protocol = int(protocol);

  auto nonce = name(object, "nonce");
  auto raw_nonce = base::from_base64url(nonce.value_or(""));
  if (!raw_nonce || raw_nonce->size() != nonce_bytes)
    return wrong(fmt::format("nonce is not base64url of {} bytes", nonce_bytes));
  batch.nonce = *nonce;
  auto epoch = name(object, "epoch"), branch = name(object, "branch");
  if (!epoch) return wrong("epoch is not a name");
  if (!branch) return wrong("branch is not a name");
  batch.epoch = *epoch;
  batch.branch = *branch;
  auto sent_at = base::parse_rfc3339(text(object, "sent_at").value_or(""));
  if (!sent_at || *sent_at < base::Instant{} || *sent_at > latest_time)
    return wrong("sent_at is not an RFC 3339 time from 1970 on");
  batch.sent_at = *sent_at;
  auto clock = text(object, "clock");
  if (clock != "synced" && clock != "unsynced") return wrong("clock is neither synced nor unsynced");
  batch.clock_synced = clock == "synced";

  auto items = read_items(object);
  if (!items) return std::unexpected(items.error());
  batch.items = std::move(*items);
  return batch;
}

Json item_json(const Item& item) {
  Json json{{"seq", item.seq}, {"type", outbox::to_string(item.type)}, {"id", response::to_hex(item.id)}};
  if (item.type == ItemType::erasure) return json;
  json["body"] = item.body;
  if (!item.hash.empty()) json["hash"] = base::to_base64url(item.hash);
  return json;
}

}  // namespace

std::string to_json(const Batch& batch) {
  Json json{{"protocol", batch.protocol},
            {"nonce", batch.nonce},
            {"epoch", batch.epoch},
            {"branch", batch.branch},
            {"sent_at", base::to_rfc3339(batch.sent_at)},
            {"clock", batch.clock_synced ? "synced" : "unsynced"},
            {"items", Json::array()}};
  for (const Item& item : batch.items) json["items"].push_back(item_json(item));
  return base::to_text(json);
}

base::Result<Batch> parse_batch(std::string_view json) {
  if (json.size() > max_body_bytes) return wrong(fmt::format("longer than {} bytes", max_body_bytes));
  simdjson::dom::parser parser;
  if (parser.allocate(std::max<std::size_t>(json.size(), 64), max_depth) != simdjson::SUCCESS)
    return base::fail("batch", "no memory", "reading it", base::ErrorKind::unavailable);
  Object object;
  // The library wants readable bytes behind the text's end: it copies (`true`).
  auto error = parser.parse(json.data(), json.size(), true).get_object().get(object);
  if (error != simdjson::SUCCESS)
    return wrong(fmt::format("not a JSON object: {}", simdjson::error_message(error)));
  return read_batch(object);
}

bool hash_matches(const Item& item) {
  if (item.type == ItemType::erasure) return true;
  return item.hash == base::sha256(base::as_bytes(item.body));
}

}  // namespace halte::protocol
