// SPDX-License-Identifier: Apache-2.0
// The contract of what a kiosk keeps for its manager: counts, coverage, PIN.

#include <doctest/doctest.h>

#include <array>

#include "tests/contract/kiosk_stores.h"

using namespace halte;
using namespace halte::tests;
using namespace std::chrono_literals;

TEST_CASE_TEMPLATE("local counts: a closed response counts, and still does after it was delivered", Stores,
                   EACH_STORE) {
  Stores s;
  auto r = a_response(s.random), flagged = a_response(s.random);
  flagged.flags = {{"burst", 1}};
  REQUIRE(s.repository().close(r, a_tally()));
  REQUIRE(s.repository().close(flagged, a_tally()));
  REQUIRE(s.outbox().claim({}, noon(), 30s));
  REQUIRE(s.outbox().acknowledge(std::vector<std::uint64_t>{1, 2}));
  auto rows = *s.counts().local_counts(around_noon());
  CHECK(counted(rows, "visit", "4") == 2);
  CHECK(counted(rows, std::string(response::ended_question), "complete") == 2);
  auto staff = std::ranges::find_if(rows, [](const auto& row) { return row.bin == "staff" && !row.flagged; });
  REQUIRE(staff != rows.end());
  CHECK(staff->n == 1);
  CHECK(staff->band == 3);
  CHECK(staff->measures == "reason");
  CHECK(staff->hour == base::hours_since_epoch(noon()));
}

TEST_CASE_TEMPLATE("local counts: a failed close counts nothing", Stores, EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  REQUIRE(s.repository().close(r, a_tally()));
  REQUIRE_FALSE(s.repository().close(r, a_tally()));
  CHECK(counted(*s.counts().local_counts(around_noon()), "visit", "4") == 1);
}

TEST_CASE_TEMPLATE("local counts: another place's and another time's are left out, to the quarter", Stores,
                   EACH_STORE) {
  Stores s;
  auto here = a_response(s.random), elsewhere = a_response(s.random),
       later = a_response(s.random, noon() + 15min);
  elsewhere.branch = "zwolle";
  for (const auto& r : {here, elsewhere, later}) REQUIRE(s.repository().close(r, a_tally()));
  CHECK(counted(*s.counts().local_counts(around_noon()), "nps", "9") == 2);
  response::LocalFilter first_quarter{"utrecht", "checkout", noon(), noon() + 15min};
  CHECK(counted(*s.counts().local_counts(first_quarter), "nps", "9") == 1);
}

TEST_CASE_TEMPLATE("local counts: an erasure takes away what its response added, here or at the server, once",
                   Stores, EACH_STORE) {
  Stores s;
  auto here = a_response(s.random), there = a_response(s.random), stays = a_response(s.random);
  here.receipt_hash = base::Bytes(32, 9);
  there.receipt_hash = base::Bytes(32, 8);
  for (const auto& r : {here, there, stays}) REQUIRE(s.repository().close(r, a_tally()));
  REQUIRE(s.repository().erase_by_receipt(*here.receipt_hash, noon()));
  const std::array erased{there.id, here.id, response::make_id(noon(), s.random)};
  REQUIRE(s.counts().uncount(erased));
  REQUIRE(s.counts().uncount(erased));
  auto rows = *s.counts().local_counts(around_noon());
  CHECK(counted(rows, "visit", "4") == 1);
  CHECK(counted(rows, "went_well", "price") == 1);
  CHECK(counted(rows, std::string(response::ended_question), "complete") == 1);
}

TEST_CASE_TEMPLATE("local counts: old ones go", Stores, EACH_STORE) {
  Stores s;
  auto old = a_response(s.random, noon() - 2h), young = a_response(s.random);
  for (const auto& r : {old, young}) REQUIRE(s.repository().close(r, a_tally()));
  REQUIRE(s.counts().drop_counts_before(noon()));
  CHECK(counted(*s.counts().local_counts(around_noon()), "nps", "9") == 1);
}

TEST_CASE_TEMPLATE("coverage: what the kiosk says every few minutes becomes one span; silence is a gap",
                   Stores, EACH_STORE) {
  Stores s;
  using enum site::CoverageState;
  for (auto minute : {0min, 5min, 10min}) REQUIRE(s.coverage().note_coverage(open, noon() + minute));
  REQUIRE(s.coverage().note_coverage(blocked, noon() + 12min));
  REQUIRE(s.coverage().note_coverage(blocked, noon() + 17min));
  REQUIRE(s.coverage().note_coverage(open, noon() + 60min));
  REQUIRE(s.coverage().note_coverage(open, noon() + 65min));
  REQUIRE(s.coverage().note_coverage(open, noon() + 20min));  // a clock that was set back
  CHECK(*s.coverage().coverage(noon() + 5min, noon() + 90min) ==
        std::vector<site::CoverageSpan>{{noon() + 5min, noon() + 12min, open},
                                        {noon() + 12min, noon() + 17min, blocked},
                                        {noon() + 60min, noon() + 65min, open}});
  REQUIRE(s.coverage().drop_coverage_before(noon() + 30min));
  CHECK(s.coverage().coverage(noon(), noon() + 90min)->size() == 1);
}

