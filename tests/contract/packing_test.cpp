// SPDX-License-Identifier: Apache-2.0
// Counts mean the same whether they stand in rows, packed, or in both.
#include <doctest/doctest.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "core/store/hq/sqlite/packed.h"
#include "tests/contract/fixtures.h"
#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace std::chrono_literals;
using store::hq::CountFilter;
using store::hq::CountRow;
using store::hq::Grain;
using store::hq::PackedBins;
using tests::a_response;
using tests::noon;
using namespace tests::hq;

namespace {

constexpr int everything = 1 << 20;

// By what tells rows apart, since their order within a group is nobody's business.
std::map<std::string, std::int64_t> by_name(const std::vector<CountRow>& rows) {
  std::map<std::string, std::int64_t> named;
  for (const CountRow& r : rows)
    named[fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", r.branch, r.touchpoint, r.survey_version, r.question,
                      r.flagged, r.hour, r.band, r.bin, r.locale, r.variant)] += r.n;
  CHECK(named.size() == rows.size());
  return named;
}

// Answers of five months in two branches and languages, some of them marked.
void ingest_some(SqliteHq& hq, base::SeededRandom& random, int how_many, std::uint64_t first) {
  std::vector<store::hq::IngestBatch> batches;
  for (int i = 0; i < how_many; ++i) {
    auto r = a_response(hq.random, noon() - std::chrono::hours(int(random.uniform() * 24 * 150)));
    r.branch = random.uniform() < .5 ? "utrecht" : "breda";
    r.locale = random.uniform() < .8 ? "nl" : "tr";
    r.answers["nps"] = int(random.uniform() * 11);
    batches.push_back(batch_of({item_of(first + std::uint64_t(i), r)}));
    batches.back().branch = r.branch;
  }
  REQUIRE(hq.store->ingest(batches, tally));
}

