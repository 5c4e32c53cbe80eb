// SPDX-License-Identifier: Apache-2.0
#include "core/site/configuration.h"
#include "core/store/sqlite.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

std::string new_pin(Headquarters& hq, const std::string& kiosk = "utrecht-1") {
  Reply made = hq.administrator.post("/api/v1/kiosks/" + kiosk + "/pin");
  REQUIRE_MESSAGE(made.status == 201, made.body);
  return made.json()["pin"];
}

std::optional<site::GivenPin> pin_at(Kiosk& kiosk) {
  Reply reply = kiosk.send("GET", "/api/v1/kiosk/config");
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  auto payload = must(protocol::parse_signed_configuration(reply.body)).payload;
  return must(site::parse_configuration_text(payload)).pin;
}

}  // namespace

TEST_CASE("PIN: a kiosk's next configuration opens with the digits that were answered") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk(), other = hq.kiosk("breda-1");
  CHECK_FALSE(pin_at(kiosk));
  std::string digits = new_pin(hq);
  CHECK(digits.size() == 6);
  CHECK(site::is_good_pin(digits));
  auto given = pin_at(kiosk);
  REQUIRE(given);
  CHECK(given->generation == 1);
  CHECK(base::verify_password(digits, given->hash));
  CHECK_FALSE(pin_at(other));
}

TEST_CASE("PIN: a new one takes the place of the one before, with a higher generation") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  std::string first = new_pin(hq), second = new_pin(hq);
  auto given = pin_at(kiosk);
  REQUIRE(given);
  CHECK(given->generation == 2);
  CHECK(base::verify_password(second, given->hash));
  CHECK_FALSE(base::verify_password(first, given->hash));
}

TEST_CASE("PIN: a kiosk that holds the newest configuration is sent another one after it") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  net::HttpRequest again = kiosk.request("GET", "/api/v1/kiosk/config", "");
  std::string etag(kiosk.send("GET", "/api/v1/kiosk/config").raw.header("ETag").value_or(""));
  again.headers.emplace_back("If-None-Match", etag);
  REQUIRE(Wire().send(again).status == 304);
  new_pin(hq);
  Reply changed = Wire().send(again);
  CHECK(changed.status == 200);
  CHECK(changed.raw.header("ETag").value_or("") != etag);
}

TEST_CASE("PIN: one may be given out before its kiosk is enrolled, and a kiosk that there is not gets none") {
  Headquarters hq;
  std::string digits = new_pin(hq);
  Kiosk kiosk = hq.kiosk();
  auto given = pin_at(kiosk);
  REQUIRE(given);
  CHECK(base::verify_password(digits, given->hash));
  Reply nowhere = hq.administrator.post("/api/v1/kiosks/nowhere/pin");
  CHECK(nowhere.status == 404);
  CHECK(nowhere.problem() == 301);
}

TEST_CASE("PIN: the answer is not to be cached, and no file holds the digits") {
  Headquarters hq;
  Reply made = hq.administrator.post("/api/v1/kiosks/utrecht-1/pin");
  REQUIRE(made.status == 201);
  CHECK(made.raw.header("Cache-Control") == "no-store");
  std::string digits = made.json()["pin"];
  for (const char* name : {"hq.db", "hq.db-wal"}) {
    auto bytes = must(base::read_file(hq.folder / name));
    CHECK(bytes.find(digits) == std::string::npos);
  }
}

TEST_CASE("PIN: who gave one out, and for which kiosk, stands in the audit log") {
  Headquarters hq;
  new_pin(hq);
  SQLite::Database db(hq.folder / "hq.db", SQLite::OPEN_READONLY);
  SQLite::Statement last(db, "SELECT actor, action, subject FROM audit ORDER BY seq DESC LIMIT 1");
  REQUIRE(last.executeStep());
  CHECK(last.getColumn(0).getString() == "admin@versmarkt.example");
  CHECK(last.getColumn(1).getString() == "PIN given out");
  CHECK(last.getColumn(2).getString() == "utrecht-1");
}

}  // namespace halte::tests
