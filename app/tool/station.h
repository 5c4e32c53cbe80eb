// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/tool/visitor_model.h"
#include "core/base/time.h"
#include "sync/net/http_client.h"
#include "sync/protocol/protocol.h"

namespace halte::tool {

// A kiosk without a window: has its own keys, signs what its visitors answered and sends it. One thread.
class Station {
 public:
  struct Wire {
    net::HttpClient& http;
    std::string server;
    const base::Clock& clock;
    base::Random& random;  // for keys and nonces
  };
  static base::Result<Station> enrol(const Wire& wire, const std::string& code, SimulatedKiosk kiosk);

  const SimulatedKiosk& kiosk() const { return kiosk_; }

  // A batch as it goes over the wire, signed; numbers its items on.
  struct Signed {
    protocol::Batch batch;
    net::HttpRequest request;
  };
  Signed sign(const Wire& wire, const std::vector<response::Response>& responses);
  // Every item must be stored.
  static base::Status deliver(const Wire& wire, const Signed& batch);
  base::Status heartbeat(const Wire& wire) const;

 private:
  net::HttpRequest request(const Wire& wire, const std::string& path, std::string body) const;

  SimulatedKiosk kiosk_;
  std::string token_;
  base::SigningKeyPair keys_;
  std::string epoch_;
  std::uint64_t next_seq_ = 1;
};

}  // namespace halte::tool
