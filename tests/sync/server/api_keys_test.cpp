// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

Json make_key(Headquarters& hq, const Json& body) {
  Reply made = hq.administrator.post("/api/v1/api-keys", body);
  REQUIRE_MESSAGE(made.status == 201, made.body);
  return made.json();
}

Reply with_key(Headquarters& hq, const Json& key, const std::string& method, const std::string& path,
               const Json& body = nullptr) {
  Browser program = hq.nobody();
  const net::Headers headers{{"Authorization", "Bearer " + key["key"].get<std::string>()}};
  return method == "GET" ? program.get(path, headers) : program.post(path, body, headers);
}

const Json reader{{"name", "BI"}, {"roles", {"reader"}}};

}  // namespace

TEST_CASE("API keys: a program reads and writes with the roles of its key, without a cookie") {
  Headquarters hq;
  const Json key = make_key(hq, {{"name", "ERP"}, {"roles", {"analyst"}}});
  CHECK(key["key"].get<std::string>().starts_with("halte_"));
  CHECK(with_key(hq, key, "GET", "/api/v1/stats?days=7").status == 200);
  CHECK(with_key(hq, key, "POST", "/api/v1/markers", {{"day", "2026-11-20"}, {"label", "Actie"}}).status ==
        201);
  CHECK(with_key(hq, key, "GET", "/api/v1/people").problem() == 202);
  CHECK(with_key(hq, {{"key", "halte_wrong"}}, "GET", "/api/v1/stats").problem() == 201);
}

TEST_CASE(
    "API keys: the key is told once, its use is noted to the day, and one that is removed opens nothing") {
  Headquarters hq;
  const Json key = make_key(hq, reader);
  const auto listed = [&] { return hq.administrator.get("/api/v1/api-keys").json()["api_keys"][0]; };
  CHECK(listed()["last_used"] == nullptr);
  CHECK_FALSE(listed().contains("key"));
  REQUIRE(with_key(hq, key, "GET", "/api/v1/overview").status == 200);
  CHECK(listed()["last_used"] == "2026-11-21");
  const std::string path = "/api/v1/api-keys/" + key["id"].get<std::string>();
  CHECK(hq.administrator.call("DELETE", path).status == 204);
  CHECK(hq.administrator.call("DELETE", path).status == 404);
  CHECK(with_key(hq, key, "GET", "/api/v1/overview").problem() == 201);
}

TEST_CASE("API keys: one of some days ends after them") {
  Headquarters hq;
  const Json key = make_key(hq, {{"name", "trial"}, {"roles", {"reader"}}, {"days", 2}});
  CHECK(key["expires"] == "2026-11-24T00:00:00Z");
  hq.clock.advance(std::chrono::hours(59));
  CHECK(with_key(hq, key, "GET", "/api/v1/overview").status == 200);
  hq.clock.advance(std::chrono::hours(1));
  CHECK(with_key(hq, key, "GET", "/api/v1/overview").problem() == 201);
}

TEST_CASE("API keys: a key makes no keys, whatever its roles") {
  Headquarters hq;
  const Json key = make_key(hq, {{"name", "all"}, {"roles", {"administrator"}}});
  CHECK(with_key(hq, key, "GET", "/api/v1/people").status == 200);
  CHECK(with_key(hq, key, "POST", "/api/v1/api-keys", reader).problem() == 202);
  CHECK(must(hq.store->api_keys()).size() == 1);
}

TEST_CASE("API keys: what is wrong with one is said, and none is made") {
  Headquarters hq;
  for (const Json& wrong : {Json{{"roles", {"reader"}}}, Json{{"name", "x"}, {"roles", Json::array()}},
                            Json{{"name", "x"}, {"roles", {"branch_manager"}}},
                            Json{{"name", "x"}, {"roles", {"reader"}}, {"days", -1}},
                            Json{{"name", std::string(101, 'x')}, {"roles", {"reader"}}}})
    CHECK_MESSAGE(hq.administrator.post("/api/v1/api-keys", wrong).problem() == 106, wrong.dump());
  CHECK(must(hq.store->api_keys()).empty());
}

}  // namespace halte::tests
