// SPDX-License-Identifier: Apache-2.0
#include "sync/client/enrolment.h"

#include <utility>

#include "sync/client/exchange.h"
#include "sync/client/server_url.h"
#include "sync/protocol/protocol.h"

namespace halte::client {
namespace {

constexpr std::size_t code_bytes = 10;  // 80 bits
constexpr std::string_view doing = "enrolling this kiosk";

std::unexpected<base::Error> not_enrolled(const std::string& server, const Trouble& trouble) {
  switch (trouble.state) {
    case SyncState::must_enrol:
      return base::fail("enrolment code", "wrong, used or older than an hour", std::string(doing),
                        base::ErrorKind::refused);
    case SyncState::busy:
      return base::fail(server, trouble.reason, std::string(doing), base::ErrorKind::unavailable);
    default:
      return base::fail(server, trouble.reason, std::string(doing),
                        trouble.status == 0 && trouble.state == SyncState::offline
                            ? base::ErrorKind::unavailable
                            : base::ErrorKind::refused);
  }
}

site::Enrolment enrolment_of(std::string server_url, base::SigningKeyPair keys,
                             protocol::EnrolmentReply reply) {
  return {std::move(server_url),
          std::move(reply.kiosk_id),
          std::move(reply.token),
          std::move(keys.public_key),
          std::move(keys.secret_key),
          std::move(reply.sealing_key_id),
          std::move(reply.sealing_public_key),
          std::move(reply.signing_key_id),
          std::move(reply.signing_public_key),
          std::move(reply.receipt_key)};
}

}  // namespace

base::Result<site::Enrolment> enrol(const EnrolmentWish& wish, site::IdentityStore& store,
                                    net::HttpClient& http, const base::Clock& clock, base::Random& random) {
  auto server = parse_server_url(wish.server_url);
  if (!server) return std::unexpected(server.error());
  auto code = base::from_crockford(wish.code, code_bytes);
  if (!code)
    return base::fail("enrolment code", "is not 16 letters and digits", std::string(doing),
                      base::ErrorKind::invalid);
  base::SigningKeyPair keys = base::make_signing_key_pair(random);

  net::HttpRequest request;
  request.method = "POST";
  request.url = *server + "/api/v1/enrolments";
  request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/json"}};
  request.body = protocol::to_json(
      protocol::EnrolmentRequest{base::to_crockford(*code), keys.public_key, wish.name, wish.software});
  auto reply = exchange(http, request, clock);
  if (!reply) return not_enrolled(*server, reply.error());
  if (reply->status != 201)
    return base::fail(*server, "not an answer to an enrolment", std::string(doing), base::ErrorKind::refused);
  auto parsed = protocol::parse_enrolment_reply(reply->body);
  if (!parsed) return std::unexpected(parsed.error());

  site::Enrolment enrolment = enrolment_of(std::move(*server), std::move(keys), std::move(*parsed));
  if (auto saved = store.save_enrolment(enrolment); !saved) return std::unexpected(saved.error());
  return enrolment;
}

}  // namespace halte::client