TEST_CASE_TEMPLATE("coverage: what a clock that was far ahead left goes once it is right", Stores,
                   EACH_STORE) {
  Stores s;
  using enum site::CoverageState;
  REQUIRE(s.coverage().note_coverage(open, noon() + 24h * 400));
  for (auto minute : {0min, 5min}) REQUIRE(s.coverage().note_coverage(open, noon() + minute));
  CHECK(*s.coverage().coverage(noon() - 1h, noon() + 24h * 800) ==
        std::vector<site::CoverageSpan>{{noon(), noon() + 5min, open}});
}

TEST_CASE_TEMPLATE("coverage: what the device was as another kiosk goes with that enrolment", Stores,
                   EACH_STORE) {
  Stores s;
  using enum site::CoverageState;
  site::Enrolment enrolment = an_enrolment();
  REQUIRE(s.identity().save_enrolment(enrolment));
  for (auto minute : {0min, 5min}) REQUIRE(s.coverage().note_coverage(open, noon() + minute));
  enrolment.token += "2";  // a new code for the same kiosk
  REQUIRE(s.identity().save_enrolment(enrolment));
  CHECK(s.coverage().coverage(noon() - 1h, noon() + 1h)->size() == 1);
  enrolment.kiosk_id = "another";
  REQUIRE(s.identity().save_enrolment(enrolment));
  CHECK(s.coverage().coverage(noon() - 1h, noon() + 1h)->empty());
}

TEST_CASE_TEMPLATE("PIN: a failure is noted, the right digits forgive it, and a change keeps the generation",
                   Stores, EACH_STORE) {
  Stores s;
  CHECK_FALSE(site::try_pin(s.pins(), "483920"));
  REQUIRE(s.pins().save_pin({*base::hash_password("483920"), 3, true, 0}));
  CHECK_FALSE(site::try_pin(s.pins(), "483921")->opens);
  CHECK(s.pins().pin()->value().failures == 1);
  CHECK(site::try_pin(s.pins(), "483920")->opens);
  CHECK(s.pins().pin()->value().failures == 0);
  REQUIRE(site::change_pin(s.pins(), "719305"));
  CHECK(s.pins().pin()->value().generation == 3);
  CHECK_FALSE(s.pins().pin()->value().must_change);
  CHECK(site::try_pin(s.pins(), "719305")->opens);
}

TEST_CASE_TEMPLATE("PIN: one that headquarters gave out replaces any older one, and is taken once", Stores,
                   EACH_STORE) {
  Stores s;
  const std::string hash = *base::hash_password("483920");
  CHECK(*site::take_given_pin(s.pins(), {hash, 1}));
  CHECK(s.pins().pin()->value() == site::Pin{hash, 1, true, 0});
  REQUIRE(site::change_pin(s.pins(), "719305"));
  CHECK_FALSE(*site::take_given_pin(s.pins(), {hash, 1}));
  CHECK(site::try_pin(s.pins(), "719305")->opens);
  for (int i = 0; i < 6; ++i) (void)site::try_pin(s.pins(), "000001");
  CHECK(*site::take_given_pin(s.pins(), {hash, 2}));
  CHECK(s.pins().pin()->value().failures == 0);
  CHECK(site::try_pin(s.pins(), "483920")->pin.must_change);
}

TEST_CASE_TEMPLATE(
    "PIN: after an enrolment the server's numbers begin anew, and the PIN in use stays until one comes",
    Stores, EACH_STORE) {
  Stores s;
  const std::string hash = *base::hash_password("483920");
  REQUIRE(s.pins().save_pin({hash, 7, false, 0}));
  REQUIRE(s.identity().save_enrolment(an_enrolment()));
  CHECK(s.pins().pin()->value().hash == hash);
  CHECK(*site::take_given_pin(s.pins(), {*base::hash_password("719305"), 1}));
}

TEST_CASE_TEMPLATE("adjustments: what was set at the glass stays, also over another enrolment", Stores,
                   EACH_STORE) {
  Stores s;
  CHECK(*s.adjustments().adjustments() == site::Adjustments{});
  const site::Adjustments set{.diagonal_in = 15.6,
                              .brightness = 60,
                              .volume = -40,
                              .sleep = {site::Sleep::Mode::hours, 21 * 60, 6 * 60 + 30},
                              .language = "nl",
                              .proxy = "http://proxy.example:3128",
                              .authorities = "-----BEGIN CERTIFICATE-----\n"};
  REQUIRE(s.adjustments().save_adjustments(set));
  REQUIRE(s.identity().save_enrolment(an_enrolment()));
  CHECK(*s.adjustments().adjustments() == set);
}
