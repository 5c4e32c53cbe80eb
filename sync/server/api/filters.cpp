// SPDX-License-Identifier: Apache-2.0
// What reports can be filtered by: the places that this person may see, and the languages that are asked in.
#include <algorithm>
#include <set>

#include "sync/server/api/world.h"

namespace halte::api {
namespace {

using base::Json;

std::set<std::string> languages_of(const World& world) {
  std::set<std::string> all;
  const auto add = [&](const Json& own) {
    const Json settings = own.value("settings", Json::object());
    for (const Json& language : settings.value("languages", Json::array()))
      if (language.is_string()) all.insert(language);
  };
  add(world.organisation.own);
  for (const auto& region : world.regions) add(region.own);
  for (const auto& branch : world.branches) add(branch.own);
  for (const auto& kiosk : world.kiosks) add(kiosk.own);
  return all;
}

http::Response filters(Services& s, const auth::Session& person) {
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  const bool sees_all = auth::may(person.roles, auth::access::headquarters);
  Json regions = Json::array(), branches = Json::array(), touchpoints = Json::array();
  if (sees_all)
    for (const auto& region : world->regions) regions.push_back({{"id", region.id}, {"name", region.name}});
  for (const auto& branch : world->branches)
    if (sees_all || std::ranges::find(person.branches, branch.id) != person.branches.end())
      branches.push_back({{"id", branch.id}, {"name", branch.name}});
  for (const auto& touchpoint : world->touchpoints)
    touchpoints.push_back({{"id", touchpoint.id}, {"name", touchpoint.name}});
  return http::Response::json(200, {{"regions", std::move(regions)},
                                    {"branches", std::move(branches)},
                                    {"touchpoints", std::move(touchpoints)},
                                    {"languages", languages_of(*world)}});
}

}  // namespace

void add_filter_routes(http::Router& router, Services& s) {
  router.add(for_person(s, "GET", "/api/v1/filters", auth::access::figures,
                        [&s](const auto&, const auto& person) { return filters(s, person); }));
}

}  // namespace halte::api
