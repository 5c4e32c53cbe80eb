// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/services.h"

namespace halte::api {

void add_event_routes(http::Router& router, Services& s) {
  router.add(
      for_person(s, "GET", "/api/v1/events", auth::access::headquarters, [&s](const auto&, const auto&) {
        return http::Response::stream(s.events.subscribe([](const http::Event&) { return true; }));
      }));
}

}  // namespace halte::api
