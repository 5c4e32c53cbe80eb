// SPDX-License-Identifier: Apache-2.0
// A whole organisation as text, and into another server.
#include "core/store/hq/transfer.h"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/contract/fixtures.h"
#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace tests::hq;
using store::hq::HqStore;
using store::hq::Transferred;
namespace fs = std::filesystem;

namespace {

// A server with a kiosk, answers, an erasure and bytes that are no text.
struct From {
  tests::TemporaryFolder folder;
  base::SeededRandom random{5};
  fs::path path = folder / "hq.db", other = folder / "other" / "hq.db";
  std::unique_ptr<HqStore> store = *HqStore::create_sqlite(path);

  From() {
    REQUIRE(store->create_organisation(an_organisation(false)));
    REQUIRE(store->provision(with_kiosk("kassa-1", "Kassa 1")));
    for (std::uint64_t seq = 1; seq <= 20; ++seq) {
      auto r = tests::a_response(random);
      r.answers["comment"] = "schön \"ça\" جيد";
      r.receipt_hash = random.bytes(32);
      REQUIRE((ingest_one(*store, item_of(seq, r)) == store::hq::IngestStatus::stored));
      if (seq == 7) REQUIRE(store->erase_by_receipt(*r.receipt_hash, tally));
    }
    REQUIRE(store->save_api_key({.id = "k", .name = "BI", .roles = {"reader"}}, random.bytes(32)));
    fs::create_directory(folder / "other");
  }
  std::string text() {
    std::ostringstream out;
    auto done = store::hq::export_organisation(path, out);
    REQUIRE_MESSAGE(done, (done ? "" : base::to_string(done.error())));
    return out.str();
  }
  base::Result<Transferred> import(const std::string& text) {
    std::istringstream in(text);
    return store::hq::import_organisation(in, other);
  }
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("transfer: what was exported beside a running server is in another one, row by row") {
  From from;
  const std::string text = from.text();
  auto done = from.import(text);
  REQUIRE_MESSAGE(done, (done ? "" : base::to_string(done.error())));
  CHECK(done->rows.at("response") == 19);
  CHECK(done->rows.at("erased") == 1);
  std::ostringstream again;
  auto exported = store::hq::export_organisation(from.other, again);
  REQUIRE(exported);
  CHECK(*exported == *done);
  CHECK((again.str() == text));
  auto store = *HqStore::create_sqlite(from.other);
  CHECK(store->organisation()->has_value());
  CHECK(store->api_keys()->size() == 1);
}

TEST_CASE("transfer: a file that was cut short or changed is refused, and nothing of it stays") {
  From from;
  const std::string text = from.text();
  const auto refused = [&](const std::string& wrong) {
    auto done = from.import(wrong);
    REQUIRE_FALSE(done);
    CHECK_FALSE((*HqStore::create_sqlite(from.other))->organisation()->has_value());
    return base::to_string(done.error());
  };
  CHECK(refused(text.substr(0, text.size() / 2)).find("cut short") != std::string::npos);
  CHECK(refused(text.substr(0, text.rfind("{\"end\""))).find("cut short") != std::string::npos);
  CHECK(refused(replaced(text, "Kassa 1", "Kassa 2")).find("changed") != std::string::npos);
  CHECK(refused(replaced(text, "\"schema\":", "\"schema\":9")).find("version") != std::string::npos);
  CHECK(refused(replaced(text, "\"table\":\"branch\"", "\"table\":\"x\"")).find("no table") !=
        std::string::npos);
  CHECK(refused("{}").find("not the beginning") != std::string::npos);
  CHECK(refused("").find("cut short") != std::string::npos);
  CHECK(refused("[1,2]\n").find("not the beginning") != std::string::npos);
  CHECK(from.import(text));
}

TEST_CASE("transfer: a server that has an organisation takes no other") {
  From from;
  const std::string text = from.text();
  REQUIRE(from.import(text));
  auto again = from.import(text);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == base::ErrorKind::conflict);
}
