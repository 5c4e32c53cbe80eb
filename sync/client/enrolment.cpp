// SPDX-License-Identifier: Apache-2.0
#include "sync/client/enrolment.h"

#include <utility>

#include "sync/client/exchange.h"
#include "sync/client/server_url.h"
#include "sync/client/uploader.h"
#include "sync/protocol/protocol.h"

namespace halte::client {
namespace {

constexpr std::size_t code_bytes = 10;  // 80 bits
constexpr std::string_view doing = "enrolling this kiosk";

std::unexpected<base::Error> not_enrolled(const std::string& server, const Trouble& trouble) {
  switch (trouble.state) {
    case SyncState::busy:
      return base::fail(server, trouble.reason, std::string(doing), base::ErrorKind::unavailable);
    default:
      return base::fail(server, trouble.reason, std::string(doing),
                        trouble.status == 0 && trouble.state == SyncState::offline
                            ? base::ErrorKind::unavailable
                            : base::ErrorKind::refused);
  }
}

std::unexpected<base::Error> no_answer(const std::string& server) {
  return base::fail(server, "not an answer to an enrolment", std::string(doing), base::ErrorKind::refused);
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

// Numbers count per kiosk, and an organisation is known by the key that it signs with: a server may move.
bool is_same_kiosk(const site::Enrolment& a, const site::Enrolment& b) {
  return a.kiosk_id == b.kiosk_id && a.signing_public_key == b.signing_public_key;
}

// As far as it goes: what stays is the store's reason to refuse another identity.
base::Result<std::size_t> deliver(const site::Enrolment& as, site::IdentityStore& store, Uploader& uploader,
                                  outbox::Outbox& outbox, bool clock_synced) {
  std::size_t delivered = 0;
  if (auto again = outbox.unpark(); !again) return std::unexpected(again.error());
  while (true) {
    auto epoch = store.epoch();
    if (!epoch) return std::unexpected(epoch.error());
    auto report = uploader.cycle(as, *epoch, clock_synced);
    if (!report) return std::unexpected(report.error());
    delivered += report->delivered;
    if (report->trouble || report->claimed == 0) return delivered;
  }
}

// What a server that can be reached has refused for good keeps the old identity: better known before the new
// code is spent. The same kiosk at another address is told only by the answer, so where the old one is out of
// reach the code goes first.
base::Result<std::size_t> leave(const site::Enrolment& old, site::IdentityStore& store, Uploader& uploader,
                                outbox::Outbox& outbox, bool clock_synced) {
  auto delivered = deliver(old, store, uploader, outbox, clock_synced);
  if (!delivered) return delivered;
  auto status = outbox.status();
  if (!status) return std::unexpected(status.error());
  if (status->pending == 0 && status->parked > 0)
    return base::fail("answers of kiosk '" + old.kiosk_id + "'",
                      std::to_string(status->parked) + " were refused by their server and lie here",
                      std::string(doing) + " at another", base::ErrorKind::conflict);
  return delivered;
}

// Before the new identity is saved: a crash in between leaves the old one with numbers from 1 on, as whole as
// it was. Not where the store is going to refuse it.
base::Status begin_anew(bool keeps_id, outbox::Outbox& outbox, base::Random& random) {
  auto status = outbox.status();
  if (!status) return std::unexpected(status.error());
  if (status->pending + status->parked > 0 && !keeps_id) return {};
  return outbox.begin_epoch(outbox::make_epoch(random));
}

base::Result<site::Enrolment> trade(const EnrolmentWish& wish, const std::string& server,
                                    const std::string& code, net::HttpClient& http, const base::Clock& clock,
                                    base::Random& random) {
  base::SigningKeyPair keys = base::make_signing_key_pair(random);
  net::HttpRequest request;
  request.method = "POST";
  request.url = server + "/api/v1/enrolments";
  request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/json"}};
  request.body =
      protocol::to_json(protocol::EnrolmentRequest{code, keys.public_key, wish.name, wish.software});
  auto reply = exchange(http, request, clock);
  if (!reply && reply.error().state == SyncState::must_enrol)
    return base::fail("enrolment code", "wrong, used or older than an hour", std::string(doing),
                      base::ErrorKind::refused);
  if (!reply) return not_enrolled(server, reply.error());
  if (reply->status != 201) return no_answer(server);
  auto parsed = protocol::parse_enrolment_reply(reply->body);
  if (!parsed) return std::unexpected(parsed.error());
  return enrolment_of(server, std::move(keys), std::move(*parsed));
}

// Over the one before, if there is one, and after what that one still had to deliver.
base::Result<Enrolled> take(site::Enrolment enrolment, const std::optional<site::Enrolment>& before,
                            std::size_t delivered_before, bool clock_synced, site::IdentityStore& store,
                            Uploader& uploader, outbox::Outbox& outbox, base::Random& random) {
  if (before && !is_same_kiosk(*before, enrolment)) {
    auto delivered = deliver(*before, store, uploader, outbox, clock_synced);
    if (!delivered) return std::unexpected(delivered.error());
    delivered_before += *delivered;
    const bool keeps_id = before->kiosk_id == enrolment.kiosk_id;
    if (auto fresh = begin_anew(keeps_id, outbox, random); !fresh) return std::unexpected(fresh.error());
  }
  if (auto saved = store.save_enrolment(enrolment); !saved) return std::unexpected(saved.error());
  return Enrolled{std::move(enrolment), delivered_before};
}

base::Result<base::SigningKeyPair> key_to_ask_with(site::IdentityStore& store, base::Random& random) {
  auto kept = store.asking_key();
  if (!kept) return std::unexpected(kept.error());
  if (*kept) return std::move(**kept);
  base::SigningKeyPair keys = base::make_signing_key_pair(random);
  if (auto saved = store.save_asking_key(keys); !saved) return std::unexpected(saved.error());
  return keys;
}

net::HttpRequest request_of(const std::string& server, const protocol::EnrolmentAsk& ask,
                            const base::SigningKeyPair& keys) {
  net::HttpRequest request;
  request.method = "POST";
  request.url = server + "/api/v1/enrolment-requests";
  request.body = protocol::to_json(ask);
  request.headers = {{"Accept", "application/json"},
                     {"Content-Type", "application/json"},
                     {std::string(protocol::signature_header),
                      base::to_base64url(base::sign(base::as_bytes(request.body), keys.secret_key))}};
  return request;
}

base::Result<std::variant<Waiting, site::Enrolment>> knock(const std::string& server,
                                                           const std::string& software, Asking& asking,
                                                           base::SigningKeyPair keys, net::HttpClient& http,
                                                           const base::Clock& clock) {
  auto reply = exchange(http, request_of(server, {keys.public_key, software, asking.nonce}, keys), clock);
  if (!reply && reply.error().status == 404 && reply.error().from_server)
    return base::fail(server, "takes codes alone", std::string(doing), base::ErrorKind::not_found);
  if (!reply) return not_enrolled(server, reply.error());
  if (reply->status == 202) {
    auto wait = protocol::parse_enrolment_wait(reply->body);
    if (!wait) return std::unexpected(wait.error());
    asking = {server, std::move(wait->nonce)};
    return Waiting{site::fingerprint_of(keys.public_key), std::move(wait->page),
                   std::chrono::seconds(wait->poll_after_s)};
  }
  if (reply->status != 201) return no_answer(server);
  auto parsed = protocol::parse_enrolment_reply(reply->body);
  if (!parsed) return std::unexpected(parsed.error());
  return enrolment_of(server, std::move(keys), std::move(*parsed));
}

}  // namespace

base::Result<Enrolled> enrol(const EnrolmentWish& wish, site::IdentityStore& store, outbox::Outbox& outbox,
                             net::HttpClient& http, const base::Clock& clock, base::Random& random) {
  auto server = parse_server_url(wish.server_url);
  if (!server) return std::unexpected(server.error());
  auto code = base::from_crockford(wish.code, code_bytes);
  if (!code)
    return base::fail("enrolment code", "is not 16 letters and digits", std::string(doing),
                      base::ErrorKind::invalid);
  auto before = store.enrolment();
  if (!before) return std::unexpected(before.error());
  Uploader uploader(outbox, http, clock, random);
  std::size_t delivered_before = 0;
  if (*before && (*before)->server_url != *server) {
    auto left = leave(**before, store, uploader, outbox, wish.clock_synced);
    if (!left) return std::unexpected(left.error());
    delivered_before = *left;
  }
  auto enrolment = trade(wish, *server, base::to_crockford(*code), http, clock, random);
  if (!enrolment) return std::unexpected(enrolment.error());
  return take(std::move(*enrolment), *before, delivered_before, wish.clock_synced, store, uploader, outbox,
              random);
}

base::Result<std::variant<Waiting, Enrolled>> ask_approval(const ApprovalWish& wish, Asking& asking,
                                                           site::IdentityStore& store, outbox::Outbox& outbox,
                                                           net::HttpClient& http, const base::Clock& clock,
                                                           base::Random& random) {
  auto server = parse_server_url(wish.server_url);
  if (!server) return std::unexpected(server.error());
  auto before = store.enrolment();
  if (!before) return std::unexpected(before.error());
  Uploader uploader(outbox, http, clock, random);
  std::size_t delivered_before = 0;
  const bool is_first = asking.server_url != *server;
  if (is_first) asking = {};
  // Once, not with each request: what was refused is not sent every five seconds.
  if (is_first && *before && (*before)->server_url != *server) {
    auto left = leave(**before, store, uploader, outbox, wish.clock_synced);
    if (!left) return std::unexpected(left.error());
    delivered_before = *left;
  }
  auto keys = key_to_ask_with(store, random);
  if (!keys) return std::unexpected(keys.error());
  auto answer = knock(*server, wish.software, asking, std::move(*keys), http, clock);
  if (!answer) return std::unexpected(answer.error());
  if (auto* waiting = std::get_if<Waiting>(&*answer)) return std::move(*waiting);
  asking = {};
  auto taken = take(std::move(std::get<site::Enrolment>(*answer)), *before, delivered_before,
                    wish.clock_synced, store, uploader, outbox, random);
  if (!taken) return std::unexpected(taken.error());
  return std::move(*taken);
}

}  // namespace halte::client
