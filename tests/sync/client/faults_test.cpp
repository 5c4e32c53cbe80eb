// SPDX-License-Identifier: Apache-2.0
// A long run through random faults: every answer ends up at the server exactly once.

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <set>

#include "core/store/kiosk/kiosk_store.h"
#include "core/store/memory/kiosk_store.h"
#include "sync/client/worker.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"
#include "tests/sync/client/fake_server.h"

using namespace halte;
using namespace std::chrono_literals;
namespace fault = tests::fault;

namespace {

struct Deaf final : client::Listener {
  void on_status(std::shared_ptr<const client::SyncStatus>) override {}
  void on_configuration(std::shared_ptr<const site::Configuration>) override {}
  void on_erased(std::span<const response::Id>) override {}
};

std::uint64_t seed() {
  const char* given = std::getenv("HALTE_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 20261121;
}

// Stored, and the server says "once more" for every other item.
tests::FakeServer::Fault half_retry() {
  return [](tests::FakeServer& server, const net::HttpRequest& request) {
    auto reply = server.honest(request);
    auto json = base::parse_json(reply->body, "answer");
    if (!json || !json->contains("results")) return reply;
    for (std::size_t i = 0; i < (*json)["results"].size(); i += 2) (*json)["results"][i]["status"] = "retry";
    reply->body = base::to_text(*json);
    return reply;
  };
}

const std::array faults{fault::no_route(),
                        fault::lost_acknowledgement(),
                        fault::cut_body(),
                        fault::portal(),
                        fault::portal_json(),
                        fault::redirect(),
                        half_retry(),
                        fault::answer(tests::problem(400, "cannot read it")),
                        fault::answer({400, {}, "a proxy's"}),
                        fault::answer(tests::problem(401, "unknown token")),
                        fault::answer({403, {}, "a firewall's"}),
                        fault::answer({404, {}, ""}),
                        fault::answer(tests::problem(408, "too slow")),
                        fault::answer(tests::problem(413, "too much")),
                        fault::answer(tests::problem(422, "cannot read it")),
                        fault::answer(tests::problem(426, "too old")),
                        fault::answer(tests::problem(429, "slow down", {{"Retry-After", "1000000000"}})),
                        fault::answer(tests::problem(500, "broken")),
                        fault::answer({502, {}, "<html>"}),
                        fault::answer(tests::problem(503, "busy", {{"Retry-After", "5"}})),
                        fault::answer({200, {}, ""}),
                        fault::answer(tests::json_reply(200, "[]"))};

struct Figures {
  std::size_t requests = 0, faults = 0;
  int unparked = 0;
};

struct Run {
  response::Repository& repository;
  outbox::Outbox& outbox;
  site::IdentityStore& identity;
  site::CoverageLog& coverage;
  base::SeededRandom random{seed()};
  base::ManualClock clock{tests::noon()};
  tests::FakeServer server{clock};
  Deaf deaf{};
  client::DeviceState device{.software = "halte", .clock_synced = true};
  std::set<std::string> kept, erased;
  Figures figures{};
  tests::FakeServer::Fault spell{};
  int spell_left = 0;

  bool chance(double probability) { return random.uniform() < probability; }

  // Half of the requests go wrong, each in its own way; now and then one kind of trouble stays for a while.
  tests::FakeServer::Fault weather() {
    if (spell_left > 0) --spell_left;
    if (spell_left == 0 && !chance(0.5)) return nullptr;
    ++figures.faults;
    if (spell_left > 0) return spell;
    spell = faults[std::size_t(random.uniform() * double(faults.size()))];
    if (chance(0.02)) spell_left = int(random.uniform() * 100);
    return spell;
  }

  // One answer in 50 has a receipt and is erased by its visitor, before or after it was sent.
  void answer(std::vector<base::Bytes>& receipts) {
    auto response = tests::a_response(random, clock.now());
    std::string id = response::to_hex(response.id);
    if (chance(0.02)) {
      response.receipt_hash = random.bytes(32);
      receipts.push_back(*response.receipt_hash);
      erased.insert(id);
    } else {
      kept.insert(id);
    }
    REQUIRE(repository.close(response, {}));
  }

  void go(int answers) {
    site::Enrolment enrolment = tests::an_enrolment(random);
    REQUIRE(identity.save_enrolment(enrolment));
    server.enrolment = enrolment;
    server.heartbeat_reply.hq_time = tests::noon();
    client::Worker worker{{outbox, identity, coverage, server, clock, random, deaf, base::silent_log()},
                          [](const site::Configuration&) { return base::Status{}; },
                          {}};
    server.weather = [this] { return weather(); };
    std::vector<base::Bytes> receipts;
    for (int closed = 0; closed < answers;) {
      for (int burst = int(random.uniform() * 12); burst > 0 && closed < answers; --burst, ++closed)
        answer(receipts);
      clock.advance(worker.step(device));
      if (!receipts.empty() && chance(0.3)) erase(receipts);
      if (chance(0.05)) figures.unparked += *outbox.unpark();
    }
    while (!receipts.empty()) erase(receipts);
    server.weather = nullptr;  // it heals
    drain(worker);
    figures.requests = server.requests.size();
  }

  void erase(std::vector<base::Bytes>& receipts) {
    REQUIRE(repository.erase_by_receipt(receipts.back(), clock.now()));
    receipts.pop_back();
  }

  void drain(client::Worker& worker) {
    base::Millis healed = clock.steady();
    figures.unparked += *outbox.unpark();
    while (outbox.status()->pending > 0 && clock.steady() - healed < 2h) clock.advance(worker.step(device));
  }

  void judge() {
    auto status = *outbox.status();
    CHECK(status.pending == 0);
    CHECK(status.parked == 0);
    CHECK(status.captured == status.acknowledged);
    CHECK(server.rows.size() == kept.size());
    for (const std::string& id : kept) {
      if (!server.rows.contains(id)) FAIL_CHECK("lost " << id);
      if (server.stores[id] != 1) FAIL_CHECK("stored " << server.stores[id] << " times: " << id);
    }
    CHECK(server.erased == erased);
    MESSAGE("seed " << seed() << ": " << kept.size() << " answers exactly once, " << erased.size()
                    << " erased, through " << figures.faults << " faults in " << figures.requests
                    << " requests; " << figures.unparked << " were parked for a time");
  }
};

}  // namespace

TEST_CASE("faults: 10,000 answers through random faults are at the server exactly once") {
  base::SeededRandom random(1);
  store::memory::KioskStore store(random);
  Run run{store, store, store, store};
  run.go(10'000);
  run.judge();
}

TEST_CASE("faults: the same holds over the SQLite store") {
  tests::TemporaryFolder folder;
  base::SeededRandom random(1);
  auto store = store::kiosk::KioskStore::create(folder / "kiosk.db", random);
  REQUIRE(store);
  Run run{**store, **store, **store, **store};
  run.go(500);
  run.judge();
}
