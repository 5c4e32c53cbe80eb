// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "core/base/crypto.h"
#include "sync/protocol/protocol.h"

using namespace halte;
using base::ErrorKind;
using base::Json;
using outbox::Item;
using outbox::ItemType;
using protocol::Batch;

namespace {

const base::Instant noon = *base::parse_rfc3339("2026-03-01T12:00:00Z");

Item item(std::uint64_t seq, ItemType type, const std::string& body) {
  Item made;
  made.seq = seq;
  made.type = type;
  made.id = *response::parse_id("000050910102030405060708090a0b0c");
  made.id.bytes[15] = std::uint8_t(seq);
  made.body = body;
  if (!body.empty()) made.hash = base::sha256(base::as_bytes(body));
  return made;
}

Batch sample() {
  Batch batch;
  batch.nonce = base::to_base64url(base::Bytes(16, 7));
  batch.epoch = "e1";
  batch.branch = "ams-01";
  batch.sent_at = noon;
  batch.clock_synced = true;
  batch.items = {item(41, ItemType::response, R"({"answers":{"face":5},"note":"\u20ac \"é\""})"),
                 item(42, ItemType::erasure, ""), item(44, ItemType::withdrawal, R"({"purpose":"contact"})"),
                 item(43, ItemType::withdrawal, R"({"purpose":"contact"})")};
  return batch;
}

Json sample_json() { return *base::parse_json(protocol::to_json(sample()), "sample"); }

ErrorKind kind_of(const Json& json) {
  auto read = protocol::parse_batch(base::to_text(json));
  REQUIRE(!read);
  return read.error().kind;
}

}  // namespace

TEST_CASE("batch: what is written is read back, byte for byte in the bodies") {
  Batch sent = sample();
  auto read = protocol::parse_batch(protocol::to_json(sent));
  REQUIRE(read);
  CHECK(read->protocol == 1);
  CHECK(read->nonce == sent.nonce);
  CHECK(read->epoch == sent.epoch);
  CHECK(read->branch == sent.branch);
  CHECK(read->sent_at == sent.sent_at);
  CHECK(read->clock_synced);
  REQUIRE(read->items.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(read->items[i].seq == sent.items[i].seq);
    CHECK(read->items[i].type == sent.items[i].type);
    CHECK(read->items[i].id == sent.items[i].id);
    CHECK(read->items[i].hash == sent.items[i].hash);
    CHECK(read->items[i].body == sent.items[i].body);
    CHECK(protocol::hash_matches(read->items[i]));
  }
}

TEST_CASE("batch: the wire text is the one of the contract") {
  Batch batch = sample();
  batch.items = {item(41, ItemType::response, "{}"), item(42, ItemType::erasure, "")};
  CHECK(protocol::to_json(batch) ==
        R"({"branch":"ams-01","clock":"synced","epoch":"e1","items":[)"
        R"({"body":"{}","hash":"RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o",)"
        R"("id":"000050910102030405060708090a0b29","seq":41,"type":"response"},)"
        R"({"id":"000050910102030405060708090a0b2a","seq":42,"type":"erasure"}],)"
        R"("nonce":"BwcHBwcHBwcHBwcHBwcHBw","protocol":1,"sent_at":"2026-03-01T12:00:00Z"})");
}

TEST_CASE("batch: a body that is not its hash's is read, and says so") {
  Json json = sample_json();
  json["items"][0]["body"] = "{\"answers\":{\"face\":1}}";
  auto read = protocol::parse_batch(base::to_text(json));
  REQUIRE(read);
  CHECK(!protocol::hash_matches(read->items[0]));
  CHECK(protocol::hash_matches(read->items[2]));
}

TEST_CASE("batch: a withdrawal without a hash gets the one of its body") {
  Json json = sample_json();
  json["items"][2].erase("hash");
  auto read = protocol::parse_batch(base::to_text(json));
  REQUIRE(read);
  CHECK(read->items[2].hash == sample().items[2].hash);
}

