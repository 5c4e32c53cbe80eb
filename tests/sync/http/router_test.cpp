// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/router.h"

#include <doctest/doctest.h>

using namespace halte;
using namespace halte::http;

namespace {

Router routes(std::initializer_list<std::pair<const char*, const char*>> list) {
  Router router;
  for (const auto& [method, pattern] : list) {
    router.add({method, pattern, "anyone", at_once([](const Request&) { return Response::empty(); })});
  }
  return router;
}

std::string pattern_for(const Router& router, std::string_view method, std::string_view path) {
  const auto match = router.match(method, path);
  return match.route ? match.route->pattern : "";
}

}  // namespace

TEST_CASE("router: the most literal pattern counts, whatever the order") {
  const auto router =
      routes({{"GET", "/{path...}"}, {"GET", "/b/{id}"}, {"GET", "/b/new"}, {"GET", "/b/{id}/live"}});
  CHECK(pattern_for(router, "GET", "/b/new") == "/b/new");
  CHECK(pattern_for(router, "GET", "/b/7") == "/b/{id}");
  CHECK(pattern_for(router, "GET", "/b/7/live") == "/b/{id}/live");
  CHECK(pattern_for(router, "GET", "/b/7/other") == "/{path...}");
  CHECK(pattern_for(router, "GET", "/") == "/{path...}");
}

TEST_CASE("router: a catch-all does not answer for a path that has a route of another method") {
  const auto router = routes({{"GET", "/{path...}"}, {"POST", "/batches"}, {"PUT", "/batches"}});
  const auto match = router.match("GET", "/batches");
  CHECK(match.route == nullptr);
  CHECK(match.allow == "POST, PUT, OPTIONS");
  CHECK(pattern_for(router, "POST", "/batches") == "/batches");
}

TEST_CASE("router: methods of one shape count together, though their parameters are named differently") {
  const auto router = routes({{"GET", "/b/{id}"}, {"DELETE", "/b/{branch}"}});
  CHECK(router.match("DELETE", "/b/7").parameters.get("branch") == "7");
  CHECK(router.match("HEAD", "/b/7").parameters.get("id") == "7");
  CHECK(router.match("PATCH", "/b/7").allow == "GET, HEAD, DELETE, OPTIONS");
}

TEST_CASE("router: parameters are decoded by segment, never empty, and broken escapes fit nothing") {
  const auto router = routes({{"GET", "/b/{id}/c/{name}"}, {"GET", "/files/{path...}"}});
  const auto match = router.match("GET", "/b/a%2Fb/c/%C3%A9");
  CHECK(match.parameters.get("id") == "a/b");
  CHECK(match.parameters.get("name") == "é");
  CHECK(pattern_for(router, "GET", "/b//c/x") == "");
  CHECK(pattern_for(router, "GET", "/b/%/c/x") == "");
  CHECK(pattern_for(router, "GET", "/b/%00/c/x") == "");
  CHECK(router.match("GET", "/files/a/b.js").parameters.get("path") == "a/b.js");
  CHECK(router.match("GET", "/files").parameters.get("path") == "");
}

TEST_CASE("router: a trailing slash and a longer path are other paths") {
  const auto router = routes({{"GET", "/b"}});
  CHECK(pattern_for(router, "GET", "/b") == "/b");
  CHECK(pattern_for(router, "GET", "/b/") == "");
  CHECK(pattern_for(router, "GET", "/b/c") == "");
  CHECK(pattern_for(router, "GET", "/B") == "");
}

TEST_CASE("router: the table can be walked, access included") {
  const auto router = routes({{"GET", "/a"}, {"POST", "/b"}});
  REQUIRE(router.routes().size() == 2);
  CHECK(router.routes()[1].method == "POST");
  CHECK(router.routes()[1].access == "anyone");
}
