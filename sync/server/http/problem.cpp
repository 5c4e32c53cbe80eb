// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/problem.h"

#include <algorithm>
#include <array>

namespace halte::http {

namespace {

constexpr auto table = std::to_array<ProblemEntry>({
    {Problem::malformed_request, 400, "The request is malformed"},
    {Problem::invalid_json, 400, "The body is not valid JSON"},
    {Problem::invalid_parameter, 400, "A parameter is missing or wrong"},
    {Problem::unsupported_media_type, 415, "The body's media type is not supported"},
    {Problem::not_acceptable, 406, "None of the accepted media types can be given"},
    {Problem::invalid_content, 422, "The content breaks a rule"},
    {Problem::body_too_large, 413, "The body is too large"},
    {Problem::headers_too_large, 431, "The header is too large"},
    {Problem::unsupported_encoding, 415, "The body's encoding is not supported"},
    {Problem::too_slow, 408, "The request took too long to arrive"},
    {Problem::not_signed_in, 401, "Sign-in is needed"},
    {Problem::forbidden, 403, "This is not allowed"},
    {Problem::wrong_credentials, 401, "The credentials are wrong"},
    {Problem::second_factor_needed, 401, "A second factor is needed"},
    {Problem::enrolment_refused, 403, "The enrolment code is not valid"},
    {Problem::bad_signature, 401, "The signature does not fit the body"},
    {Problem::kiosk_revoked, 401, "The kiosk must be enrolled again"},
    {Problem::cross_site, 403, "The request comes from another site"},
    {Problem::not_found, 404, "There is no such thing"},
    {Problem::method_not_allowed, 405, "This method is not allowed here"},
    {Problem::gone, 410, "It was removed"},
    {Problem::conflict, 409, "Something else stands in the way"},
    {Problem::precondition_failed, 412, "It changed in the meantime"},
    {Problem::precondition_required, 428, "If-Match is needed"},
    {Problem::protocol_version, 426, "The protocol version is not served"},
    {Problem::too_many_requests, 429, "Too many requests"},
    {Problem::busy, 503, "The server is busy"},
    {Problem::too_many_connections, 503, "Too many connections"},
    {Problem::paused, 503, "Syncing is paused"},
    {Problem::internal, 500, "The server failed"},
    {Problem::store_unavailable, 503, "The database is not available"},
});

const ProblemEntry& entry_of(Problem problem) {
  return *std::ranges::find(table, problem, &ProblemEntry::problem);
}

}  // namespace

std::span<const ProblemEntry> problems() { return table; }

Response problem(Problem problem, std::string detail, const base::Json& extra) {
  const ProblemEntry& entry = entry_of(problem);
  base::Json document = extra;
  document["type"] = "/problems/" + std::to_string(static_cast<int>(problem));
  document["title"] = entry.title;
  document["status"] = entry.status;
  if (!detail.empty()) document["detail"] = std::move(detail);
  return {entry.status, {{"Content-Type", "application/problem+json"}}, base::to_text(document), nullptr};
}

Response problem_retry(Problem kind, std::string detail, int retry_after_s) {
  Response response = problem(kind, std::move(detail));
  response.headers.set("Retry-After", std::to_string(retry_after_s));
  return response;
}

Response problem_for(const base::Error& error) {
  switch (error.kind) {
    case base::ErrorKind::invalid: return problem(Problem::invalid_content, base::to_string(error));
    case base::ErrorKind::not_found: return problem(Problem::not_found, base::to_string(error));
    case base::ErrorKind::conflict: return problem(Problem::conflict, base::to_string(error));
    case base::ErrorKind::refused: return problem(Problem::forbidden, base::to_string(error));
    case base::ErrorKind::unavailable: return problem_retry(Problem::store_unavailable, {}, 5);
    case base::ErrorKind::failed:
    case base::ErrorKind::lacking: break;
  }
  return problem(Problem::internal);
}

}  // namespace halte::http