TEST_CASE("batch: one protocol version away is served, two are refused") {
  Json json = sample_json();
  for (int spoken : {0, 1, 2}) {
    json["protocol"] = spoken;
    CHECK(protocol::parse_batch(base::to_text(json)).has_value());
  }
  for (int foreign : {-1, 3, 1000}) {
    json["protocol"] = foreign;
    CHECK(kind_of(json) == ErrorKind::refused);
  }
  json["protocol"] = "1";
  CHECK(kind_of(json) == ErrorKind::invalid);
}

TEST_CASE("batch: keys that this version does not know are passed over") {
  Json json = sample_json();
  json["later"] = {{"deep", {1, 2, 3}}};
  json["items"][0]["later"] = true;
  CHECK(protocol::parse_batch(base::to_text(json)).has_value());
}

TEST_CASE("batch: every member is required and of its type") {
  const Json whole = sample_json();
  for (const auto& [key, value] : whole.items()) {
    CAPTURE(key);
    Json json = whole;
    json.erase(key);
    CHECK(kind_of(json) == ErrorKind::invalid);
    for (const Json& other : {Json(nullptr), Json(1.5), Json::array({1}), Json::object(), Json("")}) {
      json[key] = other;
      CHECK(kind_of(json) == ErrorKind::invalid);
    }
  }
  for (const auto& [key, value] : whole["items"][0].items()) {
    CAPTURE(key);
    Json json = whole;
    json["items"][0].erase(key);
    CHECK(kind_of(json) == ErrorKind::invalid);
    for (const Json& other : {Json(nullptr), Json(-1), Json::array(), Json::object(), Json("")}) {
      json["items"][0][key] = other;
      CHECK(kind_of(json) == ErrorKind::invalid);
    }
  }
}

TEST_CASE("batch: hostile values inside items are refused") {
  auto refused = [](const char* key, const Json& value) {
    Json json = sample_json();
    json["items"][0][key] = value;
    return kind_of(json) == ErrorKind::invalid;
  };
  CHECK(refused("seq", 0));
  CHECK(refused("seq", 9007199254740992));  // 2^53: no longer exact everywhere
  CHECK(refused("seq", 44));                // another item's
  CHECK(refused("type", "drop"));
  CHECK(refused("id", "000050910102030405060708090a0b"));
  CHECK(refused("id", "zz0050910102030405060708090a0b0c"));
  CHECK(refused("hash", "RBNvo1WzZ4oRRq0W9"));
}

TEST_CASE("batch: the limits of items, names, size and depth hold") {
  Batch batch = sample();
  batch.items.clear();
  CHECK(!protocol::parse_batch(protocol::to_json(batch)));
  for (std::size_t i = 1; i <= protocol::max_batch_items; ++i)
    batch.items.push_back(item(i, ItemType::erasure, ""));
  CHECK(protocol::parse_batch(protocol::to_json(batch)).has_value());
  batch.items.push_back(item(501, ItemType::erasure, ""));
  CHECK(!protocol::parse_batch(protocol::to_json(batch)));

  Json json = sample_json();
  json["branch"] = std::string(protocol::max_name_bytes + 1, 'b');
  CHECK(kind_of(json) == ErrorKind::invalid);
  json = sample_json();
  json["items"][0]["body"] = std::string(protocol::max_body_bytes, 'x');
  CHECK(kind_of(json) == ErrorKind::invalid);
  CHECK(!protocol::parse_batch(std::string(100'000, '[')));
  CHECK(!protocol::parse_batch(R"({"protocol":1,"a":)" + std::string(50, '[') + std::string(50, ']') + "}"));
}

TEST_CASE("batch: no prefix of a batch is a batch, and no cut throws") {
  std::string whole = protocol::to_json(sample());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(!protocol::parse_batch(std::string_view(whole).substr(0, size)));
  }
  CHECK(!protocol::parse_batch(whole + "{}"));
  CHECK(!protocol::parse_batch("\xff\xfe"));
}

TEST_CASE("batch: random damage never throws") {
  base::SeededRandom random(20260301);
  const std::string whole = protocol::to_json(sample());
  int refused = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string damaged = whole;
    for (int flips = 0; flips < 3; ++flips)
      damaged[std::size_t(random.uniform() * double(damaged.size()))] = char(random.uniform() * 256);
    refused += protocol::parse_batch(damaged).has_value() ? 0 : 1;
  }
  CHECK(refused > 2000);
}
