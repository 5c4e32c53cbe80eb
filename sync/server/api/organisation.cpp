// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "sync/server/api/places_table.h"
#include "sync/server/api/provision.h"

namespace halte::api {
namespace {

using base::Json;
using store::hq::PlaceKind;

std::string etag_of(const store::hq::OrganisationRecord& organisation) {
  return "\"" + std::to_string(organisation.configuration_version) + "\"";
}

http::Response problems_with(const base::Problems& problems) {
  Json list = Json::array();
  for (const auto& problem : problems)
    list.push_back({{"pointer", problem.pointer}, {"reason", problem.reason}});
  return http::problem(http::Problem::invalid_content, base::to_string(problems), {{"problems", list}});
}

http::Response get(Services& s) {
  auto known = read_known(s);
  if (!known) return http::problem_for(known.error());
  http::Response answer = http::Response::json(200, document_of(*known));
  answer.headers.set("ETag", etag_of(known->world.organisation));
  return answer;
}

// Somebody may be about to name what was sent today; what nobody names any more goes for good.
void drop_pictures(Services& s) {
  auto world = read_world(s);
  auto kept = world ? s.store.keep_pictures(pictures_shown(*world), s.clock.now() - std::chrono::days(1))
                    : base::Status(std::unexpected(world.error()));
  if (!kept) s.log->warn("{}", base::to_string(kept.error()));
}

// Kiosks and open pages learn of it; who did it stands in the audit log.
http::Response changed(Services& s, const auth::Session& person, const std::string& action,
                       const std::string& subject) {
  if (auto fresh = s.catalogue.refresh(); !fresh) return http::problem_for(fresh.error());
  drop_pictures(s);
  (void)s.store.audit({person.email, action, subject}, s.clock.now());
  s.events.publish({"kiosks", "{}", ""});
  return http::Response::empty(204);
}

// Judges the document whole; writes it unless it is to be judged alone.
http::Response take(Services& s, const Json& document, const Known& known, const http::Request& request,
                    const auth::Session& person, const std::function<base::Problems(base::Problems)>& named) {
  const std::string dry_run = request.query.get_or("dry_run", "false");
  if (dry_run != "true" && dry_run != "false")
    return http::problem(http::Problem::invalid_parameter, "dry_run: true or false");
  auto read = read_provision(document, known);
  if (!read) return problems_with(named(std::move(read.error())));
  if (dry_run == "true") return http::Response::empty(204);
  if (auto written = s.store.provision(*read); !written) return http::problem_for(written.error());
  return changed(s, person, "organisation changed", "");
}

// If-Match: made from a document that somebody else has changed since is refused, so that nothing of theirs
// is lost. Without it the last one wins.
http::Response provision(Services& s, const http::Request& request, const auth::Session& person) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  auto before = s.store.organisation();
  if (!before) return http::problem_for(before.error());
  if (!*before) return http::problem(http::Problem::not_found, "set the organisation up first");
  if (auto match = request.headers.get("If-Match"); match && !http::etag_matches(*match, etag_of(**before)))
    return http::problem(http::Problem::precondition_failed);
  auto known = read_known(s);
  if (!known) return http::problem_for(known.error());
  return take(s, *body, *known, request, person, std::identity{});
}

http::Response get_table(Services& s) {
  auto known = read_known(s);
  if (!known) return http::problem_for(known.error());
  http::Response answer;
  answer.status = 200;
  answer.headers.set("Content-Type", "text/csv; charset=utf-8");
  answer.headers.set("Content-Disposition", "attachment; filename=\"halte-places.csv\"");
  answer.body = places_table(document_of(*known));
  return answer;
}

http::Response put_table(Services& s, const http::Request& request, const auth::Session& person) {
  if (auto refused = wrong_type(request, "text/csv")) return std::move(*refused);
  auto csv = base::parse_csv(request.body, "places");
  if (!csv) return http::problem(http::Problem::invalid_content, base::to_string(csv.error()));
  auto known = read_known(s);
  if (!known) return http::problem_for(known.error());
  auto read = read_places_table(*csv, document_of(*known));
  if (!read) return problems_with(read.error());
  return take(s, read->document, *known, request, person,
              [&](base::Problems problems) { return by_line(std::move(problems), *read); });
}

http::Response remove(Services& s, const http::Request& request, const auth::Session& person, PlaceKind kind,
                      const std::string& name) {
  const std::string id(request.path_parameters.get_or("id", ""));
  if (auto removed = s.store.remove_place(kind, id); !removed) return http::problem_for(removed.error());
  return changed(s, person, name + " removed", id);
}

http::Response remove_demo(Services& s) {
  if (auto removed = s.store.remove_demo(); !removed) return http::problem_for(removed.error());
  s.catalogue.clear();
  return http::Response::empty(204);
}

Json inherited_json(const std::vector<site::Level>& path) {
  const site::Inherited inherited = site::inherit(path);
  Json from = Json::object();
  for (const auto& [pointer, level] : inherited.said_by)
    from[pointer] = {{"kind", path[level].kind}, {"id", path[level].id}, {"name", path[level].name}};
  return {{"values", inherited.values}, {"said_by", from}};
}

// What holds at each place, and who above says so.
http::Response places(Services& s) {
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  const site::Tree tree = world->tree();
  Json json{{"organisation", inherited_json(tree.path_to_region(""))},
            {"regions", Json::array()},
            {"branches", Json::array()},
            {"kiosks", Json::array()}};
  const auto add = [&](const char* key, const std::string& id, const std::vector<site::Level>& path) {
    Json place = inherited_json(path);
    place["id"] = id;
    json[key].push_back(std::move(place));
  };
  for (const auto& region : world->regions) add("regions", region.id, tree.path_to_region(region.id));
  for (const auto& branch : world->branches) add("branches", branch.id, tree.path_to_branch(branch.id));
  for (const auto& kiosk : world->kiosks) add("kiosks", kiosk.id, path_to(tree, kiosk));
  return http::Response::json(200, json);
}

}  // namespace

void add_organisation_routes(http::Router& router, Services& s) {
  const auto access = auth::access::organisation;
  router.add(for_person(s, "GET", "/api/v1/organisation", access,
                        [&s](const auto&, const auto&) { return get(s); }));
  router.add(
      for_person(s, "PUT", "/api/v1/organisation", access,
                 [&s](const auto& request, const auto& person) { return provision(s, request, person); }));
  router.add(
      for_person(s, "GET", "/api/v1/places", access, [&s](const auto&, const auto&) { return places(s); }));
  router.add(for_person(s, "GET", "/api/v1/places/table", access,
                        [&s](const auto&, const auto&) { return get_table(s); }));
  router.add(
      for_person(s, "PUT", "/api/v1/places/table", access,
                 [&s](const auto& request, const auto& person) { return put_table(s, request, person); }));
  const auto removes = [&](const char* path, PlaceKind kind, const char* name) {
    router.add(
        for_person(s, "DELETE", path, access, [&s, kind, name](const auto& request, const auto& person) {
          return remove(s, request, person, kind, name);
        }));
  };
  removes("/api/v1/regions/{id}", PlaceKind::region, "region");
  removes("/api/v1/branches/{id}", PlaceKind::branch, "branch");
  removes("/api/v1/touchpoints/{id}", PlaceKind::touchpoint, "touchpoint");
  removes("/api/v1/kiosks/{id}", PlaceKind::kiosk, "kiosk");
  router.add(for_person(s, "DELETE", "/api/v1/demo", access,
                        [&s](const auto&, const auto&) { return remove_demo(s); }));
}

}  // namespace halte::api
