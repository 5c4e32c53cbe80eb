// SPDX-License-Identifier: Apache-2.0
#include "sync/client/worker.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "core/site/pictures.h"
#include "core/store/memory/kiosk_store.h"
#include "tests/support/responses.h"
#include "tests/sync/client/configurations.h"

using namespace halte;
using namespace std::chrono_literals;
using base::Millis;
using client::SyncState;
namespace fault = tests::fault;

namespace {

struct Ear final : client::Listener {
  std::vector<std::shared_ptr<const client::SyncStatus>> statuses;
  std::vector<std::shared_ptr<const site::Configuration>> configurations;
  std::vector<response::Id> erased;

  void on_status(std::shared_ptr<const client::SyncStatus> status) override { statuses.push_back(status); }
  void on_configuration(std::shared_ptr<const site::Configuration> configuration) override {
    configurations.push_back(configuration);
  }
  void on_erased(std::span<const response::Id> ids) override {
    erased.insert(erased.end(), ids.begin(), ids.end());
  }
};

struct Kiosk {
  base::SeededRandom random{17};
  base::ManualClock clock{tests::noon()};
  store::memory::KioskStore store{random};
  tests::FakeServer server{clock};
  Ear ear;
  client::DeviceState device{.software = "halte 0.1.0", .uptime_s = 60, .clock_synced = true};
  base::SigningKeyPair keys;
  site::Enrolment enrolment = tests::an_enrolment(random, &keys);
  client::Worker worker{{store, store, store, server, clock, random, ear, base::silent_log()},
                        [](const site::Configuration&) { return base::Status{}; },
                        {}};

  explicit Kiosk(bool enrolled = true) {
    server.enrolment = enrolment;
    server.heartbeat_reply.hq_time = clock.now();
    if (enrolled) REQUIRE(store.save_enrolment(enrolment));
  }
  void answer() { REQUIRE(store.close(tests::a_response(random), {})); }
  Millis step() { return worker.step(device); }
  // As the sync thread does: step, sleep, step …, for so long.
  void run(Millis span) {
    base::Millis end = clock.steady() + span;
    while (true) {
      Millis sleep = step();
      if (clock.steady() + sleep > end) break;
      clock.advance(sleep);
    }
    clock.advance(end - clock.steady());
  }
  const client::SyncStatus& status() { return *ear.statuses.back(); }
  std::size_t count(const char* path) {
    return std::size_t(
        std::ranges::count_if(server.requests, [&](const auto& r) { return r.url.ends_with(path); }));
  }
};

}  // namespace

TEST_CASE("worker: without an enrolment it sends nothing and says so") {
  Kiosk kiosk(false);
  kiosk.answer();
  CHECK(kiosk.step() == Millis{60s});
  CHECK(kiosk.server.requests.empty());
  CHECK((kiosk.status().state == SyncState::must_enrol));
  CHECK(kiosk.status().pending == 1);

  REQUIRE(kiosk.store.save_enrolment(kiosk.enrolment));
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 1);
  CHECK((kiosk.status().state == SyncState::ok));
}

TEST_CASE("worker: the first step says hello and asks for the configuration") {
  Kiosk kiosk;
  kiosk.server.configuration =
      tests::signed_reply(base::to_text(tests::a_configuration(3)), kiosk.keys.secret_key, "\"v3\"");
  CHECK(kiosk.step() == Millis{60s});
  CHECK(kiosk.server.heartbeats.size() == 1);
  REQUIRE(kiosk.ear.configurations.size() == 1);
  CHECK(kiosk.ear.configurations[0]->version == 3);
  CHECK(kiosk.status().configuration_version == 3);
  CHECK(kiosk.status().last_contact == kiosk.clock.now());
}

TEST_CASE("worker: an answer leaves in the very step that its closing wakes") {
  Kiosk kiosk;
  kiosk.step();
  kiosk.clock.advance(10s);
  kiosk.answer();
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 1);
  CHECK(kiosk.status().pending == 0);
  CHECK(kiosk.status().delivered == 1);
}

TEST_CASE("worker: a full outbox drains batch by batch without sleeping in between") {
  Kiosk kiosk;
  for (int i = 0; i < 350; ++i) kiosk.answer();
  Millis slept{0};
  for (int i = 0; i < 5; ++i) slept += kiosk.step();
  CHECK(kiosk.server.rows.size() == 350);
  CHECK(slept <= Millis{60s});
  CHECK(kiosk.status().captured == 350);
  CHECK(kiosk.status().acknowledged == 350);
}

TEST_CASE("worker: one heartbeat a minute, one question for the configuration in five") {
  Kiosk kiosk;
  kiosk.run(30min);
  CHECK(kiosk.server.heartbeats.size() == 31);
  CHECK(kiosk.count("/kiosk/config") == 7);
  CHECK(kiosk.count("/batches") == 0);
}

