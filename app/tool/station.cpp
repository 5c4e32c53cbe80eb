// SPDX-License-Identifier: Apache-2.0
#include "app/tool/station.h"

#include <fmt/format.h>

namespace halte::tool {
namespace {

constexpr const char* software = "halte " HALTE_VERSION;

base::Error unexpected_answer(const net::HttpRequest& request, const net::HttpReply& reply) {
  return {request.url, fmt::format("answered {}: {}", reply.status, reply.body), "simulating a kiosk"};
}

}  // namespace

base::Result<Station> Station::enrol(const Wire& wire, const std::string& code, SimulatedKiosk kiosk) {
  Station station;
  station.kiosk_ = std::move(kiosk);
  station.keys_ = base::make_signing_key_pair(wire.random);
  station.epoch_ = base::to_hex(wire.random.bytes(16));
  net::HttpRequest request{
      "POST",
      wire.server + "/api/v1/enrolments",
      {{"Content-Type", "application/json"}},
      protocol::to_json(protocol::EnrolmentRequest{code, station.keys_.public_key, "", software})};
  auto reply = wire.http.send(request);
  if (!reply) return std::unexpected(reply.error());
  if (reply->status != 201) return std::unexpected(unexpected_answer(request, *reply));
  auto enrolled = protocol::parse_enrolment_reply(reply->body);
  if (!enrolled) return std::unexpected(enrolled.error());
  station.token_ = enrolled->token;
  return station;
}

net::HttpRequest Station::request(const Wire& wire, const std::string& path, std::string body) const {
  std::string signature = base::to_base64url(base::sign(base::as_bytes(body), keys_.secret_key));
  return {"POST",
          wire.server + path,
          {{"Content-Type", "application/json"},
           {"Authorization", "Bearer " + token_},
           {std::string(protocol::signature_header), signature}},
          std::move(body)};
}

Station::Signed Station::sign(const Wire& wire, const std::vector<response::Response>& responses) {
  protocol::Batch batch;
  batch.nonce = base::to_base64url(wire.random.bytes(16));
  batch.epoch = epoch_;
  batch.branch = kiosk_.branch;
  batch.sent_at = wire.clock.now();
  batch.clock_synced = true;
  for (const auto& r : responses) {
    std::string body = response::to_body(r);
    batch.items.push_back(
        {next_seq_++, outbox::ItemType::response, r.id, base::sha256(base::as_bytes(body)), std::move(body)});
  }
  net::HttpRequest ready = request(wire, "/api/v1/batches", protocol::to_json(batch));
  return {std::move(batch), std::move(ready)};
}

base::Status Station::deliver(const Wire& wire, const Signed& batch) {
  auto reply = wire.http.send(batch.request);
  if (!reply) return std::unexpected(reply.error());
  if (reply->status != 200) return std::unexpected(unexpected_answer(batch.request, *reply));
  auto acknowledged = protocol::parse_acknowledgement(reply->body, batch.batch);
  if (!acknowledged) return std::unexpected(acknowledged.error());
  for (const auto& result : acknowledged->results)
    if (result.status != protocol::ItemStatus::stored)
      return base::fail("response " + response::to_hex(result.id), "not stored: " + result.reason,
                        "simulating a kiosk");
  return {};
}

base::Status Station::heartbeat(const Wire& wire) const {
  protocol::Heartbeat beat;
  beat.software = software;
  beat.captured = beat.acknowledged = next_seq_ - 1;
  beat.free_disk_bytes = 20'000'000'000;
  beat.database = "ok";
  beat.screen = "open";
  beat.epoch = epoch_;
  net::HttpRequest ready = request(wire, "/api/v1/heartbeats", protocol::to_json(beat));
  auto reply = wire.http.send(ready);
  if (!reply) return std::unexpected(reply.error());
  return reply->status == 200 ? base::Status{} : std::unexpected(unexpected_answer(ready, *reply));
}

}  // namespace halte::tool
