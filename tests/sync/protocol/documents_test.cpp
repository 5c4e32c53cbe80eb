// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "core/base/crypto.h"
#include "sync/protocol/protocol.h"

using namespace halte;
using base::Json;

namespace {

const base::Instant noon = *base::parse_rfc3339("2026-03-01T12:00:00Z");

protocol::EnrolmentReply enrolment_reply() {
  protocol::EnrolmentReply reply;
  reply.kiosk_id = "k1";
  reply.token = "t0k3n";
  reply.sealing_key_id = "s1";
  reply.sealing_public_key = base::Bytes(32, 1);
  reply.signing_key_id = "c1";
  reply.signing_public_key = base::Bytes(32, 2);
  reply.receipt_key = base::Bytes(32, 3);
  reply.hq_time = noon;
  return reply;
}

protocol::Heartbeat heartbeat() {
  protocol::Heartbeat beat;
  beat.software = "halte 0.1.0";
  beat.configuration_version = 7;
  beat.captured = 1000;
  beat.acknowledged = 900;
  beat.pending = 98;
  beat.parked = 2;
  beat.oldest_pending_s = 3600;
  beat.free_disk_bytes = std::int64_t{64} << 30;
  beat.database = "ok";
  beat.clock_offset_ms = -1500;
  beat.uptime_s = 86400;
  beat.last_touch = noon;
  beat.screen = "open";
  beat.epoch = "e1";
  beat.coverage = {
      {noon, noon + std::chrono::minutes(10), site::CoverageState::open},
      {noon + std::chrono::minutes(30), noon + std::chrono::minutes(31), site::CoverageState::blocked}};
  return beat;
}

// Every member gone, and every member of a wrong type, is an error; nothing throws.
template <class Parse>
void check_strict(const std::string& text, const std::vector<std::string>& required, Parse parse) {
  const Json whole = *base::parse_json(text, "sample");
  REQUIRE(parse(text).has_value());
  for (const std::string& key : required) {
    CAPTURE(key);
    Json json = whole;
    json.erase(key);
    CHECK(!parse(base::to_text(json)));
    for (const Json& other : {Json(nullptr), Json(1.5), Json(true), Json::array({1})}) {
      json[key] = other;
      CHECK(!parse(base::to_text(json)));
    }
  }
  for (std::size_t size = 0; size < text.size(); ++size) CHECK(!parse(text.substr(0, size)));
  for (const char* other : {"[]", "null", "1", "\"x\""}) CHECK(!parse(other));
}

}  // namespace

TEST_CASE("enrolment: request and reply survive the wire") {
  protocol::EnrolmentRequest request{"ABCD-EFGH-JKMN-PQRS", base::Bytes(32, 9), "Entrance", "halte 0.1.0"};
  auto read = protocol::parse_enrolment_request(protocol::to_json(request));
  REQUIRE(read);
  CHECK(read->code == request.code);
  CHECK(read->public_key == request.public_key);
  CHECK(read->name == request.name);
  CHECK(read->software == request.software);

  auto reply = protocol::parse_enrolment_reply(protocol::to_json(enrolment_reply()));
  REQUIRE(reply);
  CHECK(reply->kiosk_id == "k1");
  CHECK(reply->token == "t0k3n");
  CHECK(reply->sealing_key_id == "s1");
  CHECK(reply->sealing_public_key == base::Bytes(32, 1));
  CHECK(reply->signing_key_id == "c1");
  CHECK(reply->signing_public_key == base::Bytes(32, 2));
  CHECK(reply->receipt_key == base::Bytes(32, 3));
  CHECK(reply->hq_time == noon);
}

TEST_CASE("enrolment: the wire text is the one of the contract") {
  std::string key(42, 'A');
  CHECK(protocol::to_json(protocol::EnrolmentRequest{"CODE", base::Bytes(32, 0), "", "halte"}) ==
        R"({"code":"CODE","public_key":")" + key + R"(A","software":"halte"})");
  Json json = *base::parse_json(protocol::to_json(enrolment_reply()), "reply");
  CHECK(json["sealing_key"]["id"] == "s1");
  CHECK(json["signing_key"]["public_key"] == base::to_base64url(base::Bytes(32, 2)));
}

TEST_CASE("enrolment: both documents are read strictly") {
  check_strict(protocol::to_json(protocol::EnrolmentRequest{"CODE", base::Bytes(32, 0), "", "halte"}),
               {"code", "public_key", "software"}, protocol::parse_enrolment_request);
  check_strict(protocol::to_json(enrolment_reply()),
               {"kiosk_id", "token", "sealing_key", "signing_key", "receipt_key", "hq_time"},
               protocol::parse_enrolment_reply);
  CHECK(!protocol::parse_enrolment_request(
      protocol::to_json(protocol::EnrolmentRequest{"CODE", base::Bytes(31, 0), "", "halte"})));
}

