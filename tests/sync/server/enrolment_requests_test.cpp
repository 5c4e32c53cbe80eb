// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/site/enrolment.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

// A device out of its box.
struct Device {
  Headquarters& hq;
  base::SigningKeyPair keys = base::make_signing_key_pair(hq.random);
  base::Bytes nonce = {};  // of the last answer

  std::string fingerprint() const { return base::to_crockford(site::fingerprint_of(keys.public_key)); }
  std::string path() const { return "/api/v1/enrolment-requests/" + fingerprint(); }
  net::HttpRequest request(const base::Bytes& secret_key) const {
    std::string body = protocol::to_json(protocol::EnrolmentAsk{keys.public_key, "halte test", nonce});
    return {"POST",
            hq.url() + "/api/v1/enrolment-requests",
            {{"Content-Type", "application/json"},
             {std::string(protocol::signature_header),
              base::to_base64url(base::sign(base::as_bytes(body), secret_key))}},
            body};
  }
  Reply ask() {
    Reply reply = Wire().send(request(keys.secret_key));
    if (reply.status == 202) nonce = must(protocol::parse_enrolment_wait(reply.body)).nonce;
    return reply;
  }
  // As a person who has just signed in: a session does not outlast the hour that some of these take.
  Reply show() { return hq.as(auth::Role::administrator).get(path()); }
  Reply approve(const std::string& kiosk) {
    return hq.as(auth::Role::administrator).post(path() + "/approval", {{"kiosk", kiosk}});
  }
};

std::string token_of(const Reply& reply) { return must(protocol::parse_enrolment_reply(reply.body)).token; }

int configuration_status(Headquarters& hq, const std::string& token) {
  return Wire()
      .send({"GET", hq.url() + "/api/v1/kiosk/config", {{"Authorization", "Bearer " + token}}, ""})
      .status;
}

}  // namespace

TEST_CASE(
    "enrolment request: it waits, a person approves what stands on the glass, and it is a kiosk, once") {
  Headquarters hq;
  Device device{hq};
  Reply waits = device.ask();
  REQUIRE_MESSAGE(waits.status == 202, waits.body);
  CHECK(waits.json()["page"] == hq.url() + "/enrol");
  CHECK(device.ask().status == 202);

  Json shown = device.show().json();
  CHECK(shown["fingerprint"] == base::in_groups(device.fingerprint()));
  CHECK(shown["software"] == "halte test");
  CHECK(shown["asked"] == base::to_rfc3339(hq.clock.now()));
  CHECK(shown["approved_as"] == nullptr);
  REQUIRE(device.approve("utrecht-1").status == 204);
  CHECK(device.show().json()["approved_as"] == "utrecht-1");

  Reply enrolled = device.ask();
  REQUIRE_MESSAGE(enrolled.status == 201, enrolled.body);
  auto identity = must(protocol::parse_enrolment_reply(enrolled.body));
  CHECK(identity.kiosk_id == "utrecht-1");
  CHECK(identity.signing_public_key == must(hq.store->organisation())->signing_public_key);
  CHECK(configuration_status(hq, identity.token) == 200);
  CHECK(device.show().problem() == 301);
  CHECK(device.ask().status == 202);  // a new request, which nobody has approved
}

TEST_CASE("enrolment request: a copy of what a device sent gets nothing, before or after") {
  Headquarters hq;
  Device device{hq};
  const auto first = device.request(device.keys.secret_key);
  device.ask();
  const auto second = device.request(device.keys.secret_key);
  device.ask();
  REQUIRE(device.approve("utrecht-1").status == 204);
  CHECK(Wire().send(first).status == 202);
  CHECK(Wire().send(second).status == 202);
  const auto claim = device.request(device.keys.secret_key);
  const std::string token = token_of(device.ask());
  for (const auto& copy : {first, second, claim}) CHECK(Wire().send(copy).status == 202);
  CHECK(configuration_status(hq, token) == 200);
}

TEST_CASE("enrolment request: who has not the key of a public key cannot ask with it") {
  Headquarters hq;
  Device device{hq}, other{hq};
  device.ask();
  REQUIRE(device.approve("utrecht-1").status == 204);
  CHECK(Wire().send(device.request(other.keys.secret_key)).problem() == 206);
  auto unsigned_request = device.request(device.keys.secret_key);
  unsigned_request.headers.pop_back();
  CHECK(Wire().send(unsigned_request).problem() == 206);
  CHECK(device.ask().status == 201);
}

