// SPDX-License-Identifier: Apache-2.0
// Erasures as a value: from one copy of the server's database to another.
#include <doctest/doctest.h>

#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace tests::hq;
using store::hq::IngestStatus;
using tests::a_response;

TEST_CASE_TEMPLATE("erasures: applied to another copy they erase what it holds, and to the same one nothing",
                   Hq, EACH_HQ) {
  Hq hq, copy;
  auto by_code = a_response(hq.random), by_kiosk = a_response(hq.random), stays = a_response(hq.random);
  by_code.receipt_hash = base::Bytes(32, 4);
  for (auto* store : {hq.store.get(), copy.store.get()}) {
    std::uint64_t seq = 0;
    for (const auto& r : {by_code, by_kiosk, stays}) ingest_one(*store, item_of(++seq, r));
  }
  REQUIRE(hq.store->erase_by_receipt(*by_code.receipt_hash, tally));
  ingest_one(*hq.store, {4, outbox::ItemType::erasure, by_kiosk.id, {}, ""});
  const auto erasures = *hq.store->erasures();
  CHECK(erasures.responses.size() == 2);

  CHECK(copy.store->apply(erasures, tally)->erased == 2);
  CHECK(copy.store->stored_responses() == 1);
  CHECK(counted(*copy.store, "nps") == 1);
  CHECK(*copy.store->erasures() == erasures);
  CHECK(
      (copy.store->find_by_receipt(*by_code.receipt_hash)->state == store::hq::ReceiptRecord::State::erased));
  CHECK((ingest_one(*copy.store, item_of(1, by_code)) == IngestStatus::rejected));
  CHECK(copy.store->apply(erasures, tally)->erased == 0);
  CHECK(hq.store->apply(erasures, tally)->erased == 0);
  CHECK(counted(*copy.store, "nps") == 1);
}

TEST_CASE_TEMPLATE("erasures: a copy that never had the response keeps it out, and still knows its receipt",
                   Hq, EACH_HQ) {
  Hq hq, copy;
  auto r = a_response(hq.random);
  r.receipt_hash = base::Bytes(32, 4);
  ingest_one(*hq.store, item_of(1, r));
  REQUIRE(hq.store->erase_by_receipt(*r.receipt_hash, tally));
  CHECK(copy.store->apply(*hq.store->erasures(), tally)->erased == 0);
  CHECK((copy.store->find_by_receipt(*r.receipt_hash)->state == store::hq::ReceiptRecord::State::erased));
  CHECK((ingest_one(*copy.store, item_of(1, r)) == IngestStatus::rejected));
  CHECK(*copy.store->erasures() == *hq.store->erasures());
}

TEST_CASE_TEMPLATE("erasures: a withdrawal drops the contact in another copy, by kiosk and by receipt", Hq,
                   EACH_HQ) {
  for (bool came_before : {false, true}) {
    CAPTURE(came_before);
    Hq hq, copy;
    auto r = a_response(hq.random);
    r.receipt_hash = base::Bytes(32, 4);
    r.contact = response::SealedContact{"seal-1", base::Bytes(64, 2)};
    r.consents = {tests::a_consent("contact", response::ConsentState::given)};
    if (came_before) ingest_one(*hq.store, item_of(1, r));
    REQUIRE(hq.store->withdraw_by_receipt(*r.receipt_hash, "contact"));
    ingest_one(*copy.store, item_of(1, r));
    CHECK(copy.store->apply(*hq.store->erasures(), tally)->withdrawn == 1);
    CHECK_FALSE(copy.store->find_by_receipt(*r.receipt_hash)->response->contact);
    CHECK(copy.store->apply(*hq.store->erasures(), tally)->withdrawn == 0);
  }
}

TEST_CASE_TEMPLATE("erasures: kiosks are known by their name, whatever their rows are", Hq, EACH_HQ) {
  Hq hq, copy;
  for (const char* id : {"kassa-1", "kassa-2"}) REQUIRE(hq.store->provision(with_kiosk(id, id)));
  for (const char* id : {"kassa-2", "kassa-1"}) REQUIRE(copy.store->provision(with_kiosk(id, id)));
  auto r = a_response(hq.random);
  const auto row_of = [](store::hq::HqStore& store, const std::string& id) {
    const auto kiosks = *store.kiosks();
    for (const auto& kiosk : kiosks)
      if (kiosk.id == id) return kiosk.row;
    return std::int64_t(0);
  };
  ingest_one(*copy.store, item_of(1, r), row_of(*copy.store, "kassa-1"));
  ingest_one(*hq.store, {1, outbox::ItemType::erasure, r.id, {}, ""}, row_of(*hq.store, "kassa-1"));
  REQUIRE(row_of(*hq.store, "kassa-1") != row_of(*copy.store, "kassa-1"));
  CHECK(copy.store->apply(*hq.store->erasures(), tally)->erased == 1);
  CHECK(copy.store->stored_responses() == 0);
}

TEST_CASE_TEMPLATE("erasures: of a kiosk that a copy does not know, the receipt keeps the response out", Hq,
                   EACH_HQ) {
  Hq hq, copy;
  REQUIRE(hq.store->provision(with_kiosk("kassa-9", "9")));
  const std::int64_t kiosk = hq.store->kiosks()->at(0).row;
  auto r = a_response(hq.random);
  r.receipt_hash = base::Bytes(32, 4);
  ingest_one(*hq.store, item_of(1, r), kiosk);
  REQUIRE(hq.store->erase_by_receipt(*r.receipt_hash, tally));
  CHECK(copy.store->apply(*hq.store->erasures(), tally)->erased == 0);
  CHECK((ingest_one(*copy.store, item_of(1, r), 77) == IngestStatus::rejected));
}