std::vector<std::pair<CountFilter, Grain>> questions_to(base::SeededRandom& random) {
  std::vector<std::pair<CountFilter, Grain>> asked;
  const int end = base::hours_since_epoch(noon()) + 1;
  for (int i = 0; i < 60; ++i) {
    CountFilter filter{.from_hour = end - int(random.uniform() * 4'000),
                       .by_branch = random.uniform() < .5,
                       .by_audience = random.uniform() < .5};
    filter.to_hour = filter.from_hour + int(random.uniform() * (i % 3 == 0 ? 40 : 3'000));
    if (random.uniform() < .3) filter.branches = std::vector<std::string>{"breda"};
    if (random.uniform() < .3) filter.questions = {"nps"};
    asked.emplace_back(filter, random.uniform() < .5 ? Grain::hour : Grain::total);
  }
  asked.emplace_back(CountFilter{.from_hour = 0, .to_hour = everything}, Grain::hour);
  return asked;
}

int rows_of(const SqliteHq& hq, const std::string& table) {
  SQLite::Database db((hq.folder / "hq.db").string(), SQLite::OPEN_READONLY);
  return db.execAndGet("SELECT count(*) FROM " + table).getInt();
}

void pack_all(SqliteHq& hq) {
  std::int64_t last = 0;
  do {
    const auto packed = hq.store->pack_counts(last, 3);
    REQUIRE(packed);
    last = *packed;
  } while (last != 0);
}

}  // namespace

TEST_CASE("packed counts: bytes are read as what was packed, and damaged ones are told") {
  PackedBins bins;
  base::SeededRandom random(3);
  for (int i = 0; i < 500; ++i)
    CHECK(store::hq::add_to(bins, i % 3, i % 5 == 0 ? "waiting time" : std::to_string(i % 5),
                            int(random.uniform() * 192), std::int64_t(random.uniform() * 100'000)));
  const base::Bytes bytes = store::hq::pack(bins);
  CHECK(store::hq::unpack(bytes, 192) == bins);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7)
    CHECK_FALSE(store::hq::unpack({bytes.data(), cut}, 192));
  CHECK_FALSE(store::hq::unpack(bytes, 150));
  base::Bytes longer = bytes;
  longer.push_back(0);
  CHECK_FALSE(store::hq::unpack(longer, 192));
  CHECK_FALSE(store::hq::unpack(base::Bytes(64, 0xff), 192));
}

TEST_CASE("packed counts: what is taken away leaves no trace, and never less than none") {
  PackedBins bins;
  REQUIRE(store::hq::add_to(bins, 0, "4", 7, 2));
  CHECK_FALSE(store::hq::add_to(bins, 0, "4", 7, -3));
  CHECK_FALSE(store::hq::add_to(bins, 0, "4", 6, -1));
  CHECK_FALSE(store::hq::add_to(bins, 0, "5", 7, -1));
  CHECK(store::hq::add_to(bins, 0, "4", 7, -2));
  CHECK(bins.empty());
}

TEST_CASE(
    "packing: no figure changes, of any period, place, question and grain, also when late answers come") {
  SqliteHq hq, in_rows;
  for (SqliteHq* each : {&hq, &in_rows}) {
    base::SeededRandom random(11);
    ingest_some(*each, random, 300, 1);
    if (each == &hq) pack_all(hq);
    ingest_some(*each, random, 100, 301);
  }
  REQUIRE(rows_of(hq, "count_days") > 0);
  REQUIRE(rows_of(hq, "count_hour") > 0);
  for (const bool is_packed : {false, true}) {
    if (is_packed) pack_all(hq);
    CAPTURE(is_packed);
    base::SeededRandom random(5);
    for (const auto& [filter, grain] : questions_to(random))
      CHECK(by_name(*hq.store->counts(filter, grain)) == by_name(*in_rows.store->counts(filter, grain)));
  }
  CHECK(rows_of(hq, "count_hour") == 0);
}

TEST_CASE("packing: an erased answer goes from what is packed as from rows") {
  SqliteHq hq;
  auto kept = a_response(hq.random), erased = a_response(hq.random);
  erased.receipt_hash = base::Bytes(32, 4);
  ingest_one(*hq.store, item_of(1, kept));
  ingest_one(*hq.store, item_of(2, erased));
  pack_all(hq);
  REQUIRE(hq.store->erase_by_receipt(*erased.receipt_hash, tally));
  CHECK(counted(*hq.store, "nps") == 1);
  auto last = a_response(hq.random, noon() - 24h * 40);
  last.receipt_hash = base::Bytes(32, 5);
  ingest_one(*hq.store, item_of(3, last));
  pack_all(hq);
  const int stretches = rows_of(hq, "count_hours");
  REQUIRE(hq.store->erase_by_receipt(*last.receipt_hash, tally));
  CHECK(rows_of(hq, "count_hours") < stretches);
  CHECK(rows_of(hq, "count_hour") == 0);
  CHECK(counted(*hq.store, "nps") == 1);
}

TEST_CASE("packing: answers of a clock that is centuries off stay in rows, and harm no other figure") {
  SqliteHq hq;
  ingest_one(*hq.store, item_of(1, a_response(hq.random)));
  std::uint64_t seq = 2;
  for (const char* when : {"0001-01-01T00:00:00Z", "1969-12-31T23:00:00Z", "9999-12-31T23:00:00Z"}) {
    auto r = a_response(hq.random, *base::parse_rfc3339(when));
    r.receipt_hash = base::Bytes(32, std::uint8_t(seq));
    ingest_one(*hq.store, item_of(seq++, r));
  }
  const CountFilter all{.from_hour = -1 << 28, .to_hour = 1 << 28};
  const auto before = by_name(*hq.store->counts(all, Grain::hour));
  CHECK(before.size() == 2 * 4);
  pack_all(hq);
  CHECK(by_name(*hq.store->counts(all, Grain::hour)) == before);
  CHECK(counted(*hq.store, "nps") == 1);
  CHECK(rows_of(hq, "count_hour") == 2 * 3);
  for (std::uint8_t code = 2; code < 5; ++code)
    REQUIRE(hq.store->erase_by_receipt(base::Bytes(32, code), tally));
  CHECK(rows_of(hq, "count_hour") == 0);
}

TEST_CASE("packing: a slice packs as many series as it is told, and the next goes on behind it") {
  SqliteHq hq;
  base::SeededRandom random(2);
  ingest_some(hq, random, 40, 1);
  const auto waiting = *hq.store->unpacked_counts();
  CHECK(waiting == rows_of(hq, "count_hour"));
  const auto first = *hq.store->pack_counts(0, 1);
  CHECK(first > 0);
  CHECK(*hq.store->unpacked_counts() < waiting);
  ingest_some(hq, random, 40, 41);  // of the first series too, which waits for the next time
  std::int64_t last = first;
  while (last != 0) {
    const auto next = *hq.store->pack_counts(last, 1);
    CHECK((next == 0 || next > last));
    last = next;
  }
  CHECK(*hq.store->unpacked_counts() > 0);
  pack_all(hq);
  CHECK(hq.store->unpacked_counts() == 0);
}
