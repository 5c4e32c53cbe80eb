// SPDX-License-Identifier: Apache-2.0
#include "core/site/pin.h"

#include "sync/server/api/services.h"

namespace halte::api {
namespace {

// The first PIN of a kiosk's manager view, or a new one where it is forgotten. The digits are told here and
// kept nowhere.
http::Response give_pin(Services& s, const http::Request& request, const auth::Session& person) {
  std::string id(request.path_parameters.get_or("id", ""));
  std::string digits = site::make_pin(s.random);
  auto hash = s.sessions.hash_password(digits);
  if (!hash) return http::problem_for(hash.error());
  if (auto given = s.store.give_pin(id, *hash); !given) return http::problem_for(given.error());
  (void)s.store.audit({person.email, "PIN given out", id}, s.clock.now());
  return http::Response::json(201, {{"pin", digits}});
}

}  // namespace

void add_pin_routes(http::Router& router, Services& s) {
  router.add(
      for_person(s, "POST", "/api/v1/kiosks/{id}/pin", auth::access::organisation,
                 [&s](const auto& request, const auto& person) { return give_pin(s, request, person); }));
}

}  // namespace halte::api
