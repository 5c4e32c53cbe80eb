// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/security_headers.h"

namespace halte::http {

namespace {

constexpr const char* content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

}  // namespace

void add_security_headers(Response& response, bool tls) {
  Headers& headers = response.headers;
  headers.set_default("Content-Security-Policy", content_policy);
  headers.set_default("X-Content-Type-Options", "nosniff");
  headers.set_default("Referrer-Policy", "no-referrer");
  headers.set_default("Cross-Origin-Opener-Policy", "same-origin");
  headers.set_default("Cross-Origin-Resource-Policy", "same-origin");
  headers.set_default("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  headers.set_default("Cache-Control", "no-store");
  if (tls) headers.set_default("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace halte::http
