// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/fleet.h"

#include <algorithm>

#include "core/site/alerts.h"
#include "sync/server/api/configuration.h"

namespace halte::api {

using base::Json;

namespace {

std::optional<site::KioskReport> report_of(const World& w, const store::hq::KioskRecord& kiosk) {
  auto beat = w.heartbeats.find(kiosk.id);
  if (beat == w.heartbeats.end()) return std::nullopt;
  const Json& body = beat->second.body;
  const auto whole = [&](const char* key) { return body.value(key, std::int64_t{0}); };
  return site::KioskReport{beat->second.at,
                           whole("pending"),
                           whole("parked"),
                           whole("oldest_pending_s"),
                           whole("free_disk_bytes"),
                           whole("clock_offset_ms"),
                           body.value("database", ""),
                           body.value("screen", "")};
}

Json alerts_json(const World& w, const site::Tree& tree, const store::hq::KioskRecord& kiosk,
                 base::Instant now) {
  Json list = Json::array();
  if (!kiosk.enrolled() || kiosk.revoked) return list;
  const Json here = site::inherit(path_to(tree, kiosk)).values;
  const std::chrono::minutes silence(here.value("silent_minutes", site::default_silent_minutes));
  for (site::Alert alert :
       site::alerts_of(report_of(w, kiosk), now, hours_at(here), here.value("zone", "Etc/UTC"), silence))
    list.push_back(site::name_of(alert));
  return list;
}

// What it said last, or what stands there before it has said anything.
Json report_json(const World& w, const store::hq::KioskRecord& kiosk) {
  Json json{{"last_seen", nullptr},
            {"pending", 0},
            {"oldest_pending_s", 0},
            {"parked", 0},
            {"version", ""},
            {"database", ""},
            {"screen", ""},
            {"last_touch", nullptr},
            {"free_disk_bytes", nullptr},
            {"clock_offset_ms", nullptr},
            {"uptime_s", nullptr},
            {"configuration", nullptr}};
  auto beat = w.heartbeats.find(kiosk.id);
  if (beat == w.heartbeats.end()) return json;
  const Json& body = beat->second.body;
  json["last_seen"] = base::to_rfc3339(std::chrono::floor<std::chrono::seconds>(beat->second.at));
  for (const char* field : {"pending", "oldest_pending_s", "parked", "free_disk_bytes", "clock_offset_ms",
                            "uptime_s", "database", "screen", "last_touch"})
    if (body.contains(field)) json[field] = body[field];
  json["version"] = body.value("software", "");
  json["configuration"] = body.value("configuration_version", std::int64_t{0});
  return json;
}

bool may_see(const auth::Session& person, const store::hq::KioskRecord& kiosk) {
  return auth::may(person.roles, auth::access::headquarters) ||
         std::ranges::find(person.branches, kiosk.branch) != person.branches.end();
}

http::Response list(Services& s, const auth::Session& person) {
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  const site::Tree tree = world->tree();
  const base::Instant now = s.clock.now();
  Json kiosks = Json::array();
  for (const auto& kiosk : world->kiosks)
    if (may_see(person, kiosk)) kiosks.push_back(kiosk_json(*world, tree, kiosk, now));
  return http::Response::json(
      200, {{"kiosks", std::move(kiosks)}, {"newest_configuration", version_of(world->organisation, now)}});
}

// From now on its token opens nothing, and nothing that it holds is deleted. A new enrolment lets it back in.
http::Response revoke(Services& s, const http::Request& request, const auth::Session& person) {
  const std::string id(request.path_parameters.get_or("id", ""));
  auto kiosks = s.store.kiosks();
  if (!kiosks) return http::problem_for(kiosks.error());
  auto kiosk = std::ranges::find(*kiosks, id, &store::hq::KioskRecord::id);
  if (kiosk == kiosks->end()) return http::problem(http::Problem::not_found, "no kiosk of that id");
  store::hq::Provision change;
  change.kiosks = {*kiosk};
  change.kiosks.front().revoked = true;
  if (auto revoked = s.store.provision(change); !revoked) return http::problem_for(revoked.error());
  (void)s.store.audit({person.email, "kiosk revoked", id}, s.clock.now());
  s.events.publish({"kiosks", "{}", ""});
  return http::Response::empty(204);
}

}  // namespace

Json kiosk_json(const World& w, const site::Tree& tree, const store::hq::KioskRecord& kiosk,
                base::Instant now) {
  Json json = report_json(w, kiosk);
  json["id"] = kiosk.id;
  json["name"] = kiosk.name;
  json["branch"] = {{"id", kiosk.branch}, {"name", w.branch_name(kiosk.branch)}};
  json["touchpoint"] = {{"id", kiosk.touchpoint}, {"name", w.touchpoint_name(kiosk.touchpoint)}};
  json["state"] = kiosk_state(w, kiosk, now);
  json["enrolled"] = kiosk.enrolled();
  json["revoked"] = kiosk.revoked;
  json["paused"] = kiosk.paused;
  json["alerts"] = alerts_json(w, tree, kiosk, now);
  return json;
}

void add_fleet_routes(http::Router& router, Services& s) {
  router.add(for_person(s, "GET", "/api/v1/kiosks", auth::access::figures,
                        [&s](const auto&, const auto& person) { return list(s, person); }));
  router.add(
      for_person(s, "POST", "/api/v1/kiosks/{id}/revocation", auth::access::organisation,
                 [&s](const auto& request, const auto& person) { return revoke(s, request, person); }));
}

}  // namespace halte::api
