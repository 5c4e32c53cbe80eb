// SPDX-License-Identifier: Apache-2.0
// What happened when: a refit, a promotion, so that whoever reads a trend can tell.
#include <algorithm>
#include <charconv>

#include "sync/server/api/world.h"

namespace halte::api {
namespace {

using base::Json;
using store::hq::MarkerRecord;

constexpr std::size_t label_most = 120;  // bytes

Json to_json(const MarkerRecord& marker) {
  const auto or_null = [](const std::string& id) { return id.empty() ? Json(nullptr) : Json(id); };
  return {{"id", std::to_string(marker.row)},
          {"day", marker.day},
          {"label", marker.label},
          {"region", or_null(marker.region)},
          {"branch", or_null(marker.branch)},
          {"touchpoint", or_null(marker.touchpoint)}};
}

http::Response list(Services& s) {
  auto all = s.store.markers();
  if (!all) return http::problem_for(all.error());
  Json markers = Json::array();
  for (const auto& marker : *all) markers.push_back(to_json(marker));
  return http::Response::json(200, {{"markers", std::move(markers)}});
}

http::Response add(Services& s, const http::Request& request, const auth::Session& person) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  base::Problems problems;
  base::ObjectReader o(*body, "", problems);
  MarkerRecord marker;
  const auto day = o.date("day");
  if (!day && !o.has("day")) o.problem("day", "is missing: the day, as 2026-11-28");
  if (day) marker.day = base::to_text(*day);
  marker.label = o.text("label");
  if (marker.label.size() > label_most) o.problem("label", "has more than 120 bytes");
  marker.region = o.optional_text("region").value_or("");
  marker.branch = o.optional_text("branch").value_or("");
  marker.touchpoint = o.optional_text("touchpoint").value_or("");
  if (!marker.branch.empty() && !world->branch(marker.branch))
    o.problem("branch", "there is none of that id");
  if (!marker.touchpoint.empty() && !world->touchpoint(marker.touchpoint))
    o.problem("touchpoint", "there is none of that id");
  if (!marker.region.empty() &&
      std::ranges::find(world->regions, marker.region, &store::hq::RegionRecord::id) == world->regions.end())
    o.problem("region", "there is none of that id");
  o.refuse_unknown_keys();
  if (!problems.empty()) return http::problem(http::Problem::invalid_content, base::to_string(problems));
  auto row = s.store.save_marker(marker);
  if (!row) return http::problem_for(row.error());
  marker.row = *row;
  (void)s.store.audit({person.email, "marker added", marker.day}, s.clock.now());
  return http::Response::json(201, to_json(marker));
}

http::Response remove(Services& s, const http::Request& request, const auth::Session& person) {
  const std::string id(request.path_parameters.get_or("id", ""));
  std::int64_t row = 0;
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), row);
  if (error != std::errc{} || end != id.data() + id.size())
    return http::problem(http::Problem::not_found, "no marker of that id");
  auto removed = s.store.remove_marker(row);
  if (!removed) return http::problem_for(removed.error());
  if (!*removed) return http::problem(http::Problem::not_found, "no marker of that id");
  (void)s.store.audit({person.email, "marker removed", id}, s.clock.now());
  return http::Response::empty(204);
}

}  // namespace

void add_marker_routes(http::Router& router, Services& s) {
  router.add(for_person(s, "GET", "/api/v1/markers", auth::access::figures,
                        [&s](const auto&, const auto&) { return list(s); }));
  router.add(for_person(s, "POST", "/api/v1/markers", auth::access::surveys,
                        [&s](const auto& request, const auto& person) { return add(s, request, person); }));
  router.add(
      for_person(s, "DELETE", "/api/v1/markers/{id}", auth::access::surveys,
                 [&s](const auto& request, const auto& person) { return remove(s, request, person); }));
}

}  // namespace halte::api
