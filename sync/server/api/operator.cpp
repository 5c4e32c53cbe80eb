// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/services.h"

namespace halte::api {

// For whoever runs the server: cheap, without an account, without a word about anybody's answers.
void add_operator_routes(http::Router& router, Services& s) {
  auto at_once = [&](const char* path, std::function<http::Response(const http::Request&)> answer) {
    router.add({"GET", path, std::string(auth::access::anyone), http::at_once(std::move(answer))});
  };
  at_once("/healthz", [](const auto&) { return http::Response::text(200, "ok\n"); });
  at_once("/version", [&s](const auto&) {
    return http::Response::json(200, {{"software", s.software}, {"protocol", 1}});
  });
  router.add(for_anyone(s, "GET", "/readyz", [&s](const auto&) {
    auto answers = s.store.ping();
    if (answers) return http::Response::json(200, {{"ready", true}, {"reasons", base::Json::array()}});
    s.log->error("not ready: {}", base::to_string(answers.error()));
    return http::Response::json(503, {{"ready", false}, {"reasons", {"the database does not answer"}}});
  }));
}

}  // namespace halte::api
