// SPDX-License-Identifier: Apache-2.0
#include "sync/client/heartbeat.h"

#include <algorithm>

namespace halte::client {

protocol::Heartbeat make_heartbeat(const DeviceState& device, const outbox::Status& outbox,
                                   const std::string& epoch, std::int64_t configuration_version,
                                   std::optional<base::Millis> clock_offset, base::Instant now) {
  protocol::Heartbeat beat;
  beat.software = device.software;
  beat.configuration_version = configuration_version;
  beat.captured = outbox.captured;
  beat.acknowledged = outbox.acknowledged;
  beat.pending = outbox.pending;
  beat.parked = outbox.parked;
  if (outbox.oldest_pending) {
    auto age = std::chrono::floor<std::chrono::seconds>(now - *outbox.oldest_pending);
    beat.oldest_pending_s = std::max<std::int64_t>(0, age.count());  // the wall clock may have gone back
  }
  beat.free_disk_bytes = device.free_disk_bytes;
  beat.database = device.database;
  beat.clock_offset_ms = clock_offset.value_or(base::Millis{0}).count();
  beat.uptime_s = device.uptime_s;
  beat.last_touch = device.last_touch;
  beat.screen = device.screen;
  beat.epoch = epoch;
  return beat;
}

std::expected<HeartbeatAnswer, Trouble> send_heartbeat(const protocol::Heartbeat& heartbeat,
                                                       const site::Enrolment& enrolment,
                                                       net::HttpClient& http, const base::Clock& clock) {
  base::Instant sent = clock.now();
  auto reply = exchange(
      http, authorised(enrolment, "POST", "/api/v1/heartbeats", protocol::to_json(heartbeat)), clock);
  if (!reply) return std::unexpected(reply.error());
  base::Instant received = clock.now();
  auto parsed = protocol::parse_heartbeat_reply(reply->body);
  if (!parsed)
    return std::unexpected(Trouble{.status = reply->status, .reason = base::to_string(parsed.error())});
  base::Millis offset = parsed->hq_time - (sent + (received - sent) / 2);
  return HeartbeatAnswer{std::move(*parsed), offset};
}

}  // namespace halte::client