TEST_CASE("enrolment request: two that wait are two, and an approval is for the one that was seen") {
  Headquarters hq;
  Device one{hq}, two{hq};
  one.ask();
  two.ask();
  CHECK(one.fingerprint() != two.fingerprint());
  REQUIRE(two.approve("breda-1").status == 204);
  CHECK(one.ask().status == 202);
  CHECK(must(protocol::parse_enrolment_reply(two.ask().body)).kiosk_id == "breda-1");
  CHECK(one.ask().status == 202);
}

TEST_CASE(
    "enrolment request: it ends an hour after it was heard last, and its kiosk asks anew under the same "
    "sign") {
  Headquarters hq;
  Device device{hq};
  device.ask();
  hq.clock.advance(std::chrono::minutes(59));
  device.ask();
  hq.clock.advance(std::chrono::minutes(59));
  CHECK(device.show().status == 200);
  REQUIRE(device.approve("utrecht-1").status == 204);
  hq.clock.advance(std::chrono::minutes(1));
  CHECK(device.show().problem() == 301);
  CHECK(device.approve("utrecht-1").problem() == 301);
  CHECK(device.ask().status == 202);  // not by the approval that has ended
  REQUIRE(device.approve("utrecht-1").status == 204);
  CHECK(device.ask().status == 201);
}

TEST_CASE("enrolment request: what takes a kiosk's place ends the one before, and only when it has come") {
  Headquarters hq;
  Kiosk before = hq.kiosk();
  Device device{hq};
  device.ask();
  Json kiosks = device.show().json()["kiosks"];
  REQUIRE(kiosks.size() == 2);
  CHECK(kiosks[0]["id"] == "breda-1");
  CHECK(kiosks[0]["enrolled"] == false);
  CHECK(kiosks[1]["id"] == "utrecht-1");
  CHECK(kiosks[1]["enrolled"] == true);
  REQUIRE(device.approve("utrecht-1").status == 204);
  CHECK(before.send("GET", "/api/v1/kiosk/config").status == 200);
  REQUIRE(device.ask().status == 201);
  CHECK(before.send("GET", "/api/v1/kiosk/config").problem() == 201);
}

TEST_CASE("enrolment request: a refused one is gone, approved or not") {
  Headquarters hq;
  Device device{hq};
  device.ask();
  REQUIRE(device.approve("utrecht-1").status == 204);
  CHECK(hq.administrator.call("DELETE", device.path()).status == 204);
  CHECK(hq.administrator.call("DELETE", device.path()).problem() == 301);
  CHECK(device.ask().status == 202);
}

TEST_CASE("enrolment request: approvals and refusals are audited with the fingerprint") {
  Headquarters hq;
  Device device{hq};
  device.ask();
  device.approve("utrecht-1");
  hq.administrator.call("DELETE", device.path());
  SQLite::Database db((hq.folder / "hq.db").string());
  SQLite::Statement rows(db, "SELECT action, subject FROM audit ORDER BY seq DESC LIMIT 2");
  const std::string shown = base::in_groups(device.fingerprint());
  REQUIRE(rows.executeStep());
  CHECK(rows.getColumn(0).getString() == "enrolment refused");
  CHECK(rows.getColumn(1).getString() == shown);
  REQUIRE(rows.executeStep());
  CHECK(rows.getColumn(0).getString() == "enrolment approved");
  CHECK(rows.getColumn(1).getString() == "utrecht-1 " + shown);
}

TEST_CASE("enrolment request: asking is bounded by address, and what is no request is refused") {
  Headquarters hq;
  for (int i = 0; i < 30; ++i) CHECK(Device{hq}.ask().status == 202);
  Device late{hq};
  Reply refused = late.ask();
  CHECK(refused.status == 429);
  CHECK(refused.raw.header("Retry-After"));
  hq.clock.advance(std::chrono::minutes(1));
  CHECK(late.ask().status == 202);
  CHECK(late.ask().status == 202);
  CHECK(hq.nobody().post("/api/v1/enrolment-requests", {{"public_key", "x"}}).problem() == 102);
  CHECK(hq.administrator.get("/api/v1/enrolment-requests/x").problem() == 301);
  CHECK(hq.administrator.post(late.path() + "/approval", {{"kiosk", 1}}).problem() == 102);
  CHECK(late.approve("nowhere").problem() == 301);
}

}  // namespace halte::tests
