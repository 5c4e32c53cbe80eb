// SPDX-License-Identifier: Apache-2.0
// Kiosks that are enrolled without a code: a device asks by its key, a person approves the fingerprint that
// stands on its glass.
#include "core/site/enrolment.h"
#include "sync/protocol/protocol.h"
#include "sync/server/api/services.h"
#include "sync/server/api/world.h"

namespace halte::api {
namespace {

using base::Json;

constexpr std::chrono::minutes request_life{60};  // since it was heard last
constexpr std::size_t nonce_bytes = 16;
constexpr int poll_after_s = 5;

bool is_signed(const http::Request& request, const base::Bytes& public_key) {
  auto header = request.headers.get(protocol::signature_header);
  auto signature = header ? base::from_base64url(*header) : std::nullopt;
  return signature && base::verify(base::as_bytes(request.body), *signature, public_key);
}

http::Response wait(Services& s, const store::hq::EnrolmentRequestRecord& request) {
  const protocol::EnrolmentWait wait{request.nonce, request.expires, poll_after_s, s.public_url + "/enrol"};
  http::Response answer = http::Response::text(202, protocol::to_json(wait));
  answer.headers.set("Content-Type", "application/json");
  return answer;
}

http::Response too_many() {
  return http::problem_retry(http::Problem::too_many_requests, "too many devices ask from there", 60);
}

http::Response ask(Services& s, const http::Request& request) {
  if (!s.enrolment_polls.allows(request.remote_address)) return too_many();
  if (auto refusal = wrong_type(request)) return std::move(*refusal);
  auto asked = protocol::parse_enrolment_ask(request.body);
  if (!asked) return http::problem(http::Problem::invalid_json, base::to_string(asked.error()));
  if (!is_signed(request, asked->public_key)) return http::problem(http::Problem::bad_signature);
  const base::Instant now = s.clock.now();
  const base::Bytes fingerprint = site::fingerprint_of(asked->public_key);
  auto stands = s.store.enrolment_request(fingerprint, now);
  if (!stands) return http::problem_for(stands.error());
  if (!*stands && !s.enrolment_tries.allows(request.remote_address)) return too_many();

  std::string token = base::to_base64url(s.random.bytes(32));
  auto kiosk =
      s.store.claim_enrolment(asked->public_key, asked->nonce, base::sha256(base::as_bytes(token)), now);
  if (!kiosk) return http::problem_for(kiosk.error());
  if (*kiosk) return enrolled(s, **kiosk, std::move(token));
  auto heard = s.store.hear_enrolment({.fingerprint = fingerprint,
                                       .public_key = asked->public_key,
                                       .software = asked->software,
                                       .nonce = s.random.bytes(nonce_bytes),
                                       .asked = now,
                                       .expires = now + request_life,
                                       .kiosk = {}},
                                      asked->nonce);
  return heard ? wait(s, *heard) : http::problem_for(heard.error());
}

base::Bytes fingerprint_in(const http::Request& request) {
  return base::from_crockford(request.path_parameters.get_or("fingerprint", ""), site::fingerprint_bytes)
      .value_or(base::Bytes{});
}

http::Response ended() {
  return http::problem(http::Problem::not_found, "no kiosk asks with that fingerprint, or no longer");
}

// Whom it asks to become: what is there already, those that no device is yet first, and where a new one may
// stand.
Json choices(const World& world) {
  Json json{{"kiosks", Json::array()}, {"branches", Json::array()}, {"touchpoints", Json::array()}};
  for (const bool is_taken : {false, true})
    for (const auto& kiosk : world.kiosks)
      if (kiosk.enrolled() == is_taken)
        json["kiosks"].push_back(
            {{"id", kiosk.id},
             {"name", kiosk.name},
             {"branch", {{"id", kiosk.branch}, {"name", world.branch_name(kiosk.branch)}}},
             {"touchpoint", {{"id", kiosk.touchpoint}, {"name", world.touchpoint_name(kiosk.touchpoint)}}},
             {"enrolled", is_taken}});
  for (const auto& branch : world.branches)
    json["branches"].push_back({{"id", branch.id}, {"name", branch.name}});
  for (const auto& touchpoint : world.touchpoints)
    json["touchpoints"].push_back({{"id", touchpoint.id}, {"name", touchpoint.name}});
  return json;
}

http::Response show(Services& s, const http::Request& request) {
  auto found = s.store.enrolment_request(fingerprint_in(request), s.clock.now());
  if (!found) return http::problem_for(found.error());
  if (!*found) return ended();
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  Json json = choices(*world);
  json["fingerprint"] = base::in_groups(base::to_crockford((*found)->fingerprint));
  json["software"] = (*found)->software;
  json["asked"] = base::to_rfc3339(std::chrono::floor<std::chrono::seconds>((*found)->asked));
  json["approved_as"] = (*found)->kiosk.empty() ? Json() : Json((*found)->kiosk);
  return http::Response::json(200, json);
}

http::Response approve(Services& s, const http::Request& request, const auth::Session& person) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  const auto kiosk = body->find("kiosk");
  if (kiosk == body->end() || !kiosk->is_string())
    return http::problem(http::Problem::invalid_json, "kiosk: whom it is to become");
  const base::Bytes fingerprint = fingerprint_in(request);
  const std::string id = kiosk->get<std::string>();
  if (auto approved = s.store.approve_enrolment(fingerprint, id, s.clock.now()); !approved)
    return http::problem_for(approved.error());
  (void)s.store.audit(
      {person.email, "enrolment approved", id + " " + base::in_groups(base::to_crockford(fingerprint))},
      s.clock.now());
  return http::Response::empty(204);
}

http::Response refuse(Services& s, const http::Request& request, const auth::Session& person) {
  const base::Bytes fingerprint = fingerprint_in(request);
  if (auto refused = s.store.refuse_enrolment(fingerprint); !refused)
    return http::problem_for(refused.error());
  (void)s.store.audit({person.email, "enrolment refused", base::in_groups(base::to_crockford(fingerprint))},
                      s.clock.now());
  return http::Response::empty(204);
}

}  // namespace

void add_enrolment_request_routes(http::Router& router, Services& s) {
  const auto access = auth::access::organisation;
  const std::string one = "/api/v1/enrolment-requests/{fingerprint}";
  router.add(for_anyone(s, "POST", "/api/v1/enrolment-requests",
                        [&s](const auto& request) { return ask(s, request); }));
  router.add(
      for_person(s, "GET", one, access, [&s](const auto& request, const auto&) { return show(s, request); }));
  router.add(for_person(s, "POST", one + "/approval", access, [&s](const auto& request, const auto& person) {
    return approve(s, request, person);
  }));
  router.add(for_person(s, "DELETE", one, access, [&s](const auto& request, const auto& person) {
    return refuse(s, request, person);
  }));
}

}  // namespace halte::api
