// SPDX-License-Identifier: Apache-2.0
// Copies of the server's database.
#include "core/store/hq/backups.h"

#include <doctest/doctest.h>

#include <fstream>

#include "core/base/crypto.h"
#include "core/base/file_hash.h"
#include "core/store/hq/hq_store.h"
#include "tests/contract/fixtures.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"

using namespace halte;
namespace fs = std::filesystem;

namespace {

// A server that runs, and its folder of copies.
struct Office {
  tests::TemporaryFolder folder;
  base::SeededRandom random{5};
  base::Instant now = tests::noon();
  std::unique_ptr<store::hq::HqStore> store = *store::hq::HqStore::create_sqlite(folder / "hq.db");
  std::uint64_t seq = 0;

  fs::path copies() const { return folder / "backups"; }
  void receive(int answers) {
    store::hq::IngestBatch batch{1, "utrecht", "epoch-1", now, {}};
    for (int i = 0; i < answers; ++i) {
      const auto response = tests::a_response(random);
      std::string body = response::to_body(response);
      batch.items.push_back(
          {++seq, outbox::ItemType::response, response.id, base::sha256(base::as_bytes(body)), body});
    }
    REQUIRE(store->ingest({batch}, [](const auto&) { return store::hq::Tally{}; }));
  }
  store::hq::Backup copy() {
    now += std::chrono::seconds(1);
    auto made = store::hq::make_backup(folder / "hq.db", copies(), now);
    REQUIRE_MESSAGE(made, (made ? "" : base::to_string(made.error())));
    return *made;
  }
};

std::string cause_of(const base::Status& status) { return status ? "" : status.error().cause; }

}  // namespace

TEST_CASE("backups: a copy stands by itself, with all that was committed while its server runs on") {
  Office office;
  office.receive(250);
  const auto backup = office.copy();
  office.receive(10);
  CHECK(backup.responses == 250);
  CHECK(*store::hq::backups(office.copies()) == std::vector{backup});
  CHECK(store::hq::verify_backup(office.copies(), backup));
  CHECK(fs::status(office.copies()).permissions() == fs::perms::owner_all);
  CHECK(fs::status(office.copies() / backup.name).permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(*office.store->stored_responses() == 260);

  tests::TemporaryFolder elsewhere;
  fs::copy_file(office.copies() / backup.name, elsewhere / "hq.db");
  auto restored = store::hq::HqStore::create_sqlite(elsewhere / "hq.db");
  REQUIRE(restored);
  CHECK(*(*restored)->stored_responses() == 250);
}

TEST_CASE("backups: what was changed in a copy is found") {
  Office office;
  office.receive(50);
  const auto backup = office.copy();
  {
    std::fstream file(office.copies() / backup.name, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(backup.bytes / 2);
    file.put('!');
  }
  CHECK(cause_of(store::hq::verify_backup(office.copies(), backup)).find("hash") != std::string::npos);
  store::hq::Backup other = backup;
  other.sha256 = *base::sha256_of_file(office.copies() / backup.name);
  other.responses = 51;
  CHECK_FALSE(store::hq::verify_backup(office.copies(), other));
}

TEST_CASE("backups: one that was cut short is none and leaves nothing") {
  Office office;
  office.receive(500);
  std::stop_source stop;
  stop.request_stop();
  auto made = store::hq::make_backup(office.folder / "hq.db", office.copies(), office.now, stop.get_token());
  REQUIRE_FALSE(made);
  CHECK(made.error().kind == base::ErrorKind::unavailable);
  CHECK(fs::is_empty(office.copies()));
  std::ofstream(office.copies() / "hq-20260101T000000.000Z.db") << "of a machine that lost its power";
  CHECK(store::hq::backups(office.copies())->empty());
}

TEST_CASE("backups: of a server that does not run, nothing is left beside its database") {
  Office office;
  office.receive(20);
  office.store.reset();
  CHECK(office.copy().responses == 20);
  for (const char* end : {"-wal", "-shm"}) CHECK_FALSE(fs::exists((office.folder / "hq.db").string() + end));
}

TEST_CASE("backups: the newest stay") {
  Office office;
  std::vector<store::hq::Backup> made;
  for (int i = 0; i < 4; ++i) office.receive(1), made.push_back(office.copy());
  CHECK(*store::hq::drop_old_backups(office.copies(), 2) == 2);
  CHECK(*store::hq::backups(office.copies()) == std::vector(made.end() - 2, made.end()));
  CHECK(std::distance(fs::directory_iterator(office.copies()), {}) == 4);
  CHECK(*store::hq::drop_old_backups(office.copies(), 7) == 0);
}

TEST_CASE("backups: a database is copied before an update changes it, and only then") {
  tests::TemporaryFolder folder;
  const fs::path path = folder / "hq.db", copies = folder / "backups";
  CHECK_FALSE(store::hq::backup_before_update(path, copies, tests::noon())->has_value());
  tests::make_database(path, "hq-2.sql");
  auto backup = store::hq::backup_before_update(path, copies, tests::noon());
  REQUIRE_MESSAGE(backup, (backup ? "" : base::to_string(backup.error())));
  REQUIRE(backup->has_value());
  CHECK((*backup)->schema == 2);
  CHECK(store::hq::verify_backup(copies, **backup));
  REQUIRE(store::hq::HqStore::create_sqlite(path));
  CHECK_FALSE(store::hq::backup_before_update(path, copies, tests::noon())->has_value());
}

TEST_CASE("backups: another program's database is refused, and one that is not there is named") {
  tests::TemporaryFolder folder;
  tests::make_database(folder / "hq.db", "kiosk-3.sql");
  CHECK(store::hq::make_backup(folder / "hq.db", folder / "b", tests::noon()).error().kind ==
        base::ErrorKind::refused);
  CHECK(store::hq::make_backup(folder / "none.db", folder / "b", tests::noon()).error().kind ==
        base::ErrorKind::not_found);
}
