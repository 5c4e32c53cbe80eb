// SPDX-License-Identifier: Apache-2.0
// Copies of the server's database that are put back, and copies that follow what people took back.
#include "core/store/hq/restore.h"

#include <doctest/doctest.h>

#include <fstream>

#include "core/base/file.h"
#include "tests/contract/fixtures.h"
#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace tests::hq;
using store::hq::HqStore;
using tests::a_response;
namespace fs = std::filesystem;

namespace {

constexpr const char* canary = "CANARY-7f3a the coffee was cold";

base::Result<store::hq::Tallier> tallier_of(HqStore&) { return store::hq::Tallier(tally); }

// A server with one kiosk, and its folder of copies.
struct Office {
  tests::TemporaryFolder folder;
  base::SeededRandom random{5};
  base::Instant now = tests::noon();
  std::uint64_t seq = 0;
  fs::path path = folder / "hq.db", copies = folder / "backups";
  std::unique_ptr<HqStore> store = *HqStore::create_sqlite(path);

  Office() { REQUIRE(store->provision(with_kiosk("kassa-1", "Kassa 1"))); }
  response::Response receive(const std::string& comment = "well") {
    auto r = a_response(random);
    r.answers["comment"] = comment;
    r.receipt_hash = base::Bytes(32, std::uint8_t(++seq));
    REQUIRE((ingest_one(*store, item_of(seq, r)) == store::hq::IngestStatus::stored));
    return r;
  }
  void erase(const response::Response& r) { REQUIRE(store->erase_by_receipt(*r.receipt_hash, tally)); }
  store::hq::Backup copy() {
    now += std::chrono::seconds(1);
    auto made = store::hq::make_backup(path, copies, now);
    REQUIRE_MESSAGE(made, (made ? "" : base::to_string(made.error())));
    return *made;
  }
  auto restore(const store::hq::Backup& backup) {
    return store::hq::restore_backup(path, copies, backup.name, tallier_of, now);
  }
  void stop() { store.reset(); }
  void start() { store = *HqStore::create_sqlite(path); }
  store::hq::Scrubbed scrub() {
    auto scrubbed = store::hq::scrub_copies(path, copies, tallier_of);
    REQUIRE_MESSAGE(scrubbed, (scrubbed ? "" : base::to_string(scrubbed.error())));
    return *scrubbed;
  }
  // Files of the whole folder that hold those bytes.
  std::vector<std::string> holding(const std::string& text) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
      if (entry.is_regular_file() && base::read_file(entry.path())->contains(text))
        found.push_back(entry.path().filename().string());
    return found;
  }
};

}  // namespace

TEST_CASE("restore: what was erased after the copy was made does not come back") {
  Office office;
  const auto stays = office.receive(), goes = office.receive(canary);
  const auto backup = office.copy();
  office.erase(goes);
  office.stop();
  const auto restored = office.restore(backup);
  REQUIRE_MESSAGE(restored, (restored ? "" : base::to_string(restored.error())));
  CHECK(restored->responses == 1);
  CHECK(restored->applied.erased == 1);
  CHECK(restored->only_aside == 0);
  office.start();
  CHECK(*office.store->stored_responses() == 1);
  CHECK(counted(*office.store, "nps") == 1);
  CHECK(
      (office.store->find_by_receipt(*goes.receipt_hash)->state == store::hq::ReceiptRecord::State::erased));
  CHECK((ingest_one(*office.store, item_of(2, goes)) == store::hq::IngestStatus::rejected));
  CHECK(office.holding(canary) == std::vector{backup.name});
  office.scrub();
  CHECK(office.holding(canary).empty());
}