TEST_CASE("worker: a change of the screen's or the database's state is told at once") {
  Kiosk kiosk;
  kiosk.step();
  kiosk.device.screen = "service";
  kiosk.step();
  kiosk.step();
  REQUIRE(kiosk.server.heartbeats.size() == 2);
  CHECK(kiosk.server.heartbeats[1].screen == "service");
  kiosk.device.database = "full";
  kiosk.step();
  CHECK(kiosk.server.heartbeats.size() == 3);
  kiosk.device.uptime_s += 10;
  kiosk.step();
  CHECK(kiosk.server.heartbeats.size() == 3);
}

TEST_CASE("worker: a heartbeat carries the outbox's figures and the clock's offset") {
  Kiosk kiosk;
  kiosk.server.heartbeat_reply.hq_time = tests::noon() + 1500ms;
  kiosk.server.weather = [] { return fault::answer(tests::problem(503, "busy")); };
  kiosk.answer();
  kiosk.step();
  kiosk.server.weather = nullptr;
  kiosk.clock.advance(60s);
  kiosk.server.heartbeat_reply.hq_time = kiosk.clock.now() + 1500ms;
  kiosk.server.script = {fault::answer(tests::problem(503, "busy"))};
  kiosk.step();
  REQUIRE(kiosk.server.heartbeats.size() == 1);
  const protocol::Heartbeat& beat = kiosk.server.heartbeats[0];
  CHECK(beat.pending == 1);
  CHECK(beat.captured == 1);
  CHECK(beat.oldest_pending_s == 60);
  CHECK(beat.software == "halte 0.1.0");
  CHECK(beat.epoch == *kiosk.store.epoch());
  CHECK(kiosk.status().clock_offset == Millis{1500});
  kiosk.run(60s);
  CHECK(kiosk.server.heartbeats.back().clock_offset_ms == 1500);
}

TEST_CASE("worker: ids that were erased at the server reach the listener") {
  Kiosk kiosk;
  kiosk.server.heartbeat_reply.erased = {*response::parse_id("000050910102030405060708090a0b0c")};
  kiosk.step();
  CHECK(kiosk.ear.erased == kiosk.server.heartbeat_reply.erased);
}

TEST_CASE("worker: told that its numbers are another copy's too, it goes on under a new epoch from 1") {
  Kiosk kiosk;
  for (int i = 0; i < 3; ++i) kiosk.answer();
  kiosk.step();
  const std::string before = *kiosk.store.epoch();
  kiosk.server.heartbeat_reply.new_epoch = true;
  kiosk.clock.advance(60s);
  kiosk.step();
  kiosk.server.heartbeat_reply.new_epoch = false;
  CHECK(*kiosk.store.epoch() != before);
  kiosk.answer();
  kiosk.clock.advance(60s);
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 4);
  const protocol::Heartbeat& beat = kiosk.server.heartbeats.back();
  CHECK(beat.epoch == *kiosk.store.epoch());
  CHECK(beat.captured == 1);
  CHECK(beat.acknowledged == 1);
}

TEST_CASE("worker: a batch that says so renumbers what still waits, and every answer arrives once") {
  Kiosk kiosk;
  kiosk.server.new_epoch_at = {1};
  for (int i = 0; i < 350; ++i) kiosk.answer();
  const std::string before = *kiosk.store.epoch();
  kiosk.run(1min);
  CHECK(kiosk.server.rows.size() == 350);
  CHECK(kiosk.status().pending == 0);
  CHECK(*kiosk.store.epoch() != before);
  CHECK(kiosk.status().captured == 250);  // the first hundred were counted in the epoch before
  CHECK(kiosk.status().acknowledged == 250);
}

TEST_CASE("worker: a pause holds batches back, not heartbeats, and ends by itself") {
  Kiosk kiosk;
  kiosk.server.heartbeat_reply.pause_s = 50;
  kiosk.step();
  kiosk.server.heartbeat_reply.pause_s = 0;
  kiosk.answer();
  kiosk.step();
  CHECK((kiosk.status().state == SyncState::paused));
  CHECK(kiosk.server.rows.empty());
  kiosk.run(49s);
  CHECK(kiosk.server.rows.empty());
  kiosk.run(2s);
  CHECK(kiosk.server.rows.size() == 1);
  CHECK((kiosk.status().state == SyncState::ok));
}

TEST_CASE("worker: what was parked is asked once more at the next start, and not before") {
  Kiosk kiosk;
  kiosk.answer();
  REQUIRE(kiosk.store.park(1, "refused: by a server that has been mended since"));
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 1);
  kiosk.answer();
  REQUIRE(kiosk.store.park(2, "refused: for good"));
  kiosk.run(10min);
  CHECK(kiosk.server.rows.size() == 1);
}

