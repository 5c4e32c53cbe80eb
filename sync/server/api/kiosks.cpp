// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/site/configuration.h"
#include "sync/protocol/protocol.h"
#include "sync/server/api/configuration.h"
#include "sync/server/api/services.h"
#include "sync/server/api/world.h"

namespace halte::api {
namespace {

using base::Json;

http::Response as_json(std::string body) {
  http::Response answer = http::Response::text(200, std::move(body));
  answer.headers.set("Content-Type", "application/json");
  return answer;
}

const store::hq::SurveyRecord* newest_survey(const std::vector<store::hq::SurveyRecord>& all,
                                             const std::string& id) {
  const store::hq::SurveyRecord* newest = nullptr;
  for (const auto& record : all)
    if (record.id == id) newest = &record;
  return newest;
}

std::string survey_asked(const Json& here, const store::hq::TouchpointRecord& touchpoint) {
  const Json asks = here.value("asks", Json::object());
  return asks.value(touchpoint.id, touchpoint.survey);
}

// The one document that a kiosk obeys. Written as JSON and read back by the same strict reader that the
// kiosk uses, so that a mistake shows here and not in the shop.
base::Result<std::string> build_configuration(Services& s, const store::hq::OrganisationRecord& o,
                                              const store::hq::KioskRecord& kiosk) {
  auto world = read_world(s);
  auto surveys = s.store.surveys();
  auto notices = s.store.notices();
  auto pin = s.store.given_pin(kiosk.id);
  if (!world || !surveys || !notices || !pin)
    return base::fail("configuration", "the store does not answer", "building it",
                      base::ErrorKind::unavailable);
  const Json here = site::inherit(path_to(world->tree(), kiosk)).values;
  const auto* branch = world->branch(kiosk.branch);
  const auto* touchpoint = world->touchpoint(kiosk.touchpoint);
  const auto* survey = touchpoint ? newest_survey(*surveys, survey_asked(here, *touchpoint)) : nullptr;
  if (!branch || !touchpoint || !survey)
    return base::fail("kiosk " + kiosk.id, "has no branch, touchpoint or survey yet",
                      "building its configuration", base::ErrorKind::conflict);
  base::Instant now = base::coarsen(s.clock.now(), std::chrono::days(1));
  Json json = shared_configuration(o, *notices, version_of(o, now), now);
  json["branch"] = {{"id", branch->id},
                    {"name", branch->name},
                    {"region", branch->region},
                    {"zone", here.value("zone", "Etc/UTC")},
                    {"opening_hours", here.value("opening_hours", Json::object())}};
  json["settings"] = here.value("settings", Json::object());
  json["touchpoint"] = {{"id", touchpoint->id}, {"name", touchpoint->name}};
  json["kiosk"] = {{"id", kiosk.id}, {"name", kiosk.name}};
  if (*pin) json["kiosk"]["pin"] = {{"hash", (*pin)->hash}, {"generation", (*pin)->generation}};
  json["survey"] = {{"id", survey->id}, {"version", survey->version}, {"definition", survey->definition}};
  json["metrics"] = survey->metrics;
  json["receipt_url"] = s.public_url + "/r";
  auto checked = site::parse_configuration(json);
  if (!checked)
    return base::fail("configuration of kiosk " + kiosk.id, base::to_string(checked.error()), "building it",
                      base::ErrorKind::invalid);
  return base::to_text(json);
}

http::Response configuration(Services& s, const http::Request& request) {
  auto kiosk = authenticated_kiosk(s, request);
  if (!kiosk) return std::move(kiosk.error());
  auto organisation = s.store.organisation();
  if (!organisation) return http::problem_for(organisation.error());
  if (!*organisation) return http::problem(http::Problem::not_found);
  const auto& o = **organisation;
  std::string etag = fmt::format("\"{}\"", version_of(o, s.clock.now()));
  if (auto known = request.headers.get("If-None-Match"); known && http::etag_matches(*known, etag)) {
    http::Response unchanged = http::Response::empty(304);
    unchanged.headers.set("ETag", etag);
    return unchanged;
  }
  auto payload = build_configuration(s, o, *kiosk);
  if (!payload) {
    s.log->error("{}", base::to_string(payload.error()));
    return http::problem_for(payload.error());
  }
  base::Bytes signature = base::sign(base::as_bytes(*payload), o.signing_secret_key);
  http::Response answer =
      as_json(protocol::to_json(protocol::SignedConfiguration{*payload, signature, o.signing_key_id}));
  answer.headers.set("ETag", etag);
  return answer;
}

// Each odd history once, in the log: whoever keeps the kiosks has to look at that machine.
void tell_history(Services& s, const std::string& kiosk, const store::hq::EpochNews& news) {
  if (news.is_behind)
    s.log->warn(
        "kiosk {}: an older copy of its database was put back, or a copy of it runs on another machine; it "
        "is told "
        "to number its answers anew; halte-hq gaps says whether something is missing",
        kiosk);
  if (news.returns && news.returned == 1)
    s.log->warn(
        "kiosk {}: two copies of its disk are at work under one identity; both are counted, but enrol one of "
        "the "
        "machines as a kiosk of its own",
        kiosk);
}

http::Response heartbeat(Services& s, const http::Request& request) {
  auto kiosk = authenticated_kiosk(s, request);
  if (!kiosk) return std::move(kiosk.error());
  auto beat = protocol::parse_heartbeat(request.body);
  if (!beat) return http::problem(http::Problem::invalid_content, base::to_string(beat.error()));
  base::Instant now = s.clock.now();
  auto body = base::parse_json(protocol::to_json(*beat), "heartbeat");
  if (auto saved = s.store.save_heartbeat({kiosk->id, now, std::move(*body)}); !saved)
    return http::problem_for(saved.error());
  auto news =
      s.store.note_epoch({kiosk->row, beat->epoch, beat->captured, beat->pending + beat->parked}, now);
  if (!news) return http::problem_for(news.error());
  tell_history(s, kiosk->id, *news);
  auto erased = s.store.take_erased(kiosk->row);
  if (!erased) return http::problem_for(erased.error());
  s.events.publish({"kiosks", "{}", ""});
  return as_json(protocol::to_json(protocol::HeartbeatReply{now, 0, std::move(*erased), news->is_behind}));
}

}  // namespace

void add_kiosk_routes(http::Router& router, Services& s) {
  auto add = [&](const char* method, const char* path, auto handler) {
    router.add(
        {method, path, std::string(auth::access::kiosk),
         s.workers.handler([&s, handler](const http::Request& request) { return handler(s, request); })});
  };
  add("GET", "/api/v1/kiosk/config", configuration);
  add("POST", "/api/v1/heartbeats", heartbeat);
}

}  // namespace halte::api
