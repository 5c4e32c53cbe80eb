// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

Reply invite(Headquarters& hq, const Json& person) { return hq.administrator.post("/api/v1/people", person); }

std::string token_of(const Reply& made) {
  const std::string url = made.json()["url"];
  return url.substr(url.find('#') + 1);
}

std::string administrator_id(Headquarters& hq) {
  return hq.administrator.get("/api/v1/people").json()["people"][0]["id"];
}

}  // namespace

TEST_CASE("people: somebody who is invited signs in by the link, once, with the roles that were given") {
  Headquarters hq;
  Reply made =
      invite(hq, {{"email", "noor@versmarkt.example"}, {"name", "Noor"}, {"roles", {"analyst", "reviewer"}}});
  REQUIRE_MESSAGE(made.status == 201, made.body);
  Browser noor = hq.nobody();
  Reply in = noor.post("/api/v1/sessions/link", {{"token", token_of(made)}});
  REQUIRE(in.status == 200);
  CHECK(in.json()["roles"] == Json{"analyst", "reviewer"});
  CHECK(noor.get("/api/v1/overview").status == 200);
  CHECK(noor.get("/api/v1/people").problem() == 202);
  CHECK(hq.nobody().post("/api/v1/sessions/link", {{"token", token_of(made)}}).problem() == 202);
}

TEST_CASE("people: the link may choose the password, and the next sign-in is by it") {
  Headquarters hq;
  Reply made = invite(hq, {{"email", "noor@versmarkt.example"}, {"roles", {"reader"}}});
  Browser noor = hq.nobody();
  Reply weak = noor.post("/api/v1/sessions/link", {{"token", token_of(made)}, {"password", "welkom01"}});
  CHECK(weak.problem() == 103);
  REQUIRE(
      noor.post("/api/v1/sessions/link", {{"token", token_of(made)}, {"password", good_password}}).status ==
      200);
  Browser again = hq.nobody();
  CHECK(again.post("/api/v1/sessions", {{"email", "noor@versmarkt.example"}, {"password", good_password}})
            .status == 200);
}

TEST_CASE("people: what is wrong with a person is said, and nobody is added") {
  Headquarters hq;
  for (const Json& wrong :
       {Json{{"email", "noor"}, {"roles", {"reader"}}},
        Json{{"email", "noor@x.nl"}, {"roles", Json::array()}},
        Json{{"email", "noor@x.nl"}, {"roles", {"emperor"}}},
        Json{{"email", "noor@x.nl"}, {"roles", {"branch_manager"}}},
        Json{{"email", "noor@x.nl"}, {"roles", {"branch_manager"}}, {"branches", {"atlantis"}}},
        Json{{"email", "noor@x.nl"}, {"roles", {"reader"}}, {"shoe_size", 42}}})
    CHECK_MESSAGE(invite(hq, wrong).problem() == 106, wrong.dump());
  CHECK(invite(hq, {{"email", "ADMIN@versmarkt.example"}, {"roles", {"reader"}}}).problem() == 401);
  CHECK(must(hq.store->users()).size() == 1);
}

TEST_CASE("people: a change of roles holds from the next request on, and a removal ends the session") {
  Headquarters hq;
  Browser reader = hq.as(auth::Role::reader);
  const std::string id = std::to_string(must(hq.store->user_by_email("reader@versmarkt.example"))->row);
  CHECK(reader.get("/api/v1/organisation").problem() == 202);
  REQUIRE(hq.administrator.call("PUT", "/api/v1/people/" + id, {{"roles", {"administrator"}}}).status == 200);
  CHECK(reader.get("/api/v1/organisation").status == 200);
  REQUIRE(hq.administrator.call("DELETE", "/api/v1/people/" + id).status == 204);
  CHECK(reader.get("/api/v1/organisation").problem() == 201);
  CHECK(hq.administrator.call("DELETE", "/api/v1/people/" + id).problem() == 301);
  CHECK(hq.administrator.call("DELETE", "/api/v1/people/everybody").problem() == 301);
}

TEST_CASE("people: the last administrator neither goes nor steps down") {
  Headquarters hq;
  const std::string id = administrator_id(hq);
  CHECK(hq.administrator.call("DELETE", "/api/v1/people/" + id).problem() == 401);
  CHECK(hq.administrator.call("PUT", "/api/v1/people/" + id, {{"roles", {"reader"}}}).problem() == 401);
  CHECK(hq.administrator.get("/api/v1/people").json()["permissions"]["comments"] == Json{"reviewer"});
}

}  // namespace halte::tests