TEST_CASE("worker: a pause of a hundred years ends within the hour") {
  Kiosk kiosk;
  kiosk.server.heartbeat_reply.pause_s = 3'155'760'000;
  kiosk.step();
  kiosk.answer();
  kiosk.server.weather = [] { return fault::no_route(); };  // no later heartbeat can take it back
  kiosk.run(59min);
  CHECK(kiosk.count("/batches") == 0);
  kiosk.run(2min);
  CHECK(kiosk.count("/batches") > 0);
}

TEST_CASE("worker: offline it backs off, and the first sign of the link sends everything") {
  Kiosk kiosk;
  kiosk.server.weather = [] { return fault::no_route(); };
  kiosk.answer();
  kiosk.run(6h);
  CHECK((kiosk.status().state == SyncState::offline));
  CHECK(kiosk.count("/batches") < 80);  // six hours at a mean of 7.5 min, and the steps up to it
  CHECK(kiosk.count("/batches") > 20);
  CHECK(kiosk.status().pending == 1);
  kiosk.server.weather = nullptr;
  kiosk.run(61s);  // the next heartbeat finds the link up
  CHECK(kiosk.server.rows.size() == 1);
  CHECK((kiosk.status().state == SyncState::ok));
}

TEST_CASE("worker: when the system says that the link came up, nothing waits") {
  Kiosk kiosk;
  kiosk.server.weather = [] { return fault::no_route(); };
  kiosk.answer();
  kiosk.run(1h);
  kiosk.server.weather = nullptr;
  kiosk.worker.link_came_up();
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 1);
}

TEST_CASE("worker: another way to the server is tried at once, also after one that was not trusted") {
  Kiosk kiosk;
  kiosk.server.weather = [] {
    return [](tests::FakeServer&, const net::HttpRequest&) -> base::Result<net::HttpReply> {
      return base::fail("hq.example.nl:443", "certificate of an unknown issuer", "connecting",
                        base::ErrorKind::refused);
    };
  };
  kiosk.answer();
  kiosk.run(1h);
  CHECK((kiosk.status().state == SyncState::refused));
  kiosk.server.weather = nullptr;
  kiosk.worker.link_came_up();
  kiosk.step();
  CHECK(kiosk.server.rows.empty());
  kiosk.worker.route_changed();
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 1);
}

TEST_CASE(
    "worker: a storm of 503 is met with fewer and fewer batches, and the heartbeat does not undo that") {
  Kiosk kiosk;
  kiosk.answer();
  for (int i = 0; i < 10'000; ++i)
    kiosk.server.script.push_back(fault::answer(tests::problem(503, "too many at once")));
  kiosk.run(1h);
  CHECK(kiosk.count("/heartbeats") == 61);
  CHECK(kiosk.count("/batches") < 30);
  CHECK((kiosk.status().state == SyncState::busy));
  CHECK(kiosk.status().reason == "HTTP 503: too many at once");
  CHECK(kiosk.status().pending == 1);
  kiosk.server.script.clear();
  kiosk.run(16min);
  CHECK(kiosk.server.rows.size() == 1);
}

TEST_CASE("worker: Retry-After of 10^9 seconds is an hour") {
  Kiosk kiosk;
  kiosk.answer();
  kiosk.server.script = {fault::answer(tests::problem(429, "slow down", {{"Retry-After", "1000000000"}}))};
  kiosk.run(59min);
  CHECK(kiosk.server.rows.empty());
  CHECK(kiosk.count("/batches") == 1);
  kiosk.run(2min);
  CHECK(kiosk.server.rows.size() == 1);
}

TEST_CASE("worker: a revoked kiosk keeps everything, says so, and goes on under its new enrolment") {
  Kiosk kiosk;
  for (int i = 0; i < 5; ++i) kiosk.answer();
  kiosk.server.revoked = true;
  kiosk.run(24h);
  CHECK((kiosk.status().state == SyncState::must_enrol));
  CHECK(kiosk.status().pending == 5);
  CHECK(kiosk.status().parked == 0);

  kiosk.enrolment.token = "n3w";
  kiosk.server.enrolment = kiosk.enrolment;
  kiosk.server.revoked = false;
  REQUIRE(kiosk.store.save_enrolment(kiosk.enrolment));
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 5);
  CHECK((kiosk.status().state == SyncState::ok));
}

TEST_CASE("worker: clocks that jump delay nothing and delete nothing") {
  Kiosk kiosk;
  kiosk.step();
  kiosk.server.weather = [] { return fault::no_route(); };
  kiosk.answer();
  kiosk.step();
  kiosk.clock.set(base::Instant{});  // 1970
  kiosk.server.weather = nullptr;
  kiosk.run(61s);
  CHECK(kiosk.server.rows.size() == 1);
  kiosk.clock.set(tests::noon() + 24h * 400);
  kiosk.answer();
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 2);
  CHECK(kiosk.status().acknowledged == 2);
}

