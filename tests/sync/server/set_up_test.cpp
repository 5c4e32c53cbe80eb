// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {

TEST_CASE("set-up: a new server has one link to it, and none once there is an organisation") {
  NewServer hq;
  auto link = hq.server->set_up_link();
  REQUIRE(link);
  REQUIRE(*link);
  CHECK((*link)->starts_with(hq.url() + "/setup#"));
  Browser browser = hq.nobody();
  REQUIRE(hq.set_up(browser).status == 200);
  auto none = hq.server->set_up_link();
  REQUIRE(none);
  CHECK_FALSE(*none);
}

TEST_CASE("set-up: one that was cut short before anybody could sign in can be made again") {
  NewServer hq;
  store::hq::OrganisationRecord left;
  left.name = "Half done";
  left.sealing_public_key = left.signing_public_key = left.receipt_key = base::Bytes(32, 1);
  left.signing_secret_key = base::Bytes(64, 1);
  REQUIRE(hq.store->create_organisation(left));
  Browser browser = hq.nobody();
  REQUIRE(hq.set_up(browser).status == 200);
  auto organisation = must(hq.store->organisation());
  REQUIRE(organisation);
  CHECK(organisation->name == "Versmarkt");
  CHECK(organisation->sealing_public_key != left.sealing_public_key);
}

TEST_CASE("set-up: the link works once") {
  NewServer hq;
  std::string token = hq.set_up_token();
  Json body{{"token", token},
            {"organisation", "Versmarkt"},
            {"email", "admin@versmarkt.example"},
            {"password", good_password}};
  Browser first = hq.nobody(), second = hq.nobody();
  CHECK(first.post("/api/v1/setup", body).status == 200);
  body["email"] = "thief@elsewhere.example";
  Reply again = second.post("/api/v1/setup", body);
  CHECK(again.status == 403);
  CHECK(again.problem() == 202);
  CHECK_FALSE(must(hq.store->user_by_email("thief@elsewhere.example")));
}

TEST_CASE("set-up: a link that is more than 24 hours old does nothing") {
  NewServer hq;
  std::string token = hq.set_up_token();
  hq.clock.advance(std::chrono::hours(24) + std::chrono::seconds(1));
  Browser browser = hq.nobody();
  Reply late = browser.post("/api/v1/setup", {{"token", token},
                                              {"organisation", "Versmarkt"},
                                              {"email", "admin@versmarkt.example"},
                                              {"password", good_password}});
  CHECK(late.status == 403);
  CHECK_FALSE(must(hq.store->organisation()));
}

TEST_CASE("set-up: a weak password is refused with the reason, and the link stays open") {
  NewServer hq;
  std::string token = hq.set_up_token();
  Json body{{"token", token}, {"organisation", "Versmarkt"}, {"email", "admin@versmarkt.example"}};
  Browser browser = hq.nobody();
  const std::vector<std::pair<std::string, std::string>> weak{
      {"seven77", "at least 8"}, {"Welkom123", "everybody tries"}, {std::string(129, 'x'), "more than 128"}};
  for (const auto& [password, reason] : weak) {
    body["password"] = password;
    Reply refused = browser.post("/api/v1/setup", body);
    CHECK(refused.status == 400);
    CHECK(refused.problem() == 103);
    CHECK_MESSAGE(refused.detail().find(reason) != std::string::npos, refused.detail());
  }
  body["password"] = good_password;
  CHECK(browser.post("/api/v1/setup", body).status == 200);
}

TEST_CASE("set-up: neither a name nor an e-mail address may be missing") {
  NewServer hq;
  std::string token = hq.set_up_token();
  Browser browser = hq.nobody();
  Json nameless{{"token", token}, {"email", "a@b.example"}, {"password", good_password}};
  CHECK(browser.post("/api/v1/setup", nameless).problem() == 103);
  Json unreachable{{"token", token}, {"organisation", "V"}, {"email", "a"}, {"password", good_password}};
  CHECK(browser.post("/api/v1/setup", unreachable).problem() == 103);
  CHECK_FALSE(must(hq.store->organisation()));
}

TEST_CASE("set-up: the administrator is signed in, and told the recovery key only then") {
  NewServer hq;
  Browser browser = hq.nobody();
  Reply made = hq.set_up(browser);
  REQUIRE(made.status == 200);
  CHECK(made.json()["roles"] == Json{"administrator"});
  CHECK(made.json()["organisation"]["name"] == "Versmarkt");
  auto secret = base::from_crockford(made.json().value("recovery_key", ""), 32);
  REQUIRE(secret);
  // The key pair fits: what is sealed for the organisation opens with what was told.
  auto organisation = must(hq.store->organisation());
  auto sealed = base::seal(base::as_bytes("call me"), organisation->sealing_public_key);
  auto opened = base::open_sealed(sealed, {organisation->sealing_public_key, *secret});
  REQUIRE(opened);
  CHECK(base::as_text(*opened) == "call me");
  Reply me = browser.get("/api/v1/me");
  CHECK(me.status == 200);
  CHECK_FALSE(me.json().contains("recovery_key"));
}

TEST_CASE("set-up: an organisation that brings its own sealing key gets none told") {
  NewServer hq;
  auto pair = base::make_sealing_key_pair(hq.random);
  Browser browser = hq.nobody();
  Reply made = browser.post("/api/v1/setup", {{"token", hq.set_up_token()},
                                              {"organisation", "Versmarkt"},
                                              {"email", "admin@versmarkt.example"},
                                              {"password", good_password},
                                              {"sealing_public_key", base::to_base64url(pair.public_key)}});
  REQUIRE(made.status == 200);
  CHECK_FALSE(made.json().contains("recovery_key"));
  CHECK(must(hq.store->organisation())->sealing_public_key == pair.public_key);
}

TEST_CASE("set-up: before it there is no account to sign in with, and no kiosk enrols") {
  NewServer hq;
  Browser browser = hq.nobody();
  CHECK(
      browser.post("/api/v1/sessions", {{"email", "admin@halte.example"}, {"password", "admin"}}).problem() ==
      203);
  CHECK_FALSE(must(hq.store->has_users()));
  auto keys = base::make_signing_key_pair(hq.random);
  std::string code = base::to_crockford(hq.random.bytes(10));
  CHECK(Wire().send(Kiosk::enrolment(hq, code, keys.public_key)).problem() == 205);
}

TEST_CASE("operator: health, readiness and version are told to anyone") {
  NewServer hq;
  Browser browser = hq.nobody();
  CHECK(browser.get("/healthz").status == 200);
  CHECK(browser.get("/readyz").json()["ready"] == true);
  CHECK(browser.get("/version").json() == Json{{"software", "halte-hq test"}, {"protocol", 1}});
}

TEST_CASE("api: an unknown call is a problem document, never a page") {
  NewServer hq;
  Browser browser = hq.nobody();
  CHECK(browser.get("/api/v1/nothing").problem() == 301);
  CHECK(browser.call("PATCH", "/api/v1/sessions").problem() == 302);
}

}  // namespace halte::tests