TEST_CASE("restore: the database that stood there is put aside whole, with what it alone holds counted") {
  Office office;
  office.receive();
  const auto backup = office.copy();
  for (int i = 0; i < 3; ++i) office.receive();
  REQUIRE(office.store->provision(with_kiosk("kassa-2", "Kassa 2")));
  office.stop();
  const auto restored = office.restore(backup);
  REQUIRE(restored);
  CHECK(restored->only_aside == 3);
  CHECK(restored->unknown_kiosks == std::vector<std::string>{"kassa-2"});
  REQUIRE(restored->aside);
  CHECK(store::hq::databases_aside(office.path) == std::vector{*restored->aside});
  auto old = HqStore::create_sqlite(*restored->aside);
  REQUIRE(old);
  CHECK(*(*old)->stored_responses() == 4);
}

TEST_CASE(
    "restore: numbers that had arrived are known to have been captured, and that they are gone is told") {
  Office office;
  office.receive();
  const auto backup = office.copy();
  for (int i = 0; i < 3; ++i) office.receive();
  office.stop();
  REQUIRE(office.restore(backup));
  office.start();
  const auto epochs = *office.store->epochs();
  REQUIRE(epochs.size() == 1);
  CHECK(epochs[0].captured == 4);
  CHECK(epochs[0].received.back().high == 1);
}

TEST_CASE("restore: a kiosk stays revoked, takes the next configuration and PIN, and nobody is signed in") {
  Office office;
  const auto version = [&] { return (*office.store->organisation())->configuration_version; };
  store::hq::OrganisationRecord organisation{.name = "Demo", .sealing_key_id = "s", .signing_key_id = "s"};
  REQUIRE(office.store->create_organisation(organisation));
  const std::int64_t user = *office.store->save_user({0, "a@example.nl", "hash", {"administrator"}});
  const base::Bytes token(32, 9);
  REQUIRE(office.store->save_session(token, user, "csrf", office.now));
  const auto backup = office.copy();
  REQUIRE(office.store->provision(with_kiosk("kassa-1", "Kassa 1", true)));
  REQUIRE(office.store->give_pin("kassa-1", "one"));
  REQUIRE(office.store->give_pin("kassa-1", "two"));
  const int before = version();
  office.stop();
  REQUIRE(office.restore(backup));
  office.start();
  CHECK(version() > before);
  CHECK(office.store->kiosks()->at(0).revoked);
  CHECK(*office.store->give_pin("kassa-1", "three") == 3);
  CHECK_FALSE(office.store->session(token)->has_value());
}

TEST_CASE("restore: one that serves, that is damaged, or that is none is refused, and changes nothing") {
  Office office;
  office.receive();
  const auto backup = office.copy();
  CHECK(office.restore(backup).error().cause.find("stop that one") != std::string::npos);
  auto other = backup;
  other.name = "hq-none.db";
  CHECK(office.restore(other).error().kind == base::ErrorKind::not_found);
  office.stop();
  std::ofstream(office.copies / backup.name, std::ios::app) << "!";
  CHECK(office.restore(backup).error().kind == base::ErrorKind::refused);
  CHECK(store::hq::databases_aside(office.path).empty());
  office.start();
  CHECK(*office.store->stored_responses() == 1);
}

TEST_CASE("restore: a database that cannot be read is not replaced before somebody has moved it away") {
  Office office;
  const auto goes = office.receive(canary);
  const auto backup = office.copy();
  office.erase(goes);
  office.copy();
  office.stop();
  std::ofstream(office.path) << "not a database at all, and long enough to be taken for one: "
                             << std::string(200, '-');
  const auto refused = office.restore(backup);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().cause.find("move it") != std::string::npos);
  fs::remove(office.path);
  const auto restored = office.restore(backup);
  REQUIRE_MESSAGE(restored, (restored ? "" : base::to_string(restored.error())));
  CHECK_FALSE(restored->aside);
  CHECK(restored->applied.erased == 1);  // known from the newer copy
}

