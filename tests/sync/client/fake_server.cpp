// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/client/fake_server.h"

#include <utility>

namespace halte::tests {
namespace {

using net::HttpReply;
using net::HttpRequest;
using outbox::ItemType;
using protocol::ItemStatus;

base::Result<HttpReply> cut() {
  return base::fail("hq.example.nl:443", "connection reset", "sending", base::ErrorKind::unavailable);
}

// The honest answer, changed as JSON.
FakeServer::Fault changed(std::function<void(base::Json&)> change) {
  return [change = std::move(change)](FakeServer& server, const HttpRequest& request) {
    auto reply = server.honest(request);
    auto json = base::parse_json(reply->body, "answer");
    change(*json);
    reply->body = base::to_text(*json);
    return reply;
  };
}

}  // namespace

HttpReply json_reply(int status, std::string body) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

HttpReply problem(int status, const std::string& detail, net::Headers more) {
  more.emplace_back("content-type", "application/problem+json");
  return {status, std::move(more), base::to_text(base::Json{{"status", status}, {"detail", detail}})};
}

std::string header_of(const HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers)
    if (key == name) return value;
  return {};
}

site::Enrolment an_enrolment(base::Random& random, base::SigningKeyPair* server_keys) {
  auto device = base::make_signing_key_pair(random);
  auto sealing = base::make_sealing_key_pair(random);
  auto signing = base::make_signing_key_pair(random);
  if (server_keys) *server_keys = signing;
  return {"https://hq.example.nl",
          "k1",
          "t0k3n",
          device.public_key,
          device.secret_key,
          "s1",
          sealing.public_key,
          "c1",
          signing.public_key,
          base::Bytes(32, 5)};
}

base::Result<HttpReply> FakeServer::send(const HttpRequest& request) {
  requests.push_back(request);
  bool is_batch = request.url.ends_with("/batches");
  Fault fault;
  if (is_batch && !script.empty()) {
    fault = script.front();
    script.pop_front();
  } else if (weather) {
    fault = weather();
  }
  return fault ? fault(*this, request) : honest(request);
}

base::Result<HttpReply> FakeServer::honest(const HttpRequest& request) {
  if (revoked || header_of(request, "Authorization") != "Bearer " + enrolment.token)
    return problem(401, "unknown token");
  if (request.url == enrolment.server_url + "/api/v1/batches") return take_batch(request);
  if (request.url == enrolment.server_url + "/api/v1/heartbeats") {
    auto beat = protocol::parse_heartbeat(request.body);
    if (!beat) return problem(400, base::to_string(beat.error()));
    heartbeats.push_back(*beat);
    return json_reply(200, protocol::to_json(heartbeat_reply));
  }
  if (request.url == enrolment.server_url + "/api/v1/kiosk/config")
    return configuration.status == 0 ? HttpReply{304, {}, ""} : configuration;
  if (auto picture = pictures.find(request.url.substr(request.url.rfind('/') + 1)); picture != pictures.end())
    return HttpReply{200, {{"Content-Type", "image/png"}}, picture->second};
  return problem(404, "no such thing");
}

base::Result<HttpReply> FakeServer::take_batch(const HttpRequest& request) {
  ++batches;
  auto signature = base::from_base64url(header_of(request, protocol::signature_header));
  if (!signature || !base::verify(base::as_bytes(request.body), *signature, enrolment.device_public_key))
    return problem(401, "bad signature");
  auto batch = protocol::parse_batch(request.body);
  if (!batch) return problem(400, base::to_string(batch.error()));
  if (batch->items.size() > largest_batch) return problem(413, "too much");
  for (const auto& item : batch->items)
    if (poison.contains(response::to_hex(item.id))) return problem(400, "cannot read an item");
  protocol::Acknowledgement answer;
  answer.nonce = batch->nonce;
  answer.hq_time = clock_.now();
  answer.new_epoch = new_epoch_at.contains(batches);
  for (const auto& item : batch->items) answer.results.push_back(judge(item));
  return json_reply(200, protocol::to_json(answer));
}

protocol::ItemResult FakeServer::judge(const outbox::Item& item) {
  std::string id = response::to_hex(item.id);
  if (auto verdict = verdicts.find(id); verdict != verdicts.end()) {
    if (verdict->second == "retry") return {item.id, ItemStatus::retry, ""};
    return {item.id, ItemStatus::rejected, verdict->second};
  }
  if (item.type == ItemType::erasure) {
    rows.erase(id);
    return {item.id, erased.insert(id).second ? ItemStatus::stored : ItemStatus::duplicate, ""};
  }
  if (item.type != ItemType::response) return {item.id, ItemStatus::stored, ""};
  if (!protocol::hash_matches(item)) return {item.id, ItemStatus::rejected, "hash"};
  if (erased.contains(id)) return {item.id, ItemStatus::rejected, "erased"};
  auto [row, is_new] = rows.emplace(id, item.body);
  if (is_new) {
    ++stores[id];
    return {item.id, ItemStatus::stored, ""};
  }
  if (row->second == item.body) return {item.id, ItemStatus::duplicate, ""};
  return {item.id, ItemStatus::rejected, "conflict"};
}

namespace fault {

FakeServer::Fault no_route() {
  return [](FakeServer&, const HttpRequest&) { return cut(); };
}

FakeServer::Fault lost_acknowledgement() {
  return [](FakeServer& server, const HttpRequest& request) {
    (void)server.honest(request);
    return cut();
  };
}

FakeServer::Fault cut_body() {
  return [](FakeServer& server, const HttpRequest& request) {
    auto reply = server.honest(request);
    reply->body.resize(reply->body.size() / 2);
    return reply;
  };
}

FakeServer::Fault portal() {
  return answer({200, {{"Content-Type", "text/html"}}, "<html>Accept our terms to go online</html>"});
}

FakeServer::Fault portal_json() { return answer(json_reply(200, R"({"login":"required"})")); }

FakeServer::Fault redirect() { return answer({302, {{"Location", "http://portal.example/"}}, ""}); }

FakeServer::Fault wrong_nonce() {
  return changed([](base::Json& json) { json["nonce"] = base::to_base64url(base::Bytes(16, 1)); });
}

FakeServer::Fault wrong_protocol() {
  return changed([](base::Json& json) { json["protocol"] = 2; });
}

FakeServer::Fault missing_result() {
  return changed([](base::Json& json) { json["results"].erase(0); });
}

FakeServer::Fault unknown_status() {
  return changed([](base::Json& json) { json["results"][0]["status"] = "accepted"; });
}

FakeServer::Fault answer(HttpReply reply) {
  return [reply = std::move(reply)](FakeServer&, const HttpRequest&) -> base::Result<HttpReply> {
    return reply;
  };
}

}  // namespace fault

}  // namespace halte::tests
