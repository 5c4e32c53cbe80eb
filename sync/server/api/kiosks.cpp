// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/site/asking.h"
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

const store::hq::SurveyRecord* find_survey(const std::vector<store::hq::SurveyRecord>& all,
                                           const site::Asked& asked) {
  const store::hq::SurveyRecord* newest = nullptr;  // they come by version
  for (const auto& record : all)
    if (record.id == asked.survey && (!asked.version || *asked.version == record.version)) newest = &record;
  return newest;
}

// Each survey version once, and what holds as steps that name them. False where there is no such survey.
bool add_asked(Json& json, const std::vector<site::AskingStep>& steps,
               const std::vector<store::hq::SurveyRecord>& all) {
  std::vector<const store::hq::SurveyRecord*> sent;
  json["surveys"] = json["asks"] = Json::array();
  for (const site::AskingStep& step : steps) {
    Json together = Json::array();
    for (const site::Asked& asked : step.asked) {
      const auto* survey = find_survey(all, asked);
      if (!survey) return false;
      if (std::ranges::find(sent, survey) == sent.end()) sent.push_back(survey);
      together.push_back({{"survey", survey->id}, {"version", survey->version}});
      if (!asked.variant.empty()) together.back()["variant"] = asked.variant;
    }
    json["asks"].push_back({{"surveys", std::move(together)}});
    if (step.from) json["asks"].back()["from"] = base::to_rfc3339(*step.from);
  }
  for (const auto* survey : sent)
    json["surveys"].push_back({{"id", survey->id},
                               {"version", survey->version},
                               {"definition", survey->definition},
                               {"metrics", survey->metrics}});
  return true;
}

std::vector<site::AskingStep> steps_here(const Json& here, const store::hq::TouchpointRecord& touchpoint,
                                         base::Instant at) {
  return site::plan(site::asking_at(here.value("asks", Json::object()), touchpoint.id),
                    {.survey = touchpoint.survey, .version = {}, .variant = {}}, at,
                    here.value("zone", "Etc/UTC"));
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
  // As of the day's beginning: one version is one document. A kiosk with a clock goes by the steps.
  base::Instant now = base::coarsen(s.clock.now(), std::chrono::days(1));
  Json json = shared_configuration(o, *notices, version_of(o, now), now);
  if (!branch || !touchpoint || !add_asked(json, steps_here(here, *touchpoint, now), *surveys))
    return base::fail("kiosk " + kiosk.id, "has no branch, touchpoint or survey yet",
                      "building its configuration", base::ErrorKind::conflict);
  json["branch"] = {{"id", branch->id},
                    {"name", branch->name},
                    {"region", branch->region},
                    {"zone", here.value("zone", "Etc/UTC")},
                    {"opening_hours", here.value("opening_hours", Json::object())}};
  json["settings"] = here.value("settings", Json::object());
  json["touchpoint"] = {{"id", touchpoint->id}, {"name", touchpoint->name}};
  json["kiosk"] = {{"id", kiosk.id}, {"name", kiosk.name}, {"paused", kiosk.paused}};
  if (*pin) json["kiosk"]["pin"] = {{"hash", (*pin)->hash}, {"generation", (*pin)->generation}};
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
  std::string body = protocol::to_json(protocol::SignedConfiguration{*payload, signature, o.signing_key_id});
  if (body.size() > protocol::max_configuration_bytes) {
    s.log->error("configuration of kiosk {}: {} bytes, of which a kiosk takes {}", kiosk->id, body.size(),
                 protocol::max_configuration_bytes);
    return http::problem(http::Problem::conflict, "its surveys are too large together");
  }
  http::Response answer = as_json(std::move(body));
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
  if (auto refused = wrong_type(request)) return std::move(*refused);
  auto beat = protocol::parse_heartbeat(request.body);
  if (!beat) return http::problem(http::Problem::invalid_content, base::to_string(beat.error()));
  base::Instant now = s.clock.now();
  auto known = s.store.add_coverage(
      {kiosk->row, kiosk->branch, kiosk->touchpoint, std::exchange(beat->coverage, {})}, now);
  if (!known) return http::problem_for(known.error());
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
  return as_json(
      protocol::to_json(protocol::HeartbeatReply{now, 0, std::move(*erased), news->is_behind, *known}));
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
