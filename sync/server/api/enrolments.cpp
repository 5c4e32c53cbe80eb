// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/protocol.h"
#include "sync/server/api/services.h"

namespace halte::api {
namespace {

constexpr std::size_t code_bytes = 10;  // 80 bits
constexpr std::chrono::minutes code_life{60};

// A used, an old and a wrong code get the same answer.
http::Response refused() { return http::problem(http::Problem::enrolment_refused); }

http::Response enrol(Services& s, const http::Request& request) {
  if (!s.enrolment_tries.allows(request.remote_address))
    return http::problem_retry(http::Problem::too_many_requests, "too many codes were tried", 60);
  if (auto refusal = wrong_type(request)) return std::move(*refusal);
  auto asked = protocol::parse_enrolment_request(request.body);
  if (!asked) return http::problem(http::Problem::invalid_json, base::to_string(asked.error()));
  auto code = base::from_crockford(asked->code, code_bytes);
  if (!code || asked->public_key.size() != 32) return refused();
  std::string token = base::to_base64url(s.random.bytes(32));
  auto kiosk = s.store.enrol(base::sha256(*code), asked->public_key, base::sha256(base::as_bytes(token)),
                             s.clock.now());
  if (!kiosk)
    return kiosk.error().kind == base::ErrorKind::not_found ? refused() : http::problem_for(kiosk.error());
  return enrolled(s, *kiosk, std::move(token));
}

http::Response make_code(Services& s, const http::Request& request, const auth::Session& person) {
  std::string id(request.path_parameters.get_or("id", ""));
  auto kiosks = s.store.kiosks();
  if (!kiosks) return http::problem_for(kiosks.error());
  bool known = std::ranges::any_of(*kiosks, [&](const auto& kiosk) { return kiosk.id == id; });
  if (!known) return http::problem(http::Problem::not_found, "no kiosk of that id");
  base::Bytes code = s.random.bytes(code_bytes);
  base::Instant expires = s.clock.now() + code_life;
  if (auto saved = s.store.save_enrolment_code(base::sha256(code), id, expires); !saved)
    return http::problem_for(saved.error());
  (void)s.store.audit({person.email, "enrolment code made", id}, s.clock.now());
  return http::Response::json(
      201, {{"code", base::in_groups(base::to_crockford(code))}, {"expires", base::to_rfc3339(expires)}});
}

}  // namespace

http::Response enrolled(Services& s, const store::hq::KioskRecord& kiosk, std::string token) {
  auto organisation = s.store.organisation();
  if (!organisation) return http::problem_for(organisation.error());
  if (!*organisation) return http::problem(http::Problem::not_found);
  (void)s.store.audit({"kiosk", "enrolled", kiosk.id}, s.clock.now());
  s.events.publish({"kiosks", "{}", ""});

  const auto& o = **organisation;
  protocol::EnrolmentReply reply{
      kiosk.id,         std::move(token),     o.sealing_key_id, o.sealing_public_key,
      o.signing_key_id, o.signing_public_key, o.receipt_key,    s.clock.now()};
  http::Response answer = http::Response::text(201, protocol::to_json(reply));
  answer.headers.set("Content-Type", "application/json");
  return answer;
}

void add_enrolment_routes(http::Router& router, Services& s) {
  router.add(
      for_anyone(s, "POST", "/api/v1/enrolments", [&s](const auto& request) { return enrol(s, request); }));
  router.add(
      for_person(s, "POST", "/api/v1/kiosks/{id}/enrolment-codes", auth::access::organisation,
                 [&s](const auto& request, const auto& person) { return make_code(s, request, person); }));
}

}  // namespace halte::api
