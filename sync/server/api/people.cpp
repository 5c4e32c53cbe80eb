// SPDX-License-Identifier: Apache-2.0
// Who may sign in, and with which roles.
#include <algorithm>
#include <charconv>

#include "sync/server/api/people.h"

namespace halte::api {
namespace {

using auth::Role;
using base::Json;
using base::ObjectReader;
using store::hq::UserRecord;

constexpr std::size_t email_most = 254;  // RFC 5321, 4.5.3.1.3 with its brackets taken off

Json to_json(const UserRecord& user) {
  return {{"id", std::to_string(user.row)},
          {"email", user.email},
          {"name", user.name},
          {"roles", user.roles},
          {"branches", user.branches},
          {"has_password", !user.password_hash.empty()}};
}

std::expected<UserRecord, http::Response> person_of(Services& s, const http::Request& request) {
  const std::string id(request.path_parameters.get_or("id", ""));
  std::int64_t row = 0;
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), row);
  if (error != std::errc{} || end != id.data() + id.size())
    return std::unexpected(http::problem(http::Problem::not_found, "there is nobody of that id"));
  auto user = s.store.user(row);
  if (!user) return std::unexpected(http::problem_for(user.error()));
  if (!*user) return std::unexpected(http::problem(http::Problem::not_found, "there is nobody of that id"));
  return std::move(**user);
}

bool is_administrator(const UserRecord& user) {
  return auth::roles_named(user.roles).contains(Role::administrator);
}

// Without one nobody could let anybody in any more.
base::Result<bool> is_last_administrator(Services& s, const UserRecord& user) {
  if (!is_administrator(user)) return false;
  auto users = s.store.users();
  if (!users) return std::unexpected(users.error());
  return std::ranges::count_if(*users, is_administrator) == 1;
}

// The person of the body over `user`, judged; else the answer to give.
std::expected<UserRecord, http::Response> read_person(Services& s, const http::Request& request,
                                                      UserRecord user) {
  auto body = json_body(request);
  if (!body) return std::unexpected(std::move(body.error()));
  auto world = read_world(s);
  if (!world) return std::unexpected(http::problem_for(world.error()));
  base::Problems problems;
  ObjectReader o(*body, "", problems);
  if (user.row == 0) {
    user.email = o.text("email");
    if (user.email.find('@') == std::string::npos || user.email.size() > email_most)
      o.problem("email", "is not an e-mail address");
  }
  user.name = o.optional_text("name").value_or("");
  read_roles(o, *world, user.roles, user.branches);
  o.refuse_unknown_keys();
  if (!problems.empty())
    return std::unexpected(http::problem(http::Problem::invalid_content, base::to_string(problems)));
  return user;
}

std::expected<std::string, http::Response> new_link(Services& s, const auth::Session& by,
                                                    const UserRecord& user) {
  auto token = s.sessions.make_link(store::hq::LinkPurpose::sign_in, user.row);
  if (!token) return std::unexpected(http::problem_for(token.error()));
  (void)s.store.audit({by.email, "sign-in link made", user.email}, s.clock.now());
  return s.public_url + "/link#" + *token;
}

http::Response list(Services& s) {
  auto users = s.store.users();
  if (!users) return http::problem_for(users.error());
  Json people = Json::array(), table = Json::object();
  for (const auto& user : *users) people.push_back(to_json(user));
  for (const auto& [access, roles] : auth::permissions())
    for (Role role : roles) table[std::string(access)].push_back(auth::name_of(role));
  return http::Response::json(200, {{"people", people}, {"permissions", table}});
}

http::Response invite(Services& s, const http::Request& request, const auth::Session& by) {
  auto user = read_person(s, request, {});
  if (!user) return std::move(user.error());
  auto known = s.store.user_by_email(user->email);
  if (!known) return http::problem_for(known.error());
  if (*known) return http::problem(http::Problem::conflict, "somebody has that e-mail address already");
  auto row = s.store.save_user(*user);
  if (!row) return http::problem_for(row.error());
  user->row = *row;
  (void)s.store.audit({by.email, "person added", user->email}, s.clock.now());
  auto url = new_link(s, by, *user);
  if (!url) return std::move(url.error());
  Json json = to_json(*user);
  json["url"] = *url;
  return http::Response::json(201, json);
}

http::Response change(Services& s, const http::Request& request, const auth::Session& by) {
  auto before = person_of(s, request);
  if (!before) return std::move(before.error());
  auto user = read_person(s, request, *before);
  if (!user) return std::move(user.error());
  auto last = is_last_administrator(s, *before);
  if (!last) return http::problem_for(last.error());
  if (*last && !is_administrator(*user))
    return http::problem(http::Problem::conflict, "this is the last administrator");
  if (auto row = s.store.save_user(*user); !row) return http::problem_for(row.error());
  (void)s.store.audit({by.email, "roles changed", user->email}, s.clock.now());
  return http::Response::json(200, to_json(*user));
}

http::Response remove(Services& s, const http::Request& request, const auth::Session& by) {
  auto user = person_of(s, request);
  if (!user) return std::move(user.error());
  auto last = is_last_administrator(s, *user);
  if (!last) return http::problem_for(last.error());
  if (*last) return http::problem(http::Problem::conflict, "this is the last administrator");
  if (auto removed = s.store.remove_user(user->row); !removed) return http::problem_for(removed.error());
  (void)s.store.audit({by.email, "person removed", user->email}, s.clock.now());
  return http::Response::empty(204);
}

http::Response link(Services& s, const http::Request& request, const auth::Session& by) {
  auto user = person_of(s, request);
  if (!user) return std::move(user.error());
  auto url = new_link(s, by, *user);
  return url ? http::Response::json(201, {{"url", *url}}) : std::move(url.error());
}

}  // namespace

void read_roles(ObjectReader& o, const World& world, std::vector<std::string>& roles,
                std::vector<std::string>& branches) {
  roles = o.texts("roles");
  branches = o.texts("branches");
  if (roles.empty()) o.problem("roles", "names no role");
  for (const auto& role : roles)
    if (!auth::role_named(role)) o.problem("roles", "there is no role " + role);
  for (const auto& branch : branches)
    if (!world.branch(branch)) o.problem("branches", "there is no branch " + branch);
  if (auth::roles_named(roles).contains(Role::branch_manager) && branches.empty())
    o.problem("branches", "a branch manager has at least one");
}

void add_people_routes(http::Router& router, Services& s) {
  const auto add = [&](const char* method, const char* path, auto handler) {
    router.add(for_person(
        s, method, path, auth::access::organisation,
        [&s, handler](const auto& request, const auto& person) { return handler(s, request, person); }));
  };
  router.add(for_person(s, "GET", "/api/v1/people", auth::access::organisation,
                        [&s](const auto&, const auto&) { return list(s); }));
  add("POST", "/api/v1/people", invite);
  add("PUT", "/api/v1/people/{id}", change);
  add("DELETE", "/api/v1/people/{id}", remove);
  add("POST", "/api/v1/people/{id}/sign-in-links", link);
}

}  // namespace halte::api
