// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "core/base/time.h"
#include "core/site/enrolment.h"
#include "sync/net/http_client.h"

namespace halte::client {

// How the kiosk stands with its server, for people.
enum class SyncState {
  ok,
  offline,     // no answer, or one that is not the server's (a portal's page, a redirect)
  busy,        // 408, 429, 5xx
  paused,      // the server asked for some minutes of silence
  must_enrol,  // 401, 403, or never enrolled
  refused,     // another protocol version, a wrong certificate
  failed,      // the kiosk's own store
};
std::string_view to_string(SyncState state);

// Why an exchange delivered nothing.
struct Trouble {
  SyncState state = SyncState::offline;
  int status = 0;            // HTTP; 0: no reply
  bool from_server = false;  // it came as a problem document (RFC 9457), so no proxy made it up
  std::string reason;        // "HTTP 503: too many at once"; holds no answer
  std::optional<base::Millis> retry_after;
};

// A request to the server of this enrolment with its token: `path` starts with "/api/v1/", `accept` lists the
// types that a reply may have, in lower case.
net::HttpRequest authorised(const site::Enrolment& enrolment, std::string method, const std::string& path,
                            std::string body = {}, std::string accept = "application/json");

// Sends and judges. Only 200, 201 and 202 of a type that the request's Accept names, and 304, are replies; all
// else is trouble.
std::expected<net::HttpReply, Trouble> exchange(net::HttpClient& http, const net::HttpRequest& request,
                                                const base::Clock& clock);

}  // namespace halte::client
