// SPDX-License-Identifier: Apache-2.0
// What whoever keeps the server is told.
#include <fstream>

#include "core/store/hq/backups.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

// A server that knows where its database and copies are.
struct KeptServer {
  TemporaryFolder folder;
  base::ManualClock clock{noon()};
  base::SystemRandom random;
  std::unique_ptr<store::hq::HqStore> store = must(store::hq::HqStore::create_sqlite(folder / "hq.db"));
  std::unique_ptr<server::HqServer> server = must(server::HqServer::create(
      {.public_url = "",
       .software = "halte-hq test",
       .upkeep = {folder / "hq.db", folder / "backups", std::chrono::hours(24), noon(), ""}},
      *store, clock, random, base::silent_log()));
  Browser browser{server->url()};
};

std::string measure(NewServer& hq) {
  auto reply = hq.nobody().get("/metrics", {{"Authorization", "Bearer " + measuring_token}});
  REQUIRE(reply.status == 200);
  return reply.body;
}

}  // namespace

TEST_CASE("readyz: an overdue backup is a reason, until there is one") {
  KeptServer hq;
  Reply well = hq.browser.get("/readyz");
  CHECK(well.status == 200);
  CHECK(well.json()["checks"].size() == 3);
  hq.clock.advance(std::chrono::hours(50));
  Reply overdue = hq.browser.get("/readyz");
  CHECK(overdue.status == 503);
  CHECK(overdue.json()["reasons"] == Json{"backups are overdue: the newest is 50 hours old"});
  must(store::hq::make_backup(hq.folder / "hq.db", hq.folder / "backups", hq.clock.now()));
  CHECK(hq.browser.get("/readyz").status == 200);
}

TEST_CASE("metrics: only the token opens them, and without one nobody does") {
  NewServer hq;
  Browser browser = hq.nobody();
  CHECK(browser.get("/metrics").status == 401);
  CHECK(browser.get("/metrics", {{"Authorization", "Bearer another"}}).status == 401);
  CHECK(browser.get("/metrics", {{"Authorization", "Bearer " + measuring_token}}).status == 200);
  KeptServer without;
  CHECK(without.browser.get("/metrics", {{"Authorization", "Bearer "}}).status == 401);
}

TEST_CASE("metrics: requests are counted by the pattern of their route, and unknown ones together") {
  NewServer hq;
  Browser browser = hq.nobody();
  browser.get("/version");
  for (const char* path : {"/a-name", "/another-name"}) browser.get(path);
  const std::string text = measure(hq);
  CHECK(text.contains("halte_http_requests_total{method=\"GET\",route=\"/version\",status=\"200\"} 1\n"));
  CHECK(text.contains("halte_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 2\n"));
  CHECK(text.contains("halte_http_request_duration_seconds_bucket{route=\"/version\",le=\"+Inf\"} 1\n"));
  CHECK(text.contains("halte_http_request_duration_seconds_count{route=\"/version\"} 1\n"));
  CHECK_FALSE(text.contains("a-name"));
  for (const char* name : {"halte_connections", "halte_event_streams", "halte_requests_waiting"})
    CHECK_MESSAGE(text.contains(std::string("# TYPE ") + name + " gauge\n"), name);
}

TEST_CASE(
    "metrics: items of batches are counted by what became of them, and kiosks by when they were heard") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  const auto batch = kiosk.batch({a_response(hq.random), a_response(hq.random)});
  for (int i = 0; i < 2; ++i)
    CHECK(kiosk.send("POST", "/api/v1/batches", protocol::to_json(batch)).status == 200);
  const std::string text = measure(hq);
  CHECK(text.contains("halte_batches_total 2\n"));
  CHECK(text.contains("halte_items_total{result=\"stored\"} 2\n"));
  CHECK(text.contains("halte_items_total{result=\"duplicate\"} 2\n"));
  CHECK(text.contains("halte_kiosks{state=\"never\"} 2\n"));
  CHECK_FALSE(text.contains("utrecht-1"));
  CHECK_FALSE(text.contains(kiosk.enrolled.token));
}

}  // namespace halte::tests
