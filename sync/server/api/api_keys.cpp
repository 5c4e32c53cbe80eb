// SPDX-License-Identifier: Apache-2.0
// Keys of programs: what a person may do by hand, a program may do with a key of the same roles.
#include <algorithm>

#include "sync/server/api/people.h"

namespace halte::api {
namespace {

using base::Json;
using store::hq::ApiKeyRecord;

constexpr std::size_t name_most = 100;
constexpr std::int64_t longest_days = 3650;

Json to_json(const ApiKeyRecord& key) {
  return {{"id", key.id},
          {"name", key.name},
          {"roles", key.roles},
          {"branches", key.branches},
          {"created", base::to_rfc3339(std::chrono::floor<std::chrono::seconds>(key.created))},
          {"expires", key.expires ? Json(base::to_rfc3339(*key.expires)) : Json(nullptr)},
          {"last_used", key.used ? Json(base::to_rfc3339(*key.used).substr(0, 10)) : Json(nullptr)}};
}

http::Response list(Services& s) {
  auto keys = s.store.api_keys();
  if (!keys) return http::problem_for(keys.error());
  Json list = Json::array();
  for (const ApiKeyRecord& key : *keys) list.push_back(to_json(key));
  return http::Response::json(200, {{"api_keys", std::move(list)}});
}

std::expected<ApiKeyRecord, http::Response> read_key(Services& s, const http::Request& request) {
  auto body = json_body(request);
  if (!body) return std::unexpected(std::move(body.error()));
  auto world = read_world(s);
  if (!world) return std::unexpected(http::problem_for(world.error()));
  base::Problems problems;
  base::ObjectReader o(*body, "", problems);
  ApiKeyRecord key;
  key.name = o.text("name");
  if (key.name.size() > name_most)
    o.problem("name", "is longer than " + std::to_string(name_most) + " bytes");
  read_roles(o, *world, key.roles, key.branches);
  const std::int64_t days = o.integer("days", 0, longest_days, 0);
  if (days > 0)
    key.expires = base::coarsen(s.clock.now(), std::chrono::days(1)) + std::chrono::days(days + 1);
  o.refuse_unknown_keys();
  if (!problems.empty())
    return std::unexpected(http::problem(http::Problem::invalid_content, base::to_string(problems)));
  return key;
}

http::Response make(Services& s, const http::Request& request, const auth::Session& by) {
  auto record = read_key(s, request);
  if (!record) return std::move(record.error());
  auto key = s.sessions.make_api_key(*record);
  if (!key) return http::problem_for(key.error());
  (void)s.store.audit({by.email, "API key made", record->id}, s.clock.now());
  Json json = to_json(*record);
  json["key"] = *key;
  return http::Response::json(201, json);
}

http::Response remove(Services& s, const http::Request& request, const auth::Session& by) {
  const std::string id(request.path_parameters.get_or("id", ""));
  auto removed = s.store.remove_api_key(id);
  if (!removed) return http::problem_for(removed.error());
  if (!*removed) return http::problem(http::Problem::not_found, "there is no key of that id");
  (void)s.store.audit({by.email, "API key removed", id}, s.clock.now());
  return http::Response::empty(204);
}

}  // namespace

void add_api_key_routes(http::Router& router, Services& s) {
  const auto add = [&](const char* method, const char* path, auto handler) {
    // A key that leaked makes no other keys.
    const auto by_people = [&s, handler](const http::Request& request, const auth::Session& person) {
      if (person.is_program) return http::problem(http::Problem::forbidden, "keys are a person's to make");
      return handler(s, request, person);
    };
    router.add(for_person(s, method, path, auth::access::organisation, by_people));
  };
  add("GET", "/api/v1/api-keys", [](Services& services, const auto&, const auto&) { return list(services); });
  add("POST", "/api/v1/api-keys", make);
  add("DELETE", "/api/v1/api-keys/{id}", remove);
}

}  // namespace halte::api