TEST_CASE("heartbeat: survives the wire, with and without a last touch") {
  protocol::Heartbeat beat = heartbeat();
  auto read = protocol::parse_heartbeat(protocol::to_json(beat));
  REQUIRE(read);
  CHECK(read->software == beat.software);
  CHECK(read->configuration_version == 7);
  CHECK(read->captured == 1000);
  CHECK(read->acknowledged == 900);
  CHECK(read->pending == 98);
  CHECK(read->parked == 2);
  CHECK(read->oldest_pending_s == 3600);
  CHECK(read->free_disk_bytes == beat.free_disk_bytes);
  CHECK(read->database == "ok");
  CHECK(read->clock_offset_ms == -1500);
  CHECK(read->uptime_s == 86400);
  CHECK(read->last_touch == beat.last_touch);
  CHECK(read->screen == "open");
  CHECK(read->epoch == "e1");
  CHECK(read->coverage == beat.coverage);

  beat.last_touch.reset();
  read = protocol::parse_heartbeat(protocol::to_json(beat));
  REQUIRE(read);
  CHECK(!read->last_touch);
}

TEST_CASE(
    "heartbeat: coverage that overlaps, runs backwards, is finer than a minute or has no end is refused") {
  const auto reads = [](std::vector<site::CoverageSpan> spans) {
    protocol::Heartbeat beat = heartbeat();
    beat.coverage = std::move(spans);
    return protocol::parse_heartbeat(protocol::to_json(beat)).has_value();
  };
  using std::chrono::minutes;
  const auto span = [](int from, int to) {
    return site::CoverageSpan{noon + minutes(from), noon + minutes(to), site::CoverageState::open};
  };
  CHECK(reads({}));
  CHECK(reads({span(0, 10), span(10, 20)}));
  CHECK_FALSE(reads({span(0, 10), span(9, 20)}));
  CHECK_FALSE(reads({span(10, 0)}));
  CHECK_FALSE(reads({span(0, 0)}));
  CHECK_FALSE(reads({{noon, noon + std::chrono::seconds(90), site::CoverageState::open}}));
  std::vector<site::CoverageSpan> many;
  for (int i = 0; i <= int(protocol::max_coverage_spans); ++i) many.push_back(span(i, i + 1));
  CHECK_FALSE(reads(many));
  many.pop_back();
  CHECK(reads(many));
}

TEST_CASE("heartbeat: read strictly, counts within what JSON keeps exact") {
  check_strict(
      protocol::to_json(heartbeat()),
      {"software", "configuration_version", "captured", "acknowledged", "pending", "parked",
       "oldest_pending_s", "free_disk_bytes", "database", "clock_offset_ms", "uptime_s", "screen", "epoch"},
      protocol::parse_heartbeat);
  for (const char* key : {"captured", "pending", "uptime_s"}) {
    Json json = *base::parse_json(protocol::to_json(heartbeat()), "sample");
    json[key] = -1;
    CHECK(!protocol::parse_heartbeat(base::to_text(json)));
    json[key] = 18446744073709551615ull;
    CHECK(!protocol::parse_heartbeat(base::to_text(json)));
  }
}

TEST_CASE("heartbeat reply: pause and erased ids survive the wire, a foreign id is refused") {
  protocol::HeartbeatReply reply{
      noon, 90, {*response::parse_id("000050910102030405060708090a0b0c"), response::Id{}}};
  std::string text = protocol::to_json(reply);
  CHECK(text == R"({"erased":["000050910102030405060708090a0b0c","00000000000000000000000000000000"],)"
                R"("hq_time":"2026-03-01T12:00:00Z","pause_s":90})");
  auto read = protocol::parse_heartbeat_reply(text);
  REQUIRE(read);
  CHECK(read->hq_time == noon);
  CHECK(read->pause_s == 90);
  CHECK(read->erased == reply.erased);
  CHECK(!read->new_epoch);
  check_strict(text, {"hq_time", "pause_s"}, protocol::parse_heartbeat_reply);

  Json json = *base::parse_json(text, "sample");
  json["erased"][0] = "not an id";
  CHECK(!protocol::parse_heartbeat_reply(base::to_text(json)));
}

TEST_CASE("heartbeat reply: the word to begin a new epoch survives the wire") {
  auto read = protocol::parse_heartbeat_reply(protocol::to_json(protocol::HeartbeatReply{noon, 0, {}, true}));
  REQUIRE(read);
  CHECK(read->new_epoch);
}

TEST_CASE("signed configuration: the signature still fits the payload after the wire") {
  base::SeededRandom random(1);
  auto keys = base::make_signing_key_pair(random);
  std::string payload = "{\"version\": 3,\n \"é\": \"\\u20ac\"}";
  protocol::SignedConfiguration made{payload, base::sign(base::as_bytes(payload), keys.secret_key), "c1"};
  auto read = protocol::parse_signed_configuration(protocol::to_json(made));
  REQUIRE(read);
  CHECK(read->payload == payload);
  CHECK(read->key_id == "c1");
  CHECK(base::verify(base::as_bytes(read->payload), read->signature, keys.public_key));
  check_strict(protocol::to_json(made), {"payload", "signature", "key_id"},
               protocol::parse_signed_configuration);
}
