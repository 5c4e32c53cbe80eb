// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "core/outbox/outbox.h"
#include "sync/client/status.h"
#include "sync/protocol/protocol.h"

namespace halte::client {

// The figures of one heartbeat. `clock_offset` as known from the one before.
protocol::Heartbeat make_heartbeat(const DeviceState& device, const outbox::Status& outbox,
                                   const std::string& epoch, std::int64_t configuration_version,
                                   std::optional<base::Millis> clock_offset, base::Instant now);

struct HeartbeatAnswer {
  protocol::HeartbeatReply reply;
  base::Millis clock_offset{0};  // server's clock minus ours, from the middle of the exchange
};

// Blocks for one request.
std::expected<HeartbeatAnswer, Trouble> send_heartbeat(const protocol::Heartbeat& heartbeat,
                                                       const site::Enrolment& enrolment,
                                                       net::HttpClient& http, const base::Clock& clock);

}  // namespace halte::client
