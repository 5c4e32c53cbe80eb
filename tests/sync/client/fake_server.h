// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/crypto.h"
#include "core/site/enrolment.h"
#include "sync/net/http_client.h"
#include "sync/protocol/protocol.h"

namespace halte::tests {

// A server behind the network port: it keeps what it is sent by the rules of the contract, unless the script
// says what shall go wrong with the next batches.
class FakeServer final : public net::HttpClient {
 public:
  using Reply = base::Result<net::HttpReply>;
  using Fault = std::function<Reply(FakeServer&, const net::HttpRequest&)>;

  explicit FakeServer(const base::Clock& clock) : clock_(clock) {}

  Reply send(const net::HttpRequest& request) override;
  Reply honest(const net::HttpRequest& request);  // what send() does without a fault

  std::deque<Fault> script;        // one a batch, from the front
  std::function<Fault()> weather;  // asked for every request when the script is empty
  std::set<std::string> poison;    // a batch that holds one of these ids (hex) is refused with 400
  std::map<std::string, std::string> verdicts;  // id → reason of "rejected", or "retry"
  std::size_t largest_batch = 1000;             // items; above: 413
  net::HttpReply configuration;                 // what GET /kiosk/config gives; status 0: 304
  std::map<std::string, std::string> pictures;  // id → what GET /kiosk/pictures/{id} gives
  protocol::HeartbeatReply heartbeat_reply;
  bool revoked = false;
  std::set<std::size_t> new_epoch_at;  // batches (from 1 on) that are answered with new_epoch

  site::Enrolment enrolment;                // whom it knows
  std::map<std::string, std::string> rows;  // id → body
  std::map<std::string, int> stores;        // how often an id was stored for the first time
  std::vector<net::HttpRequest> requests;
  std::vector<protocol::Heartbeat> heartbeats;
  std::size_t batches = 0;
  std::set<std::string> erased;

 private:
  Reply take_batch(const net::HttpRequest& request);
  protocol::ItemResult judge(const outbox::Item& item);

  const base::Clock& clock_;
};

net::HttpReply json_reply(int status, std::string body);
net::HttpReply problem(int status, const std::string& detail, net::Headers more = {});
std::string header_of(const net::HttpRequest& request, std::string_view name);
// An enrolment with real keys; the server's signing key pair comes out beside it.
site::Enrolment an_enrolment(base::Random& random, base::SigningKeyPair* server_keys = nullptr);

namespace fault {
FakeServer::Fault no_route();              // nothing arrives
FakeServer::Fault lost_acknowledgement();  // stored, then the connection breaks
FakeServer::Fault cut_body();              // stored, then half an answer
FakeServer::Fault portal();                // 200 and HTML
FakeServer::Fault portal_json();           // 200, JSON, of somebody else
FakeServer::Fault redirect();
FakeServer::Fault wrong_nonce();
FakeServer::Fault wrong_protocol();
FakeServer::Fault missing_result();
FakeServer::Fault unknown_status();
FakeServer::Fault answer(net::HttpReply reply);  // nothing is stored
}  // namespace fault

}  // namespace halte::tests
