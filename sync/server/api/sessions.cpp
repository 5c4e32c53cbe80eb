// SPDX-License-Identifier: Apache-2.0
#include "core/base/crypto.h"
#include "sync/server/api/services.h"
#include "sync/server/auth/new_organisation.h"

namespace halte::api {
namespace {

using base::Json;

constexpr std::size_t sealing_key_bytes = 32;  // X25519

std::string text(const Json& body, const char* field) {
  return body.contains(field) && body[field].is_string() ? body[field].get<std::string>() : "";
}

http::Response wrong(std::string detail) {
  return http::problem(http::Problem::invalid_parameter, std::move(detail));
}

base::Result<Json> me(Services& s, const auth::Session& session) {
  auto organisation = s.store.organisation();
  if (!organisation) return std::unexpected(organisation.error());
  bool there = organisation->has_value();
  return Json{{"email", session.email},
              {"roles", auth::names_of(session.roles)},
              {"branches", session.branches},
              {"csrf", session.csrf},
              {"organisation",
               {{"name", there ? (*organisation)->name : ""}, {"demo", there && (*organisation)->demo}}}};
}

http::Response signed_in(Services& s, const auth::Sessions::SignedIn& in, Json extra = Json::object()) {
  auto body = me(s, in.session);
  if (!body) return http::problem_for(body.error());
  body->update(extra);
  http::Response answer = http::Response::json(200, *body);
  http::set_cookie(answer, {std::string(auth::session_cookie), in.cookie, std::nullopt, true, true});
  return answer;
}

http::Response by_password(Services& s, const http::Request& request) {
  if (!s.sign_in_tries.allows(request.remote_address))
    return http::problem_retry(http::Problem::too_many_requests, "too many tries from this address", 60);
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  auto in = s.sessions.by_password(text(*body, "email"), text(*body, "password"));
  if (!in && in.error().kind == base::ErrorKind::unavailable)
    return http::problem_retry(http::Problem::too_many_requests, in.error().cause, 60);
  if (!in) return http::problem_for(in.error());
  if (!*in) return http::problem(http::Problem::wrong_credentials);
  return signed_in(s, **in);
}

// A link is an invitation, or for somebody who forgot: whoever holds it may choose a new password.
http::Response by_link(Services& s, const http::Request& request) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  // Whoever chose one must not be let in without it.
  if (body->contains("password") && !(*body)["password"].is_string())
    return wrong("password: must be a text");
  const std::string password = text(*body, "password");
  if (auto weak = password.empty() ? std::nullopt : auth::Sessions::weakness(password)) return wrong(*weak);
  auto in = s.sessions.by_link(text(*body, "token"), password);
  if (!in) return http::problem_for(in.error());
  if (!*in)
    return http::problem(http::Problem::forbidden, "this link was used or is too old; ask for a new one");
  return signed_in(s, **in);
}

// First run: the link that was printed, once. Contacts are sealed to a key whose secret half is told here
// and kept nowhere.
http::Response set_up(Services& s, const http::Request& request) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  std::string email = text(*body, "email"), password = text(*body, "password"),
              name = text(*body, "organisation");
  auto open = s.sessions.link_is_open(text(*body, "token"), store::hq::LinkPurpose::set_up);
  if (!open) return http::problem_for(open.error());
  if (!*open)
    return http::problem(http::Problem::forbidden,
                         "this link was used or is too old; restart halte-hq for a new one");
  if (name.empty() || email.find('@') == std::string::npos)
    return wrong("an organisation's name and an e-mail address are needed");
  if (auto weak = auth::Sessions::weakness(password)) return wrong(*weak);
  if (body->contains("demo") && !(*body)["demo"].is_boolean()) return wrong("demo: must be true or false");

  Json extra = Json::object();
  auto sealing_key = base::from_base64url(text(*body, "sealing_public_key"));
  if (body->contains("sealing_public_key")) {
    if (!sealing_key || sealing_key->size() != sealing_key_bytes)
      return wrong("sealing_public_key: must be base64url of 32 bytes");
  } else {
    auto pair = base::make_sealing_key_pair(s.random);
    sealing_key = pair.public_key;
    extra["recovery_key"] = base::in_groups(base::to_crockford(pair.secret_key));
  }
  const bool demo = body->value("demo", false);
  auto used = s.sessions.use_set_up_link(text(*body, "token"));
  if (!used) return http::problem_for(used.error());
  if (!*used) return http::problem(http::Problem::forbidden);
  if (auto made = s.store.create_organisation(auth::new_organisation(name, demo, *sealing_key, s.random));
      !made)
    return http::problem_for(made.error());
  auto in = s.sessions.create_user(email, password, {auth::Role::administrator});
  if (!in) return http::problem_for(in.error());
  (void)s.store.audit({email, "organisation set up", name}, s.clock.now());
  return signed_in(s, *in, extra);
}

http::Response make_link(Services& s, const auth::Session& person) {
  if (person.is_program) return http::problem(http::Problem::forbidden, "a key signs nobody in");
  auto token = s.sessions.make_link(store::hq::LinkPurpose::sign_in, person.user);
  if (!token) return http::problem_for(token.error());
  (void)s.store.audit({person.email, "sign-in link made", person.email}, s.clock.now());
  return http::Response::json(201, {{"url", s.public_url + "/link#" + *token}});
}

http::Response sign_out(Services& s, const http::Request& request) {
  if (auto out = s.sessions.sign_out(request); !out) return http::problem_for(out.error());
  http::Response answer = http::Response::empty(204);
  http::set_cookie(answer, {std::string(auth::session_cookie), "", 0, true, true});
  return answer;
}

}  // namespace

void add_session_routes(http::Router& router, Services& s) {
  router.add(for_anyone(s, "POST", "/api/v1/sessions",
                        [&s](const auto& request) { return by_password(s, request); }));
  router.add(for_anyone(s, "POST", "/api/v1/sessions/link",
                        [&s](const auto& request) { return by_link(s, request); }));
  router.add(
      for_anyone(s, "POST", "/api/v1/setup", [&s](const auto& request) { return set_up(s, request); }));
  router.add(for_person(s, "DELETE", "/api/v1/session", auth::access::signed_in,
                        [&s](const auto& request, const auto&) { return sign_out(s, request); }));
  router.add(
      for_person(s, "GET", "/api/v1/me", auth::access::signed_in, [&s](const auto&, const auto& person) {
        auto body = me(s, person);
        return body ? http::Response::json(200, *body) : http::problem_for(body.error());
      }));
  router.add(for_person(s, "POST", "/api/v1/sign-in-links", auth::access::organisation,
                        [&s](const auto&, const auto& person) { return make_link(s, person); }));
}

}  // namespace halte::api