TEST_CASE("worker: a bad configuration is named, the old one stays, and batches go on") {
  Kiosk kiosk;
  kiosk.server.configuration =
      tests::signed_reply(base::to_text(tests::a_configuration(3)), kiosk.keys.secret_key, "");
  kiosk.step();
  auto foreign = base::make_signing_key_pair(kiosk.random);
  kiosk.server.configuration =
      tests::signed_reply(base::to_text(tests::a_configuration(4)), foreign.secret_key, "");
  kiosk.run(6min);
  CHECK(kiosk.status().configuration_version == 3);
  CHECK(kiosk.status().configuration_problem.find("signature") != std::string::npos);
  kiosk.answer();
  kiosk.step();
  CHECK(kiosk.server.rows.size() == 1);
  CHECK((kiosk.status().state == SyncState::ok));
}

TEST_CASE("worker: a picture that does not come is named, tried again soon, and holds nothing else up") {
  Kiosk kiosk;
  const std::string logo = "a logo", id = site::picture_id(base::as_bytes(logo));
  base::Json json = tests::a_configuration(3);
  json["settings"] = {{"logo", id}};
  kiosk.server.configuration = tests::signed_reply(base::to_text(json), kiosk.keys.secret_key, "\"v3\"");
  kiosk.answer();
  kiosk.step();
  CHECK(kiosk.status().configuration_version == 3);
  CHECK(kiosk.status().configuration_problem.find("picture") != std::string::npos);
  CHECK(kiosk.server.rows.size() == 1);
  CHECK(kiosk.ear.configurations.size() == 1);

  kiosk.server.configuration = {};  // nothing is new but the picture
  kiosk.server.pictures[id] = logo;
  kiosk.run(1min);  // a configuration alone would wait for five
  CHECK(kiosk.status().configuration_problem.empty());
  CHECK(kiosk.ear.configurations.size() == 2);
  CHECK(kiosk.store.picture(id)->has_value());
  const std::size_t asked = kiosk.count("/config");
  kiosk.run(4min);
  CHECK(kiosk.count("/config") == asked);
}

TEST_CASE("worker: a status is published when something changed, and not otherwise") {
  Kiosk kiosk;
  kiosk.step();
  std::size_t before = kiosk.ear.statuses.size();
  for (int i = 0; i < 10; ++i) kiosk.step();
  CHECK(kiosk.ear.statuses.size() == before);
  kiosk.answer();
  kiosk.step();
  CHECK(kiosk.ear.statuses.size() == before + 1);
}

TEST_CASE("worker: what the kiosk was to visitors goes with a heartbeat, from where the server knows it") {
  using enum site::CoverageState;
  Kiosk kiosk;
  const base::Instant start = kiosk.clock.now();
  kiosk.server.heartbeat_reply.coverage_until = start - std::chrono::minutes(90);
  for (int minute : {-120, -115, -110})
    REQUIRE(kiosk.store.note_coverage(open, start + std::chrono::minutes(minute)));
  for (int minute : {-60, -55, -50})
    REQUIRE(kiosk.store.note_coverage(open, start + std::chrono::minutes(minute)));
  for (int minute : {-49, -45})
    REQUIRE(kiosk.store.note_coverage(blocked, start + std::chrono::minutes(minute)));
  kiosk.step();
  CHECK(kiosk.server.heartbeats.back().coverage.empty());  // nobody has asked yet
  kiosk.run(std::chrono::minutes(1));
  kiosk.step();
  const auto at = [&](int minute) { return start + std::chrono::minutes(minute); };
  const std::vector<site::CoverageSpan> told{{at(-60), at(-49), open}, {at(-49), at(-45), blocked}};
  CHECK(kiosk.server.heartbeats.back().coverage == told);
  kiosk.server.heartbeat_reply.coverage_until = at(-45);
  kiosk.run(std::chrono::minutes(1));
  kiosk.run(std::chrono::minutes(1));
  CHECK(kiosk.server.heartbeats.back().coverage.empty());
}

TEST_CASE("worker: a kiosk whose clock may be wrong tells no times") {
  Kiosk kiosk;
  kiosk.device.clock_synced = false;
  kiosk.server.heartbeat_reply.coverage_until = kiosk.clock.now() - std::chrono::hours(1);
  for (int minute : {-20, -15, -10})
    REQUIRE(kiosk.store.note_coverage(site::CoverageState::open,
                                      kiosk.clock.now() + std::chrono::minutes(minute)));
  kiosk.run(std::chrono::minutes(3));
  REQUIRE(kiosk.server.heartbeats.size() > 2);
  for (const auto& beat : kiosk.server.heartbeats) CHECK(beat.coverage.empty());
}