TEST_CASE("restore: a copy of an older version is brought to this one first") {
  tests::TemporaryFolder folder;
  const fs::path path = folder / "hq.db", copies = folder / "backups";
  tests::make_database(path, "hq-2.sql");
  const auto backup = store::hq::backup_before_update(path, copies, tests::noon());
  REQUIRE(backup->has_value());
  REQUIRE(HqStore::create_sqlite(path));
  const auto restored = store::hq::restore_backup(path, copies, (**backup).name, tallier_of, tests::noon());
  REQUIRE_MESSAGE(restored, (restored ? "" : base::to_string(restored.error())));
  CHECK(HqStore::create_sqlite(path));
}

TEST_CASE("scrub: what is erased goes from every copy, byte for byte, and the copies stay sound") {
  Office office;
  const auto stays = office.receive(), goes = office.receive(canary);
  const auto untouched = office.copy();
  office.receive();
  const auto second = office.copy();
  CHECK(office.scrub().rewritten.empty());
  office.erase(goes);
  CHECK(office.holding(canary).size() == 2);
  const auto scrubbed = office.scrub();
  CHECK(scrubbed.rewritten == std::vector{untouched.name, second.name});
  CHECK(scrubbed.failed.empty());
  CHECK(office.holding(canary).empty());
  const auto all = *store::hq::backups(office.copies);
  REQUIRE(all.size() == 2);
  CHECK(all[0].responses == 1);
  CHECK(all[1].responses == 2);
  CHECK(all[0].made == untouched.made);
  for (const auto& backup : all) CHECK(store::hq::verify_backup(office.copies, backup));
  CHECK(std::distance(fs::directory_iterator(office.copies), {}) == 4);
  CHECK(office.scrub().rewritten.empty());
}

TEST_CASE("scrub: what is withdrawn goes from every copy, and its response stays") {
  Office office;
  auto r = a_response(office.random);
  r.receipt_hash = base::Bytes(32, 4);
  r.contact = response::SealedContact{"seal-1", base::Bytes(64, 2)};
  r.consents = {tests::a_consent("contact", response::ConsentState::given)};
  ingest_one(*office.store, item_of(1, r));
  const auto backup = office.copy();
  REQUIRE(office.store->withdraw_by_receipt(*r.receipt_hash, "contact"));
  CHECK(office.scrub().rewritten == std::vector{backup.name});
  CHECK(store::hq::backups(office.copies)->at(0).responses == 1);
  CHECK(office.scrub().rewritten.empty());
}

TEST_CASE("scrub: a database that was put aside follows later erasures too") {
  Office office;
  const auto backup = office.copy();
  const auto goes = office.receive(canary);
  office.stop();
  REQUIRE(office.restore(backup));
  office.start();
  CHECK(office.holding(canary).size() == 1);
  office.erase(goes);  // by a code that the restored database does not know
  CHECK(office.scrub().rewritten.size() == 1);
  CHECK(office.holding(canary).empty());
}

TEST_CASE("scrub: a damaged copy is told of and not made to look sound") {
  Office office;
  const auto goes = office.receive(canary);
  const auto backup = office.copy();
  office.erase(goes);
  std::ofstream(office.copies / backup.name, std::ios::app) << "!";
  const auto scrubbed = office.scrub();
  CHECK(scrubbed.rewritten.empty());
  CHECK(scrubbed.failed.size() == 1);
  CHECK_FALSE(store::hq::verify_backup(office.copies, backup));
}

TEST_CASE("scrub: a cut between a copy and its note is finished, and what was half done is cleared away") {
  Office office;
  const auto goes = office.receive(canary);
  const auto backup = office.copy();
  const fs::path note = office.copies / (backup.name + ".json");
  fs::copy_file(note, note.string() + ".next");
  std::ofstream(note)
      << R"({"made":"2026-11-21T12:00:01Z","schema":3,"responses":9,"bytes":9,"sha256":"00"})";
  std::ofstream(office.copies / (backup.name + ".part-1")) << canary;
  std::ofstream(office.path.string() + ".restoring") << canary;
  office.erase(goes);
  CHECK(office.scrub().rewritten == std::vector{backup.name});
  CHECK(office.holding(canary).empty());
}
