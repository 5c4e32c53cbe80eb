// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

Json credentials(const std::string& password, const std::string& email = "admin@versmarkt.example") {
  return {{"email", email}, {"password", password}};
}

Reply sign_in(Browser& browser, const std::string& password) {
  return browser.post("/api/v1/sessions", credentials(password));
}

}  // namespace

TEST_CASE("sign-in: the right password opens a session, whatever the case of the address") {
  Headquarters hq;
  Browser browser = hq.nobody();
  CHECK(browser.get("/api/v1/me").problem() == 201);
  REQUIRE(sign_in(browser, good_password).status == 200);
  CHECK(browser.get("/api/v1/me").json()["email"] == "admin@versmarkt.example");
  Browser shouting = hq.nobody();
  CHECK(shouting.post("/api/v1/sessions", credentials(good_password, "Admin@Versmarkt.example")).status ==
        200);
}

TEST_CASE("sign-in: the cookie is a __Host- one that no script and no other site gets") {
  Headquarters hq;
  Browser browser = hq.nobody();
  Reply in = sign_in(browser, good_password);
  std::string cookie(in.raw.header("Set-Cookie").value_or(""));
  CHECK(cookie.starts_with("__Host-halte="));
  for (const char* attribute : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"})
    CHECK_MESSAGE(cookie.find(attribute) != std::string::npos, attribute);
  CHECK(cookie.find("Domain") == std::string::npos);
  CHECK(in.raw.header("Cache-Control").value_or("") == "no-store");
}

TEST_CASE("sign-in: each one gives another session and another token") {
  Headquarters hq;
  Browser first = hq.nobody(), second = hq.nobody();
  Reply one = sign_in(first, good_password), two = sign_in(second, good_password);
  CHECK(first.cookie() != second.cookie());
  CHECK(one.json()["csrf"] != two.json()["csrf"]);
}

TEST_CASE("sign-in: a wrong password and an unknown address get the same answer") {
  Headquarters hq;
  Browser browser = hq.nobody();
  Reply wrong = browser.post("/api/v1/sessions", credentials("een ander wachtwoord"));
  Reply unknown = browser.post("/api/v1/sessions", credentials(good_password, "nobody@versmarkt.example"));
  CHECK(wrong.status == 401);
  CHECK(wrong.problem() == 203);
  CHECK(unknown.status == wrong.status);
  CHECK(unknown.body == wrong.body);
}

TEST_CASE("sign-in: an account without a password is not opened by an empty one") {
  Headquarters hq;
  (void)hq.as(auth::Role::reader);
  Browser browser = hq.nobody();
  CHECK(browser.post("/api/v1/sessions", credentials("", "reader@versmarkt.example")).problem() == 203);
}

TEST_CASE("sign-in: after five failures the right password waits, too, and then works") {
  Headquarters hq;
  Browser browser = hq.nobody();
  for (int i = 0; i < 5; ++i) CHECK(sign_in(browser, "fout wachtwoord").problem() == 203);
  Reply throttled = sign_in(browser, good_password);
  CHECK(throttled.status == 429);
  CHECK(throttled.problem() == 501);
  CHECK(throttled.raw.header("Retry-After"));
  hq.clock.advance(std::chrono::seconds(29));
  CHECK(sign_in(browser, good_password).status == 429);
  hq.clock.advance(std::chrono::seconds(1));
  CHECK(sign_in(browser, good_password).status == 200);
}

TEST_CASE("sign-in: the waiting time doubles with each further failure, to 15 minutes at most") {
  Headquarters hq;
  Browser browser = hq.nobody();
  for (int i = 0; i < 5; ++i) sign_in(browser, "fout wachtwoord");
  for (int seconds : {30, 60, 120, 240, 480, 900, 900}) {
    hq.clock.advance(std::chrono::seconds(seconds - 1));
    CHECK(sign_in(browser, "fout wachtwoord").status == 429);
    hq.clock.advance(std::chrono::seconds(1));
    CHECK(sign_in(browser, "fout wachtwoord").status == 401);
  }
}

TEST_CASE("sign-in: another spelling of the address does not get around the waiting time") {
  Headquarters hq;
  Browser browser = hq.nobody();
  for (int i = 0; i < 5; ++i) sign_in(browser, "fout wachtwoord");
  CHECK(browser.post("/api/v1/sessions", credentials(good_password, "ADMIN@versmarkt.example")).status ==
        429);
}

TEST_CASE("sign-in: one address has 60 tries a minute, whatever accounts it names") {
  Headquarters hq;
  Browser browser = hq.nobody();
  const std::string no_address(300, 'x');  // longer than any: costs no hash
  int tries = 0;
  while (browser.post("/api/v1/sessions", credentials("wrong", no_address)).status == 401) ++tries;
  CHECK(tries == 60);
  Reply refused = sign_in(browser, good_password);
  CHECK(refused.status == 429);
  hq.clock.advance(std::chrono::minutes(1));
  CHECK(sign_in(browser, good_password).status == 200);
}

TEST_CASE("sign-in: a link works once, and not after a day") {
  Headquarters hq;
  auto new_token = [&] {
    Reply link = hq.administrator.post("/api/v1/sign-in-links");
    REQUIRE(link.status == 201);
    std::string url = link.json()["url"];
    CHECK(url.starts_with(hq.url() + "/link#"));
    return url.substr(url.find('#') + 1);
  };
  std::string token = new_token(), late = new_token();
  Browser first = hq.nobody(), second = hq.nobody();
  CHECK(first.post("/api/v1/sessions/link", {{"token", token}}).status == 200);
  CHECK(first.get("/api/v1/me").status == 200);
  CHECK(second.post("/api/v1/sessions/link", {{"token", token}}).problem() == 202);
  hq.clock.advance(std::chrono::hours(24) + std::chrono::seconds(1));
  CHECK(second.post("/api/v1/sessions/link", {{"token", late}}).problem() == 202);
  CHECK(second.get("/api/v1/me").status == 401);
}

TEST_CASE("sign-in: a set-up link does not sign anyone in") {
  NewServer hq;
  std::string token = hq.set_up_token();
  Browser browser = hq.nobody();
  CHECK(browser.post("/api/v1/sessions/link", {{"token", token}}).problem() == 202);
}

TEST_CASE("session: it ends after 30 minutes without a request") {
  Headquarters hq;
  hq.clock.advance(std::chrono::minutes(30));
  CHECK(hq.administrator.get("/api/v1/me").status == 200);
  hq.clock.advance(std::chrono::minutes(30));
  CHECK(hq.administrator.get("/api/v1/me").status == 200);
  hq.clock.advance(std::chrono::minutes(30) + std::chrono::seconds(1));
  CHECK(hq.administrator.get("/api/v1/me").problem() == 201);
  hq.clock.advance(-std::chrono::minutes(30));
  CHECK(hq.administrator.get("/api/v1/me").problem() == 201);  // gone, not only hidden
}

TEST_CASE("session: it ends after 8 hours, however busy it was") {
  Headquarters hq;
  for (int i = 0; i < 24; ++i) {
    hq.clock.advance(std::chrono::minutes(20));
    CHECK(hq.administrator.get("/api/v1/me").status == 200);
  }
  hq.clock.advance(std::chrono::seconds(1));
  CHECK(hq.administrator.get("/api/v1/me").problem() == 201);
}

TEST_CASE("session: signing out ends it at the server, not only in the browser") {
  Headquarters hq;
  std::string cookie = hq.administrator.cookie();
  Reply out = hq.administrator.call("DELETE", "/api/v1/session");
  CHECK(out.status == 204);
  CHECK(out.raw.header("Set-Cookie").value_or("").find("Max-Age=0") != std::string_view::npos);
  Browser thief(hq.url(), cookie, "");
  CHECK(thief.get("/api/v1/me").problem() == 201);
}

TEST_CASE("session: the store holds the secret of its cookie only as a hash") {
  Headquarters hq;
  std::string secret = hq.administrator.cookie();
  secret = secret.substr(secret.find('=') + 1);
  for (const char* name : {"hq.db", "hq.db-wal"}) {
    auto bytes = base::read_file(hq.folder / name);
    if (bytes) CHECK(bytes->find(secret) == std::string::npos);
  }
  CHECK(base::read_file(hq.folder / "hq.db"));
}

TEST_CASE("cross-site: a change without the session's token is refused, reading is not") {
  Headquarters hq;
  hq.administrator.forget_csrf();
  Reply put = hq.provision({{"name", "Gekaapt"}});
  CHECK(put.status == 403);
  CHECK(put.problem() == 208);
  CHECK(must(hq.store->organisation())->name == "Versmarkt");
  CHECK(hq.administrator.get("/api/v1/me").status == 200);
}

TEST_CASE("cross-site: the token of another session does not count") {
  Headquarters hq;
  Browser other = hq.nobody();
  Reply in = other.post("/api/v1/sessions", credentials(good_password));
  Browser mixed(hq.url(), hq.administrator.cookie(), in.json()["csrf"]);
  CHECK(mixed.post("/api/v1/sign-in-links").problem() == 208);
}

TEST_CASE("cross-site: what the browser says comes from elsewhere is refused, token or not") {
  Headquarters hq;
  for (const char* site : {"cross-site", "same-site"})
    CHECK(hq.administrator.post("/api/v1/sign-in-links", Json::object(), {{"Sec-Fetch-Site", site}})
              .problem() == 208);
  CHECK(hq.administrator.post("/api/v1/sign-in-links", Json::object(), {{"Sec-Fetch-Site", "same-origin"}})
            .status == 201);
}

}  // namespace halte::tests
