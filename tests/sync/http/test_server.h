// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <semaphore>

#include "sync/server/http/event_hub.h"
#include "sync/server/http/problem.h"
#include "sync/server/http/server.h"
#include "sync/server/http/workers.h"
#include "tests/sync/http/raw_client.h"

namespace halte::http {

// What the socket tests ask: /healthz and a handful of routes that show what arrived.
inline Router echo_routes(Workers& workers, EventHub& hub, std::binary_semaphore& held) {
  Router router;
  router.add(
      {"GET", "/healthz", "anyone", at_once([](const Request&) { return Response::text(200, "ok"); })});
  router.add({"POST", "/echo", "anyone",
              at_once([](const Request& request) { return Response::text(200, request.body); })});
  router.add(
      {"POST", "/large", "anyone", at_once([](const Request&) { return Response::empty(); }), 4u << 20});
  router.add({"POST", "/small", "anyone",
              at_once([](const Request& request) { return Response::text(200, request.body); }), 100});
  router.add({"GET", "/seen/{id}", "anyone", at_once([](const Request& request) {
                base::Json seen;
                seen["id"] = request.path_parameters.get_or("id", "");
                seen["q"] = request.query.get_or("q", "");
                seen["address"] = request.remote_address;
                seen["secure"] = request.secure;
                seen["method"] = request.method;
                return Response::json(200, seen);
              })});
  router.add({"GET", "/large", "anyone", at_once([](const Request&) {
                return Response::json(200, base::Json(std::string(50'000, 'a')));
              })});
  router.add({"GET", "/slow", "anyone", workers.handler([](const Request&) {
                std::this_thread::sleep_for(base::Millis{400});
                return Response::text(200, "slow");
              })});
  router.add({"GET", "/held", "anyone", workers.handler([&held](const Request&) {
                held.acquire();
                return Response::text(200, "held");
              })});
  router.add({"GET", "/throws", "anyone",
              at_once([](const Request&) -> Response { throw std::runtime_error("on purpose"); })});
  router.add({"GET", "/dropped", "anyone", [](const Request&, Reply) {}});
  router.add({"GET", "/events", "anyone", at_once([&hub](const Request& request) {
                const auto audience = request.query.get_or("audience", "");
                return Response::stream(
                    hub.subscribe([audience](const Event& event) { return event.audience == audience; }));
              })});
  return router;
}

// Members end in the order that main keeps: server, hub, workers.
struct TestServer {
  std::binary_semaphore held{0};  // what /held waits for
  Workers workers{2, 8, base::silent_log()};
  EventHub hub{16};
  std::unique_ptr<Server> server;

  explicit TestServer(Options options = {}) {
    auto made = Server::create(std::move(options), echo_routes(workers, hub, held), base::silent_log());
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : base::to_string(made.error())));
    server = std::move(*made);
  }
  RawClient connect() const { return RawClient(server->port()); }
};

}  // namespace halte::http
