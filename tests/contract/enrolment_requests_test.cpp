// SPDX-License-Identifier: Apache-2.0
// The contract of store::hq::EnrolmentRequests, held against every implementation.

#include <doctest/doctest.h>

#include "core/site/enrolment.h"
#include "core/store/hq/hq_store.h"
#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace std::chrono_literals;
using tests::noon;
using namespace tests::hq;

namespace {

store::hq::EnrolmentRequestRecord asking(std::uint8_t key, base::Instant now, std::uint8_t nonce = 1) {
  const base::Bytes public_key(32, key);
  return {
      site::fingerprint_of(public_key), public_key, "halte test", base::Bytes(16, nonce), now, now + 1h, {}};
}

}  // namespace

TEST_CASE_TEMPLATE("enrolment requests: one stands until its hour is over, and is renewed by its own nonce",
                   Hq, EACH_HQ) {
  Hq hq;
  const auto first = asking(1, noon());
  REQUIRE(hq.store->hear_enrolment(first, {}));
  auto stranger = hq.store->hear_enrolment(asking(1, noon() + 30min, 2), base::Bytes(16, 9));
  CHECK(stranger->nonce == first.nonce);
  CHECK(stranger->expires == noon() + 1h);
  auto renewed = hq.store->hear_enrolment(asking(1, noon() + 30min, 2), first.nonce);
  CHECK(renewed->nonce == base::Bytes(16, 2));
  CHECK(renewed->asked == noon());
  auto stands = *hq.store->enrolment_request(first.fingerprint, noon() + 89min);
  REQUIRE(stands);
  CHECK(stands->public_key == first.public_key);
  CHECK(stands->software == "halte test");
  CHECK_FALSE(*hq.store->enrolment_request(first.fingerprint, noon() + 90min));
  CHECK(hq.store->hear_enrolment(asking(1, noon() + 90min, 3), {})->asked == noon() + 90min);
}

TEST_CASE_TEMPLATE("enrolment requests: an approval is used once, by the key that was seen and its nonce", Hq,
                   EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  const auto first = asking(1, noon()), second = asking(2, noon());
  base::Bytes token(32, 3);
  REQUIRE(hq.store->hear_enrolment(first, {}));
  REQUIRE(hq.store->hear_enrolment(second, {}));
  const auto claim = [&](const base::Bytes& key, const base::Bytes& nonce, base::Instant now = noon()) {
    return *hq.store->claim_enrolment(key, nonce, token, now);
  };
  CHECK_FALSE(claim(first.public_key, first.nonce));
  CHECK_FALSE(hq.store->approve_enrolment(first.fingerprint, "nowhere", noon()));
  CHECK_FALSE(hq.store->approve_enrolment(first.fingerprint, "kiosk-1", noon() + 1h));
  REQUIRE(hq.store->approve_enrolment(first.fingerprint, "kiosk-1", noon()));
  CHECK_FALSE(claim(second.public_key, second.nonce));
  CHECK_FALSE(claim(first.public_key, base::Bytes(16, 9)));
  CHECK_FALSE(claim(first.public_key, first.nonce, noon() + 1h));
  auto kiosk = claim(first.public_key, first.nonce);
  REQUIRE(kiosk);
  CHECK(kiosk->id == "kiosk-1");
  CHECK(kiosk->public_key == first.public_key);
  CHECK(hq.store->kiosk_by_token(token)->value().id == "kiosk-1");
  CHECK_FALSE(claim(first.public_key, first.nonce));
  CHECK_FALSE(*hq.store->enrolment_request(first.fingerprint, noon()));
}

TEST_CASE_TEMPLATE("enrolment requests: one device a kiosk is approved, and what is refused is gone", Hq,
                   EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  const auto first = asking(1, noon()), second = asking(2, noon());
  REQUIRE(hq.store->hear_enrolment(first, {}));
  REQUIRE(hq.store->hear_enrolment(second, {}));
  REQUIRE(hq.store->approve_enrolment(first.fingerprint, "kiosk-1", noon()));
  CHECK_FALSE(hq.store->approve_enrolment(base::Bytes(10, 7), "kiosk-1", noon()));
  CHECK((*hq.store->enrolment_request(first.fingerprint, noon()))->kiosk == "kiosk-1");
  REQUIRE(hq.store->approve_enrolment(second.fingerprint, "kiosk-1", noon()));
  CHECK((*hq.store->enrolment_request(first.fingerprint, noon()))->kiosk == "");
  REQUIRE(hq.store->refuse_enrolment(second.fingerprint));
  CHECK_FALSE(*hq.store->claim_enrolment(second.public_key, second.nonce, base::Bytes(32, 3), noon()));
  CHECK(hq.store->refuse_enrolment(second.fingerprint).error().kind == base::ErrorKind::not_found);
}

TEST_CASE_TEMPLATE("enrolment requests: a fingerprint belongs to the key that had it first", Hq, EACH_HQ) {
  Hq hq;
  const auto first = asking(1, noon());
  auto forged = asking(2, noon(), 2);
  forged.fingerprint = first.fingerprint;
  REQUIRE(hq.store->hear_enrolment(first, {}));
  CHECK(hq.store->hear_enrolment(forged, first.nonce).error().kind == base::ErrorKind::conflict);
  CHECK((*hq.store->enrolment_request(first.fingerprint, noon()))->public_key == first.public_key);
}

TEST_CASE_TEMPLATE("enrolment requests: so many wait, and those that are heard and approved outlast a flood",
                   Hq, EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  const auto quiet = asking(251, noon()), heard = asking(252, noon()), approved = asking(253, noon());
  for (const auto& request : {quiet, heard, approved}) REQUIRE(hq.store->hear_enrolment(request, {}));
  REQUIRE(hq.store->approve_enrolment(approved.fingerprint, "kiosk-1", noon()));
  REQUIRE(hq.store->hear_enrolment(asking(252, noon() + 2s, 2), heard.nonce));
  for (std::uint8_t i = 0; i < store::hq::most_enrolment_requests - 1; ++i)
    REQUIRE(hq.store->hear_enrolment(asking(i, noon() + 1s), {}));
  const auto is_there = [&](const auto& request) {
    return hq.store->enrolment_request(request.fingerprint, noon() + 3s)->has_value();
  };
  CHECK_FALSE(is_there(quiet));
  CHECK(is_there(heard));
  CHECK(is_there(approved));
}
