// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using enum site::CoverageState;

// Utrecht and Breda are open from 9 to 17 in Amsterdam, which is 8 to 16 in UTC.
void open_from_nine_to_five(Headquarters& hq) {
  const Json week{{"mon", {"09:00-17:00"}}, {"tue", {"09:00-17:00"}}, {"wed", {"09:00-17:00"}},
                  {"thu", {"09:00-17:00"}}, {"fri", {"09:00-17:00"}}, {"sat", {"09:00-17:00"}},
                  {"sun", {"09:00-17:00"}}};
  Json branches = Json::array();
  for (const char* id : {"utrecht", "breda"})
    branches.push_back({{"id", id}, {"name", id}, {"zone", "Europe/Amsterdam"}, {"opening_hours", week}});
  REQUIRE(hq.provision({{"branches", branches}}).status == 204);
}

Json coverage(Headquarters& hq, const std::string& query) {
  Reply reply = hq.administrator.get("/api/v1/coverage?" + query);
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  return reply.json();
}

base::Instant today(int hour, int minute = 0) {
  return base::Instant(std::chrono::floor<std::chrono::days>(noon())) + hours(hour) + minutes(minute);
}

}  // namespace

TEST_CASE("coverage: of a day's opening hours, what a kiosk told was open, covered and off") {
  Headquarters hq;
  open_from_nine_to_five(hq);
  Kiosk kiosk = hq.kiosk();
  CHECK(kiosk.heartbeat().coverage_until == noon());
  kiosk.tell(
      {{today(6), today(8), closed}, {today(8), today(10), open}, {today(10), today(10, 30), blocked}});
  hq.clock.advance(minutes(10));  // its latest word is 100 minutes old by now: it is off
  const Json day = coverage(hq, "days=1");
  CHECK(day["total"] ==
        Json{{"open_minutes", 120}, {"blocked_minutes", 30}, {"off_minutes", 100}, {"share", .48}});
  REQUIRE(day["units"].size() == 1);
  CHECK(day["units"][0]["id"] == "utrecht-1");
  CHECK(coverage(hq, "days=1&branch=breda")["total"]["share"] == nullptr);
}

TEST_CASE("coverage: a kiosk that has just told is not off for what it could not tell yet") {
  Headquarters hq;
  open_from_nine_to_five(hq);
  Kiosk kiosk = hq.kiosk();
  kiosk.tell({{today(8), today(11, 50), open}});
  CHECK(coverage(hq, "days=1")["total"]["share"] == 1);
}

TEST_CASE("coverage: before a kiosk was there and after it was revoked nothing is missing") {
  Headquarters hq;
  open_from_nine_to_five(hq);
  Kiosk kiosk = hq.kiosk();
  kiosk.tell({{today(8), today(11), open}});
  CHECK(coverage(hq, "days=30")["total"]["off_minutes"] == 60);
  REQUIRE(hq.administrator.post("/api/v1/kiosks/utrecht-1/revocation").status == 204);
  CHECK(coverage(hq, "days=30")["total"]["off_minutes"] == 0);
}

TEST_CASE(
    "coverage: a kiosk that has moved counts in each branch for its time there, the least covered first") {
  Headquarters hq;
  open_from_nine_to_five(hq);
  Kiosk kiosk = hq.kiosk();
  kiosk.tell({{today(8), today(10), open}});
  const Json moved{{"id", "utrecht-1"}, {"name", "Kassa"}, {"branch", "breda"}, {"touchpoint", "checkout"}};
  REQUIRE(hq.provision({{"kiosks", Json::array({moved})}}).status == 204);
  kiosk.tell({{today(11), today(11, 55), open}});
  const Json units = coverage(hq, "days=1&by=branch")["units"];
  REQUIRE(units.size() == 2);
  CHECK(units[0]["id"] == "utrecht");
  CHECK(units[0]["off_minutes"] == 60);
  CHECK(units[1]["share"] == 1);
  CHECK(coverage(hq, "days=1&branch=breda&by=kiosk")["total"]["open_minutes"] == 55);
}

TEST_CASE("coverage: told twice, by a kiosk that goes on after its server was put back, it counts once") {
  Headquarters hq;
  open_from_nine_to_five(hq);
  Kiosk kiosk = hq.kiosk();
  for (int i = 0; i < 2; ++i) kiosk.tell({{today(8), today(10), open}, {today(10), today(11, 55), open}});
  CHECK(coverage(hq, "days=1")["total"]["open_minutes"] == 235);
  CHECK(kiosk.heartbeat().coverage_until == today(11, 55));
}

TEST_CASE("coverage: another division is refused") {
  Headquarters hq;
  CHECK(hq.administrator.get("/api/v1/coverage?by=colour").status == 400);
}

}  // namespace halte::tests
