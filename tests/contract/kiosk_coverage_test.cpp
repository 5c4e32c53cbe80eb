// SPDX-License-Identifier: Apache-2.0
// The contract of store::hq::KioskCoverage, held against every implementation.

#include <doctest/doctest.h>

#include "core/store/hq/hq_store.h"
#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace std::chrono_literals;
using tests::noon;
using namespace tests::hq;
using enum site::CoverageState;

namespace {

using Spans = std::vector<site::CoverageSpan>;

Spans spans_of(store::hq::HqStore& store, std::int64_t kiosk) {
  Spans all;
  const auto records = store.coverage(noon() - 24h, noon() + 24h);
  REQUIRE(records);
  for (const auto& record : *records)
    if (record.kiosk == kiosk) all.insert(all.end(), record.spans.begin(), record.spans.end());
  return all;
}

store::hq::CoverageRecord told(Spans spans, const std::string& branch = "utrecht") {
  return {1, branch, "checkout", std::move(spans)};
}

}  // namespace

TEST_CASE_TEMPLATE("kiosk coverage: spans that go on are one, and what comes twice does no harm", Hq,
                   EACH_HQ) {
  Hq hq;
  CHECK(*hq.store->add_coverage(told({}), noon()) == noon());
  const auto first = told({{noon() - 3h, noon() - 2h, open}, {noon() - 2h, noon() - 110min, blocked}});
  const auto second = told({{noon() - 110min, noon() - 1h, open}});
  const auto third = told({{noon() - 1h, noon() - 30min, open}});
  CHECK(*hq.store->add_coverage(first, noon()) == noon() - 110min);
  REQUIRE(hq.store->add_coverage(second, noon()));
  for (int time = 0; time < 2; ++time)
    for (const auto& record : {first, second, third}) REQUIRE(hq.store->add_coverage(record, noon()));
  CHECK(spans_of(*hq.store, 1) == Spans{{noon() - 3h, noon() - 2h, open},
                                        {noon() - 2h, noon() - 110min, blocked},
                                        {noon() - 110min, noon() - 30min, open}});
  CHECK(spans_of(*hq.store, 2).empty());
}

TEST_CASE_TEMPLATE("kiosk coverage: a gap stays one, and nothing is taken from after now", Hq, EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->add_coverage(told({{noon() - 3h, noon() - 2h, open}}), noon()));
  CHECK(*hq.store->add_coverage(told({{noon() - 1h, noon() + 1h, open}}), noon()) == noon());
  REQUIRE(hq.store->add_coverage(told({{noon() + 2h, noon() + 3h, open}}), noon()));
  CHECK(spans_of(*hq.store, 1) == Spans{{noon() - 3h, noon() - 2h, open}, {noon() - 1h, noon(), open}});
  const auto known = hq.store->known_coverage();
  REQUIRE(known);
  CHECK(known->size() == 1);
  CHECK(known->at(1) == store::hq::KioskCoverage::Known{noon() - 3h, noon()});
}

TEST_CASE_TEMPLATE(
    "kiosk coverage: a kiosk that has moved stays where it was, for the time that it was there", Hq,
    EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->add_coverage(told({{noon() - 3h, noon() - 2h, open}}), noon()));
  REQUIRE(hq.store->add_coverage(told({{noon() - 2h, noon() - 1h, open}}, "breda"), noon()));
  const auto records = hq.store->coverage(noon() - 150min, noon() - 90min);
  REQUIRE(records);
  REQUIRE(records->size() == 2);
  CHECK((*records)[0].branch == "utrecht");
  CHECK((*records)[0].spans == Spans{{noon() - 150min, noon() - 2h, open}});
  CHECK((*records)[1].branch == "breda");
  CHECK((*records)[1].spans == Spans{{noon() - 2h, noon() - 90min, open}});
}
