// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "sync/protocol/protocol.h"

using namespace halte;
using base::Json;
using protocol::Acknowledgement;
using protocol::Batch;
using protocol::ItemStatus;

namespace {

response::Id id(std::uint8_t last) {
  response::Id made;
  made.bytes[15] = last;
  return made;
}

Batch sent() {
  Batch batch;
  batch.nonce = base::to_base64url(base::Bytes(16, 7));
  batch.items.resize(3);
  batch.items[0].id = id(1);
  batch.items[1].id = id(2);
  batch.items[2].id = id(3);
  return batch;
}

Acknowledgement answer() {
  Acknowledgement made;
  made.nonce = sent().nonce;
  made.hq_time = *base::parse_rfc3339("2026-03-01T12:00:00Z");
  made.results = {{id(1), ItemStatus::stored, ""},
                  {id(2), ItemStatus::rejected, "erased"},
                  {id(3), ItemStatus::duplicate, ""}};
  return made;
}

Json answer_json() { return *base::parse_json(protocol::to_json(answer()), "answer"); }
bool counts(const Json& json) {
  return protocol::parse_acknowledgement(base::to_text(json), sent()).has_value();
}

}  // namespace

TEST_CASE("acknowledgement: the wire text is the one of the contract and is read back") {
  Acknowledgement made = answer();
  std::string text = protocol::to_json(made);
  CHECK(text ==
        R"({"hq_time":"2026-03-01T12:00:00Z","nonce":"BwcHBwcHBwcHBwcHBwcHBw","protocol":1,"results":[)"
        R"({"id":"00000000000000000000000000000001","status":"stored"},)"
        R"({"id":"00000000000000000000000000000002","reason":"erased","status":"rejected"},)"
        R"({"id":"00000000000000000000000000000003","status":"duplicate"}]})");
  auto read = protocol::parse_acknowledgement(text, sent());
  REQUIRE(read);
  CHECK(read->hq_time == made.hq_time);
  CHECK(!read->new_epoch);
  made.new_epoch = true;
  CHECK(protocol::parse_acknowledgement(protocol::to_json(made), sent())->new_epoch);
  REQUIRE(read->results.size() == 3);
  CHECK(read->results[1].status == ItemStatus::rejected);
  CHECK(read->results[1].reason == "erased");
}

TEST_CASE("acknowledgement: results come back in the order of the items, whatever order they came in") {
  Json json = answer_json();
  std::swap(json["results"][0], json["results"][2]);
  auto read = protocol::parse_acknowledgement(base::to_text(json), sent());
  REQUIRE(read);
  for (std::size_t i = 0; i < 3; ++i) CHECK(read->results[i].id == sent().items[i].id);
  CHECK(read->results[0].status == ItemStatus::stored);
}

TEST_CASE("acknowledgement: a response and its withdrawal in one batch keep their own results") {
  Batch batch = sent();
  batch.items[1].id = id(1);
  Acknowledgement made = answer();
  made.results = {{id(3), ItemStatus::stored, ""},
                  {id(1), ItemStatus::rejected, "conflict"},
                  {id(1), ItemStatus::stored, ""}};
  auto read = protocol::parse_acknowledgement(protocol::to_json(made), batch);
  REQUIRE(read);
  CHECK(read->results[0].status == ItemStatus::rejected);
  CHECK(read->results[1].status == ItemStatus::stored);
}

TEST_CASE("acknowledgement: another nonce, another version, a missing or foreign item do not count") {
  REQUIRE(counts(answer_json()));
  Json json = answer_json();
  json["nonce"] = base::to_base64url(base::Bytes(16, 8));
  CHECK(!counts(json));
  json = answer_json();
  json["protocol"] = 2;
  CHECK(!counts(json));
  json = answer_json();
  json["results"].erase(2);
  CHECK(!counts(json));
  json["results"].push_back(json["results"][0]);  // three results, one of them twice
  CHECK(!counts(json));
  json = answer_json();
  json["results"].push_back(json["results"][0]);
  CHECK(!counts(json));
}

TEST_CASE("acknowledgement: an unknown status, a missing member or another type does not count") {
  Json json = answer_json();
  json["results"][0]["status"] = "ok";
  CHECK(!counts(json));
  for (const char* key : {"protocol", "nonce", "hq_time", "results"}) {
    CAPTURE(key);
    json = answer_json();
    json.erase(key);
    CHECK(!counts(json));
    json[key] = nullptr;
    CHECK(!counts(json));
  }
  for (const char* key : {"id", "status"}) {
    CAPTURE(key);
    json = answer_json();
    json["results"][0].erase(key);
    CHECK(!counts(json));
    json["results"][0][key] = 1;
    CHECK(!counts(json));
  }
}

TEST_CASE("acknowledgement: a portal's page and every cut answer do not count") {
  CHECK(!protocol::parse_acknowledgement("<html><body>Welcome to our guest Wi-Fi</body></html>", sent()));
  CHECK(!protocol::parse_acknowledgement("", sent()));
  std::string whole = protocol::to_json(answer());
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(!protocol::parse_acknowledgement(whole.substr(0, size), sent()));
}

TEST_CASE("acknowledgement: a very long reason is shortened, not a reason to send again") {
  Json json = answer_json();
  json["results"][1]["reason"] = std::string(5000, 'x');
  auto read = protocol::parse_acknowledgement(base::to_text(json), sent());
  REQUIRE(read);
  CHECK(read->results[1].reason.size() == protocol::max_name_bytes);
}
