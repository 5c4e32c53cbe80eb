// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include "tests/sync/http/raw_client.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

using auth::Role;

// The table, written down a second time: who is let in where. "nobody" has no account, "kiosk" a token.
const std::set<std::string> all_roles{"administrator",  "analyst",         "reviewer", "case_handler",
                                      "branch_manager", "privacy_officer", "reader"};
const std::set<std::string> all_but_branch_manager{"administrator", "analyst",         "reviewer",
                                                   "case_handler",  "privacy_officer", "reader"};
const std::map<std::string, std::set<std::string>> let_in{{"kiosk", {"kiosk"}},
                                                          {"signed in", all_roles},
                                                          {"figures", all_roles},
                                                          {"headquarters", all_but_branch_manager},
                                                          {"surveys", {"administrator", "analyst"}},
                                                          {"organisation", {"administrator"}},
                                                          {"comments", {"reviewer"}},
                                                          {"contacts", {"case_handler"}},
                                                          {"privacy", {"privacy_officer"}},
                                                          {"metrics token", {}}};

std::string path_of(const http::Route& route) {
  std::string path = route.pattern;
  if (auto rest = path.find("{rest...}"); rest != std::string::npos) return path.substr(0, rest) + "nowhere";
  if (auto id = path.find("{id}"); id != std::string::npos) path.replace(id, 4, "utrecht");
  const std::string fingerprint = "{fingerprint}";
  if (auto at = path.find(fingerprint); at != std::string::npos)
    path.replace(at, fingerprint.size(), "0000000000000000");
  return path;
}

net::Headers without_type(net::Headers headers) {
  std::erase_if(headers, [](const auto& field) { return field.first == "Content-Type"; });
  return headers;
}

// Raw, since an event stream never ends. The answer's header, and of a problem its document.
std::string ask(const NewServer& hq, const http::Route& route, const net::Headers& headers,
                const std::string& body) {
  http::RawClient client(std::uint16_t(std::stoi(hq.url().substr(hq.url().rfind(':') + 1))));
  std::string text = route.method + " " + path_of(route) + " HTTP/1.1\r\nHost: localhost\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (route.method != "GET")
    text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  client.send(text + "\r\n" + (route.method == "GET" ? "" : body));
  std::string head = client.until("\r\n\r\n");
  return http::status_of(head) >= 400 && http::body_of(head).empty() ? head + client.until("}") : head;
}

// Turned away for who asks: 201 not signed in, or 202 without a reason that is about the thing itself.
bool is_turned_away(const std::string& reply) {
  std::string body = http::body_of(reply);
  if (body.find("/problems/201") != std::string::npos) return true;
  return body.find("/problems/202") != std::string::npos && body.find("\"detail\"") == std::string::npos;
}

net::Headers headers_of(Headquarters& hq, const std::string& who, const Kiosk& kiosk,
                        const std::string& body) {
  if (who == "nobody") return {};
  if (who == "kiosk") return without_type(kiosk.request("POST", "", body).headers);
  std::string cookie = base::to_base64url(hq.random.bytes(32));
  auto user = hq.store->save_user({0, who + "@versmarkt.example", "", {who}, {"utrecht"}, ""});
  REQUIRE(user);
  REQUIRE(hq.store->save_session(base::sha256(base::as_bytes(cookie)), *user, "token", hq.clock.now()));
  return {{"Cookie", std::string(auth::session_cookie) + "=" + cookie},
          {std::string(auth::csrf_header), "token"}};
}

}  // namespace

TEST_CASE("roles: every route lets in exactly those that its access names") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  std::set<std::string> everyone = all_roles;
  everyone.insert({"nobody", "kiosk"});
  int judged = 0;
  for (const http::Route& route : hq.server->routes().routes()) {
    if (route.access == "anyone") continue;
    REQUIRE_MESSAGE(let_in.contains(route.access), route.access);
    for (const std::string& who : everyone) {
      bool in = let_in.at(route.access).contains(who);
      std::string reply = ask(hq, route, headers_of(hq, who, kiosk, "{}"), "{}");
      CAPTURE(reply);
      CHECK_MESSAGE(is_turned_away(reply) == !in, route.method, " ", route.pattern, " as ", who);
      ++judged;
    }
  }
  CHECK(judged % int(everyone.size()) == 0);
  CHECK(judged >= 30 * int(everyone.size()));
}

TEST_CASE("roles: a refused change has changed nothing") {
  Headquarters hq;
  for (const auto& [role, name] : auth::role_names) {
    if (role == Role::administrator) continue;
    Browser browser = hq.as(role);
    CHECK(browser.call("PUT", "/api/v1/organisation", {{"name", "Van mij"}}).problem() == 202);
    CHECK(browser.post("/api/v1/kiosks/utrecht-1/enrolment-codes").problem() == 202);
    CHECK(browser.post("/api/v1/kiosks/utrecht-1/pin").problem() == 202);
  }
  CHECK_FALSE(must(hq.store->given_pin("utrecht-1")));
  CHECK(must(hq.store->organisation())->name == "Versmarkt");
}

TEST_CASE("roles: an account makes no difference where anyone may ask") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  for (const std::string who : {"administrator", "branch_manager", "kiosk"}) {
    hq.clock.advance(std::chrono::minutes(1));  // the receipt routes count tries
    for (const http::Route& route : hq.server->routes().routes()) {
      if (route.access != "anyone") continue;
      std::string body = base::to_text({{"email", who}, {"password", "x"}});
      std::string theirs = ask(hq, route, headers_of(hq, who, kiosk, body), body);
      std::string nobodys = ask(hq, route, {}, body);
      CHECK_MESSAGE(http::status_of(theirs) == http::status_of(nobodys), route.pattern);
      CHECK_MESSAGE(http::body_of(theirs) == http::body_of(nobodys), route.pattern);
    }
  }
}

TEST_CASE("roles: what needs no account is a short list, and a new entry is a decision") {
  Headquarters hq;
  std::set<std::string> open;
  for (const http::Route& route : hq.server->routes().routes())
    if (route.access == "anyone") open.insert(route.method + " " + route.pattern);
  CHECK(open == std::set<std::string>{"GET /api/{rest...}", "GET /healthz", "GET /readyz", "GET /version",
                                      "POST /api/v1/enrolment-requests", "POST /api/v1/enrolments",
                                      "POST /api/v1/receipts/erase", "POST /api/v1/receipts/look-up",
                                      "POST /api/v1/receipts/withdraw", "POST /api/v1/sessions",
                                      "POST /api/v1/sessions/link", "POST /api/v1/setup"});
}

TEST_CASE("roles: an account whose role is no longer known is nobody") {
  Headquarters hq;
  auto user = hq.store->save_user({0, "old@versmarkt.example", "", {"superuser"}, {}, ""});
  REQUIRE(hq.store->save_session(base::sha256(base::as_bytes("secret")), *user, "token", hq.clock.now()));
  Browser browser(hq.url(), std::string(auth::session_cookie) + "=secret", "token");
  CHECK(browser.get("/api/v1/me").problem() == 201);
}

}  // namespace halte::tests
