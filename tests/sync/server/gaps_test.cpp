// SPDX-License-Identifier: Apache-2.0
#include "sync/server/ingest/gaps.h"

#include <doctest/doctest.h>

#include "tests/sync/server/support.h"

using namespace halte;
using namespace std::chrono_literals;
using store::hq::EpochRecord;
using tests::noon;

namespace {

EpochRecord epoch(std::vector<store::hq::NumberRange> received, std::uint64_t captured, std::uint64_t waiting,
                  const char* name = "3f2a9c01aa", base::Millis heard = 0ms) {
  return {1, "utrecht-1", name, std::move(received), captured, waiting, noon() + heard, 0, 0};
}

ingest::Balance balance(EpochRecord record) { return ingest::balances({std::move(record)}).front(); }

}  // namespace

TEST_CASE("gaps: nothing is missing where captured is received and waiting") {
  CHECK(balance(epoch({{1, 25}}, 25, 0)).missing == 0);
  CHECK(balance(epoch({{1, 20}}, 25, 5)).missing == 0);
  CHECK(balance(epoch({{1, 11}, {13, 25}}, 25, 1)).missing == 0);  // a parked one
  CHECK(balance(epoch({{1, 30}}, 25, 0)).missing == 0);            // more has come since the heartbeat
  CHECK(balance(epoch({}, 0, 0)).missing == 0);
  CHECK(balance(epoch({{1, 24}}, 25, 9)).waiting == 1);  // eight of the nine have arrived since
}

TEST_CASE("gaps: what is neither received nor waiting is missing, with its numbers") {
  auto lost = balance(epoch({{1, 10}, {21, 25}}, 25, 0));
  CHECK(lost.missing == 10);
  CHECK(
      ingest::to_sentence(lost) ==
      "kiosk utrecht-1, epoch 3f2a9c01, heard 2026-11-21T12:00:00Z: 25 captured, 15 received, 0 waiting, 10 "
      "missing: numbers 11 to 20");
  CHECK(balance(epoch({{1, 10}}, 20, 0)).missing == 10);  // nothing has come since the backup
  auto some = balance(epoch({{1, 10}, {21, 25}}, 27, 2));
  CHECK(some.missing == 10);
  CHECK(ingest::to_sentence(some).ends_with("10 missing: among numbers 11 to 20, 26 to 27"));
}

TEST_CASE("gaps: what waited in an epoch that another has replaced is missing, unless a copy is at work") {
  auto replaced = ingest::balances({epoch({{1, 20}}, 22, 2, "old"), epoch({{1, 3}}, 3, 0, "new", 1min)});
  CHECK(replaced[0].missing == 2);
  CHECK(replaced[1].missing == 0);
  CHECK(ingest::missing(replaced) == 2);
  CHECK(ingest::to_sentence(replaced[0]).find("another epoch has taken its place") != std::string::npos);

  auto copy = epoch({{1, 20}}, 22, 2, "old");
  copy.returned = 1;
  auto both = ingest::balances({copy, epoch({{1, 3}}, 3, 0, "new", 1min)});
  CHECK(ingest::missing(both) == 0);
  CHECK(ingest::to_sentence(both[0]).find("two copies of its disk are at work") != std::string::npos);
  CHECK(ingest::to_sentence(both) == "nothing is missing (kiosks' databases looked at: 2)");
}

TEST_CASE("gaps: numbers that were used twice are told") {
  auto twice = epoch({{1, 20}}, 20, 0);
  twice.reused = 3;
  CHECK(ingest::to_sentence(balance(twice)).find("answers under numbers that had come before: 3") !=
        std::string::npos);
}

namespace halte::tests {

TEST_CASE("epochs: a kiosk with an older copy of its database is told to begin a new epoch, once") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  kiosk.store({a_response(hq.random), a_response(hq.random), a_response(hq.random)});
  CHECK_FALSE(kiosk.heartbeat(3).new_epoch);
  CHECK(kiosk.heartbeat(1).new_epoch);
  CHECK_FALSE(kiosk.heartbeat(1, "epoch-2").new_epoch);
}

TEST_CASE(
    "epochs: an answer under a number of another copy is stored, and the copy is told in the same reply") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  kiosk.store({a_response(hq.random)});
  protocol::Batch copy = kiosk.batch({a_response(hq.random)});
  copy.items[0].seq = 1;
  Reply reply = kiosk.send(copy);
  auto answer = must(protocol::parse_acknowledgement(reply.body, copy));
  CHECK((answer.results[0].status == protocol::ItemStatus::stored));
  CHECK(answer.new_epoch);
  CHECK(hq.stored() == 2);
  CHECK_FALSE(must(protocol::parse_acknowledgement(kiosk.send(copy).body, copy)).new_epoch);
}

}  // namespace halte::tests
