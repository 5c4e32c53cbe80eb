// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every error answer of the server is an RFC 9457 document out of this one table. A number never
// changes its meaning: clients switch on it. 1xx the request's form, 2xx who asks, 3xx what is asked for,
// 4xx its state, 5xx load, 6xx our fault.

#include <span>
#include <string>

#include "core/base/error.h"
#include "sync/server/http/message.h"

namespace halte::http {

enum class Problem {
  malformed_request = 101,
  invalid_json = 102,
  invalid_parameter = 103,
  unsupported_media_type = 104,
  not_acceptable = 105,
  invalid_content = 106,
  body_too_large = 107,
  headers_too_large = 108,
  unsupported_encoding = 109,
  too_slow = 110,
  not_signed_in = 201,
  forbidden = 202,
  wrong_credentials = 203,
  second_factor_needed = 204,
  enrolment_refused = 205,
  bad_signature = 206,
  kiosk_revoked = 207,
  cross_site = 208,
  not_found = 301,
  method_not_allowed = 302,
  gone = 303,
  conflict = 401,
  precondition_failed = 402,
  precondition_required = 403,
  protocol_version = 404,
  too_many_requests = 501,
  busy = 502,
  too_many_connections = 503,
  paused = 504,
  internal = 601,
  store_unavailable = 602,
};

struct ProblemEntry {
  Problem problem;
  int status;
  const char* title;
};

std::span<const ProblemEntry> problems();

// application/problem+json with type "/problems/NNN", title, status and the detail, which is for people and
// holds nothing that the asker may not know. `extra` adds members beside those.
Response problem(Problem problem, std::string detail = {}, const base::Json& extra = base::Json::object());
// With Retry-After, for 429 and 503.
Response problem_retry(Problem problem, std::string detail, int retry_after_s);

// invalid 106, not_found 301, conflict 401, refused 202 with the error's words; unavailable 602 and the rest
// 601 without them, since they would show the inside: log those.
Response problem_for(const base::Error& error);

}  // namespace halte::http
