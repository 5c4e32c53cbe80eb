// SPDX-License-Identifier: Apache-2.0
#include "sync/client/configuration_fetcher.h"

#include <utility>

#include "core/base/crypto.h"
#include "core/site/pictures.h"
#include "sync/protocol/protocol.h"

namespace halte::client {
namespace {

// Surveys with their texts and translations; pictures are not part of it.
constexpr std::size_t max_reply_bytes = 8u << 20;
constexpr std::size_t max_etag_bytes = 256;

std::unexpected<base::Error> refuse(std::string cause) {
  return base::fail("configuration", std::move(cause), "checking it", base::ErrorKind::refused);
}

base::Result<site::Configuration> verified(const site::Enrolment& enrolment, const std::string& payload,
                                           base::ByteView signature) {
  if (!base::verify(base::as_bytes(payload), signature, enrolment.signing_public_key))
    return refuse("its signature is not by this server's key");
  auto configuration = site::parse_configuration_text(payload);
  if (!configuration) return configuration;
  if (configuration->kiosk_id != enrolment.kiosk_id) return refuse("it is for another kiosk");
  return configuration;
}

}  // namespace

base::Result<FetchReport> ConfigurationFetcher::fetch(const site::Enrolment& enrolment) {
  auto current = store_.configuration();
  if (!current) return std::unexpected(current.error());
  net::HttpRequest request = authorised(enrolment, "GET", "/api/v1/kiosk/config");
  request.max_reply_bytes = max_reply_bytes;
  if (*current && !(*current)->etag.empty()) request.headers.emplace_back("If-None-Match", (*current)->etag);

  auto reply = exchange(http_, request, clock_);
  FetchReport report;
  if (!reply)
    report.trouble = reply.error();
  else if (reply->status == 200)
    return take(enrolment, *current, *reply);
  else if (reply->status != 304)
    report.trouble = Trouble{.status = reply->status, .reason = "not a configuration"};
  return report;
}

base::Result<FetchReport> ConfigurationFetcher::take(const site::Enrolment& enrolment,
                                                     const std::optional<site::StoredConfiguration>& current,
                                                     const net::HttpReply& reply) {
  auto wrapped = protocol::parse_signed_configuration(reply.body);
  if (!wrapped) return FetchReport{.refused = base::to_string(wrapped.error())};
  if (wrapped->key_id != enrolment.signing_key_id)
    return FetchReport{.refused = "configuration: signed with another key than the one of this enrolment"};
  auto configuration = verified(enrolment, wrapped->payload, wrapped->signature);
  if (!configuration) return FetchReport{.refused = base::to_string(configuration.error())};
  if (current && current->payload == wrapped->payload) return FetchReport{};
  if (current && configuration->version <= current->version)
    return FetchReport{.refused = "configuration: older than the one in use"};
  if (auto fit = check_(*configuration); !fit) return FetchReport{.refused = base::to_string(fit.error())};

  const std::vector<std::string> pictures = site::pictures_of(configuration->settings);
  auto trouble = fetch_pictures(enrolment, pictures);
  if (!trouble) return std::unexpected(trouble.error());
  if (*trouble) return FetchReport{.trouble = std::move(*trouble)};

  site::StoredConfiguration next{configuration->version, std::move(wrapped->payload),
                                 std::move(wrapped->signature), ""};
  if (auto etag = reply.header("ETag"); etag && etag->size() <= max_etag_bytes) next.etag = *etag;
  if (auto saved = store_.save_configuration(next); !saved) return std::unexpected(saved.error());
  if (auto kept = store_.keep_pictures(pictures); !kept) return std::unexpected(kept.error());
  return FetchReport{.replaced_by = std::make_shared<const site::Configuration>(std::move(*configuration))};
}

// What came of them stays when the next one does not come.
base::Result<std::optional<Trouble>> ConfigurationFetcher::fetch_pictures(
    const site::Enrolment& enrolment, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    auto known = store_.picture(id);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    net::HttpRequest request = authorised_picture(enrolment, "/api/v1/kiosk/pictures/" + id);
    request.max_reply_bytes = site::most_picture_bytes;
    auto reply = exchange(http_, request, clock_);
    if (!reply) return reply.error();
    if (site::picture_id(base::as_bytes(reply->body)) != id)
      return Trouble{.status = reply->status, .reason = "not the picture that the configuration names"};
    if (auto saved = store_.save_picture(id, base::as_bytes(reply->body)); !saved)
      return std::unexpected(saved.error());
  }
  return std::nullopt;
}

base::Result<std::optional<site::Configuration>> stored_configuration(site::IdentityStore& store) {
  auto enrolment = store.enrolment();
  if (!enrolment) return std::unexpected(enrolment.error());
  auto stored = store.configuration();
  if (!stored) return std::unexpected(stored.error());
  if (!*enrolment || !*stored) return std::nullopt;
  auto configuration = verified(**enrolment, (*stored)->payload, (*stored)->signature);
  if (!configuration) return std::unexpected(configuration.error());
  return std::move(*configuration);
}

}  // namespace halte::client
