// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/services.h"

#include <algorithm>

namespace halte::api {

namespace {

constexpr std::size_t most_buckets = 50'000;

// A code, a name, a key: whoever has no account has no more to say.
constexpr std::size_t anonymous_body_bytes = 16u << 10;

bool changes_something(const http::Request& request) {
  return request.method != "GET" && request.method != "HEAD";
}

}  // namespace

bool RateLimit::allows(const std::string& key) {
  std::lock_guard lock(mutex_);
  if (buckets_.size() >= most_buckets) buckets_.clear();
  base::Millis now = clock_.steady();
  auto [at, fresh] = buckets_.try_emplace(key, Bucket{double(per_minute_), now});
  Bucket& bucket = at->second;
  double minutes = double((now - bucket.filled).count()) / 60'000.0;
  bucket.tokens = std::min(double(per_minute_), bucket.tokens + minutes * per_minute_);
  bucket.filled = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

http::Route for_person(Services& services, std::string method, std::string pattern, std::string_view access,
                       PersonHandler handler) {
  auto judged = [&services, access = std::string(access),
                 handler = std::move(handler)](const http::Request& request) {
    auto session = services.sessions.find(request);
    if (!session) return http::problem_for(session.error());
    if (!*session) return http::problem(http::Problem::not_signed_in);
    if (!auth::may((*session)->roles, access)) return http::problem(http::Problem::forbidden);
    if (changes_something(request) && !auth::Sessions::is_same_site(request, **session))
      return http::problem(http::Problem::cross_site);
    return handler(request, **session);
  };
  return {std::move(method), std::move(pattern), std::string(access),
          services.workers.handler(std::move(judged))};
}

http::Route for_anyone(Services& services, std::string method, std::string pattern,
                       std::function<http::Response(const http::Request&)> handler) {
  auto from_our_pages = [handler = std::move(handler)](const http::Request& request) {
    if (changes_something(request) && auth::Sessions::comes_from_elsewhere(request))
      return http::problem(http::Problem::cross_site);
    return handler(request);
  };
  return {std::move(method), std::move(pattern), std::string(auth::access::anyone),
          services.workers.handler(std::move(from_our_pages)), anonymous_body_bytes};
}

KioskOrProblem authenticated_kiosk(Services& services, const http::Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  auto header = request.headers.get("Authorization");
  if (!header || !header->starts_with(scheme))
    return std::unexpected(http::problem(http::Problem::not_signed_in, "a kiosk sends its token"));
  auto kiosk = services.store.kiosk_by_token(base::sha256(base::as_bytes(header->substr(scheme.size()))));
  if (!kiosk) return std::unexpected(http::problem_for(kiosk.error()));
  if (!*kiosk) return std::unexpected(http::problem(http::Problem::not_signed_in, "unknown token"));
  if ((*kiosk)->revoked) return std::unexpected(http::problem(http::Problem::kiosk_revoked));
  return std::move(**kiosk);
}

std::optional<http::Response> wrong_type(const http::Request& request, std::string_view type) {
  const std::string_view said = request.headers.get("Content-Type").value_or(type);
  if (http::equal_ignoring_case(http::trim(said.substr(0, said.find(';'))), type)) return std::nullopt;
  return http::problem(http::Problem::unsupported_media_type, std::string(type) + " is what is read here");
}

std::expected<base::Json, http::Response> json_body(const http::Request& request) {
  if (auto refused = wrong_type(request)) return std::unexpected(std::move(*refused));
  auto json = base::parse_json(request.body, "request body");
  if (!json) return std::unexpected(http::problem(http::Problem::invalid_json, json.error().cause));
  if (!json->is_object()) return std::unexpected(http::problem(http::Problem::invalid_json, "not an object"));
  return std::move(*json);
}

}  // namespace halte::api
