// SPDX-License-Identifier: Apache-2.0
#include "sync/client/configuration_fetcher.h"

#include <utility>

#include "core/base/crypto.h"
#include "core/site/pictures.h"
#include "sync/protocol/protocol.h"

namespace halte::client {
namespace {

constexpr std::size_t max_etag_bytes = 256;
constexpr base::Millis picture_timeout{5 * 60'000};  // 4 MiB over 128 kbit/s

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
  request.max_reply_bytes = protocol::max_configuration_bytes;
  if (!is_usable_) is_usable_ = stored_configuration(store_).has_value();
  if (*is_usable_ && *current && !(*current)->etag.empty())
    request.headers.emplace_back("If-None-Match", (*current)->etag);

  auto reply = exchange(http_, request, clock_);
  if (!reply) return FetchReport{.trouble = reply.error()};
  if (reply->status != 200 && reply->status != 304)
    return FetchReport{.trouble = Trouble{.status = reply->status, .reason = "not a configuration"}};
  auto report = reply->status == 200 ? take(enrolment, *current, *reply) : FetchReport{};
  if (report) fetch_pictures(enrolment, *report);
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
  if (*is_usable_ && current && current->payload == wrapped->payload) return FetchReport{};
  if (current && configuration->version < current->version + (*is_usable_ ? 1 : 0))
    return FetchReport{.refused = "configuration: older than the one in use"};
  if (auto fit = check_(*configuration); !fit) return FetchReport{.refused = base::to_string(fit.error())};

  site::StoredConfiguration next{configuration->version, std::move(wrapped->payload),
                                 std::move(wrapped->signature), ""};
  if (auto etag = reply.header("ETag"); etag && etag->size() <= max_etag_bytes) next.etag = *etag;
  if (auto saved = store_.save_configuration(next); !saved) return std::unexpected(saved.error());
  is_usable_ = true;
  return FetchReport{.replaced_by = std::make_shared<const site::Configuration>(std::move(*configuration))};
}

// What is missing of the pictures that the configuration in use names. One that comes is a change for the
// glass; one that does not, or finds no room, stops nobody from being asked.
void ConfigurationFetcher::fetch_pictures(const site::Enrolment& enrolment, FetchReport& report) {
  std::shared_ptr<const site::Configuration> in_use = report.replaced_by;
  if (!in_use && has_pictures_) return;
  if (!in_use) {
    auto stored = stored_configuration(store_);
    if (!stored || !*stored) return;  // what cannot be used needs no pictures
    in_use = std::make_shared<const site::Configuration>(std::move(**stored));
  }
  const std::vector<std::string> ids = site::pictures_of(in_use->settings);
  for (const std::string& id : ids) {
    auto known = store_.picture(id);
    if (known && *known && site::picture_id(**known) == id) continue;
    auto fetched = fetch_picture(enrolment, id);
    if (!fetched) report.picture_missing = fetched.error();
    if (fetched) report.replaced_by = in_use;
  }
  has_pictures_ = report.picture_missing.empty();
  if (has_pictures_) (void)store_.keep_pictures(ids);  // else, and on a fault, at the next change
}

std::expected<void, std::string> ConfigurationFetcher::fetch_picture(const site::Enrolment& enrolment,
                                                                     const std::string& id) {
  net::HttpRequest request =
      authorised(enrolment, "GET", "/api/v1/kiosk/pictures/" + id, {}, "image/png, image/jpeg");
  request.max_reply_bytes = site::most_picture_bytes;
  request.total_timeout = picture_timeout;
  auto reply = exchange(http_, request, clock_);
  if (!reply) return std::unexpected("a picture did not come: " + reply.error().reason);
  if (site::picture_id(base::as_bytes(reply->body)) != id)
    return std::unexpected("a picture is not the one that the configuration names");
  auto saved = store_.save_picture(id, base::as_bytes(reply->body));
  if (!saved) return std::unexpected(base::to_string(saved.error()));
  return {};
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
