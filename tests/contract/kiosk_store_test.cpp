// SPDX-License-Identifier: Apache-2.0
// The contract of the kiosk's ports, held against every implementation.

#include <doctest/doctest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>

#include "core/base/file.h"
#include "tests/contract/fixtures.h"
#include "tests/contract/kiosk_stores.h"

using namespace halte;
using namespace std::chrono_literals;
using namespace halte::tests;

namespace {

std::vector<std::uint64_t> seqs(const outbox::Claim& claim) {
  std::vector<std::uint64_t> all;
  for (const auto& item : claim.items) all.push_back(item.seq);
  std::ranges::sort(all);
  return all;
}

}  // namespace

TEST_CASE_TEMPLATE("kiosk store: an open response waits, and closing it gives the next number", Stores,
                   EACH_STORE) {
  Stores s;
  auto first = a_response(s.random), second = a_response(s.random);
  REQUIRE(s.repository().save_open(first));
  CHECK(s.outbox().status()->pending == 0);
  CHECK(s.repository().close(first, {}) == 1u);
  CHECK(s.repository().close(second, {}) == 2u);
  CHECK(s.outbox().status()->pending == 2);
  CHECK(s.outbox().status()->captured == 2);
}

TEST_CASE_TEMPLATE("kiosk store: the same response closes once", Stores, EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  REQUIRE(s.repository().close(r, {}));
  auto again = s.repository().close(r, {});
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == base::ErrorKind::conflict);
  CHECK(s.outbox().status()->captured == 1);
}

TEST_CASE_TEMPLATE("kiosk store: what a kill left open is closed as restart, with its answers", Stores,
                   EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  r.answers = {{"visit", 2}};
  REQUIRE(s.repository().save_open(r));
  CHECK(s.repository().close_left_open(noon() + 15min, no_tally) == 1);
  CHECK(s.repository().close_left_open(noon() + 15min, no_tally) == 0);
  auto claim = s.outbox().claim({}, noon() + 21min, 30s);
  REQUIRE(claim->items.size() == 1);
  auto closed = response::parse_body(r.id, claim->items[0].body);
  REQUIRE(closed);
  CHECK(closed->ended == response::Ended::restart);
  CHECK(closed->answers == r.answers);
  CHECK(base::to_rfc3339(closed->submitted) == "2026-11-21T12:15:00Z");
}

TEST_CASE_TEMPLATE("outbox: a claim is leased, comes back when the lease runs out, and not before", Stores,
                   EACH_STORE) {
  Stores s;
  REQUIRE(s.repository().close(a_response(s.random), {}));
  CHECK(s.outbox().claim({}, noon(), 30s)->items.size() == 1);
  CHECK(s.outbox().claim({}, noon() + 29s, 30s)->items.empty());
  CHECK(s.outbox().claim({}, noon() + 30s, 30s)->items.size() == 1);
}

TEST_CASE_TEMPLATE("outbox: an item leaves by acknowledgement alone", Stores, EACH_STORE) {
  Stores s;
  for (int i = 0; i < 3; ++i) REQUIRE(s.repository().close(a_response(s.random), {}));
  auto claim = s.outbox().claim({}, noon(), 30s);
  CHECK(seqs(*claim) == std::vector<std::uint64_t>{1, 2, 3});
  REQUIRE(s.outbox().acknowledge(std::vector<std::uint64_t>{1, 3}));
  REQUIRE(s.outbox().release(std::vector<std::uint64_t>{2}, noon() + 5s));
  CHECK(s.outbox().claim({}, noon() + 4s, 30s)->items.empty());
  CHECK(seqs(*s.outbox().claim({}, noon() + 5s, 30s)) == std::vector<std::uint64_t>{2});
  auto status = *s.outbox().status();
  CHECK(status.captured == 3);
  CHECK(status.acknowledged == 2);
  CHECK(status.pending == 1);
}

TEST_CASE_TEMPLATE("outbox: a batch keeps to its limits and to one branch, in the order of the ids", Stores,
                   EACH_STORE) {
  Stores s;
  for (int i = 0; i < 5; ++i) REQUIRE(s.repository().close(a_response(s.random), {}));
  auto elsewhere = a_response(s.random);
  elsewhere.branch = "zwolle";
  REQUIRE(s.repository().close(elsewhere, {}));
  auto claim = *s.outbox().claim({.items = 3, .bytes = 1 << 20}, noon(), 30s);
  CHECK(claim.items.size() == 3);
  CHECK(claim.branch == "utrecht");
  CHECK(std::ranges::is_sorted(claim.items, {}, &outbox::Item::id));
  CHECK(s.outbox().claim({.items = 100, .bytes = 1}, noon(), 30s)->items.size() == 1);
  CHECK(s.outbox().claim({}, noon(), 30s)->items.size() == 1);
  CHECK(s.outbox().claim({}, noon(), 30s)->branch == "zwolle");
}

TEST_CASE_TEMPLATE("outbox: a parked item stays aside with its reason until it is unparked", Stores,
                   EACH_STORE) {
  Stores s;
  REQUIRE(s.repository().close(a_response(s.random), {}));
  REQUIRE(s.outbox().claim({}, noon(), 30s));
  REQUIRE(s.outbox().park(1, "rejected: conflict"));
  CHECK(s.outbox().claim({}, noon() + 1h, 30s)->items.empty());
  REQUIRE(s.outbox().parked()->size() == 1);
  CHECK(s.outbox().parked()->front().reason == "rejected: conflict");
  CHECK(s.outbox().status()->parked == 1);
  CHECK(s.outbox().unpark() == 1);
  CHECK(s.outbox().claim({}, noon() + 1h, 30s)->items.size() == 1);
}

TEST_CASE_TEMPLATE("outbox: a new epoch numbers what waits from 1 on, and loses nothing of it", Stores,
                   EACH_STORE) {
  Stores s;
  std::vector<response::Response> given;
  for (int i = 0; i < 5; ++i) REQUIRE(s.repository().close(given.emplace_back(a_response(s.random)), {}));
  REQUIRE(s.outbox().claim({}, noon(), 30s)->items.size() == 5);
  REQUIRE(s.outbox().acknowledge(std::vector<std::uint64_t>{1, 2, 4}));
  REQUIRE(s.outbox().park(3, "rejected: conflict"));
  const std::string before = *s.identity().epoch(), epoch = outbox::make_epoch(s.random);
  REQUIRE(s.outbox().begin_epoch(epoch));
  CHECK(before != epoch);
  CHECK(*s.identity().epoch() == epoch);
  auto status = *s.outbox().status();
  CHECK(status.captured == 2);
  CHECK(status.acknowledged == 0);
  CHECK(status.pending == 1);
  REQUIRE(s.outbox().parked()->size() == 1);
  CHECK(s.outbox().parked()->front().seq == 1);
  CHECK(s.outbox().parked()->front().id == given[2].id);
  auto claim = *s.outbox().claim({}, noon() + 1h, 30s);
  REQUIRE(seqs(claim) == std::vector<std::uint64_t>{2});
  CHECK(claim.items[0].id == given[4].id);
  CHECK(claim.items[0].body == response::to_body(given[4]));
  CHECK(s.repository().close(a_response(s.random), {}) == 3u);
  REQUIRE(s.outbox().acknowledge(std::vector<std::uint64_t>{2}));
  CHECK(s.outbox().status()->acknowledged == 1);
}

TEST_CASE_TEMPLATE("outbox: an empty one begins an epoch at number 1", Stores, EACH_STORE) {
  Stores s;
  REQUIRE(s.repository().close(a_response(s.random), {}));
  REQUIRE(s.outbox().claim({}, noon(), 30s));
  REQUIRE(s.outbox().acknowledge(std::vector<std::uint64_t>{1}));
  REQUIRE(s.outbox().begin_epoch(outbox::make_epoch(s.random)));
  CHECK(s.outbox().status()->captured == 0);
  CHECK(s.repository().close(a_response(s.random), {}) == 1u);
}

TEST_CASE_TEMPLATE("receipt: erased before it was sent, only a tombstone with the same number leaves", Stores,
                   EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  r.receipt_hash = base::Bytes(32, 9);
  REQUIRE(s.repository().close(r, {}));
  CHECK(s.repository().find_by_receipt(*r.receipt_hash)->response == r);
  REQUIRE(s.repository().erase_by_receipt(*r.receipt_hash, noon()));
  auto claim = *s.outbox().claim({}, noon(), 30s);
  REQUIRE(claim.items.size() == 1);
  CHECK(claim.items[0].seq == 1);
  CHECK(claim.items[0].type == outbox::ItemType::erasure);
  CHECK(claim.items[0].body.empty());
  CHECK(s.repository().find_by_receipt(*r.receipt_hash)->state == response::ReceiptState::erased);
}

TEST_CASE_TEMPLATE("receipt: erased while the response is on its way, the erasure still leaves", Stores,
                   EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  r.receipt_hash = base::Bytes(32, 9);
  REQUIRE(s.repository().close(r, {}));
  REQUIRE(s.outbox().claim({}, noon(), 30s)->items.size() == 1);
  REQUIRE(s.repository().erase_by_receipt(*r.receipt_hash, noon()));
  REQUIRE(s.outbox().acknowledge(
      std::vector<std::uint64_t>{1}));  // the answer to the response, not to the erasure
  auto claim = *s.outbox().claim({}, noon(), 30s);
  REQUIRE(claim.items.size() == 1);
  CHECK(claim.items[0].type == outbox::ItemType::erasure);
  REQUIRE(s.outbox().acknowledge(std::vector<std::uint64_t>{1}));
  CHECK(s.outbox().status()->pending == 0);
  CHECK(s.outbox().status()->acknowledged == 1);
}

TEST_CASE_TEMPLATE("receipt: erased while the server refuses the response, the erasure still leaves", Stores,
                   EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  r.receipt_hash = base::Bytes(32, 9);
  REQUIRE(s.repository().close(r, {}));
  REQUIRE(s.outbox().claim({}, noon(), 30s)->items.size() == 1);
  REQUIRE(s.repository().erase_by_receipt(*r.receipt_hash, noon()));
  REQUIRE(s.outbox().park(1, "rejected: conflict"));
  auto claim = *s.outbox().claim({}, noon(), 30s);
  REQUIRE(claim.items.size() == 1);
  CHECK(claim.items[0].type == outbox::ItemType::erasure);
}

TEST_CASE_TEMPLATE("receipt: erased after delivery, an erasure with a number of its own leaves", Stores,
                   EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  r.receipt_hash = base::Bytes(32, 9);
  REQUIRE(s.repository().close(r, {}));
  REQUIRE(s.outbox().claim({}, noon(), 30s));
  REQUIRE(s.outbox().acknowledge(std::vector<std::uint64_t>{1}));
  CHECK(s.repository().find_by_receipt(*r.receipt_hash)->state == response::ReceiptState::delivered);
  REQUIRE(s.repository().erase_by_receipt(*r.receipt_hash, noon()));
  auto claim = *s.outbox().claim({}, noon(), 30s);
  REQUIRE(claim.items.size() == 1);
  CHECK(claim.items[0].seq == 2);
  CHECK(claim.items[0].id == r.id);
}

TEST_CASE_TEMPLATE("receipt: withdrawn before it was sent, the contact never leaves the kiosk", Stores,
                   EACH_STORE) {
  Stores s;
  auto r = a_response(s.random);
  r.receipt_hash = base::Bytes(32, 9);
  r.contact = response::SealedContact{"seal-1", base::Bytes(80, 1)};
  r.consents = {tests::a_consent("contact", response::ConsentState::given)};
  REQUIRE(s.repository().close(r, {}));
  REQUIRE(s.repository().withdraw_by_receipt(*r.receipt_hash, "contact", noon()));
  auto claim = *s.outbox().claim({}, noon(), 30s);
  REQUIRE(claim.items.size() == 1);
  auto sent = response::parse_body(r.id, claim.items[0].body);
  REQUIRE(sent);
  CHECK_FALSE(sent->contact);
  CHECK((sent->consents[0].state == response::ConsentState::withdrawn));
  CHECK(claim.items[0].hash == base::sha256(base::as_bytes(claim.items[0].body)));
}

TEST_CASE_TEMPLATE("receipt: an unknown code opens nothing", Stores, EACH_STORE) {
  Stores s;
  CHECK(s.repository().find_by_receipt(base::Bytes(32, 1))->state == response::ReceiptState::unknown);
  auto erased = s.repository().erase_by_receipt(base::Bytes(32, 1), noon());
  REQUIRE_FALSE(erased);
  CHECK(erased.error().kind == base::ErrorKind::not_found);
}

TEST_CASE_TEMPLATE("identity: the key that it asks with is kept until it is enrolled", Stores, EACH_STORE) {
  Stores s;
  CHECK_FALSE(s.identity().asking_key()->has_value());
  base::SeededRandom random{1};
  const auto keys = base::make_signing_key_pair(random);
  REQUIRE(s.identity().save_asking_key(keys));
  CHECK(s.identity().asking_key()->value().public_key == keys.public_key);
  CHECK(s.identity().asking_key()->value().secret_key == keys.secret_key);
  REQUIRE(s.identity().save_enrolment(an_enrolment()));
  CHECK_FALSE(s.identity().asking_key()->has_value());
}

TEST_CASE_TEMPLATE("identity: the enrolment comes back, a configuration never goes back", Stores,
                   EACH_STORE) {
  Stores s;
  CHECK_FALSE(s.identity().enrolment()->has_value());
  REQUIRE(s.identity().save_enrolment(an_enrolment()));
  CHECK(s.identity().enrolment()->value() == an_enrolment());
  site::StoredConfiguration c{3, "{}", base::Bytes{1, 2}, "\"3\""};
  REQUIRE(s.identity().save_configuration(c));
  c.payload = "{ }";
  REQUIRE(s.identity().save_configuration(c));
  auto older = s.identity().save_configuration({2, "{}", base::Bytes{1, 2}, ""});
  REQUIRE_FALSE(older);
  CHECK(older.error().kind == base::ErrorKind::conflict);
  CHECK(s.identity().configuration()->value() == c);
  CHECK(s.identity().epoch()->size() == 32);
}

TEST_CASE_TEMPLATE("identity: pictures come back by their id, and only those that are kept stay", Stores,
                   EACH_STORE) {
  Stores s;
  const base::Bytes content{1, 0, 255};
  const std::string shown = base::to_hex(base::sha256(content)), gone = std::string(64, '0');
  CHECK_FALSE(s.identity().picture(shown)->has_value());
  REQUIRE(s.identity().save_picture(shown, content));
  REQUIRE(s.identity().save_picture(shown, content));
  REQUIRE(s.identity().save_picture(gone, content));
  REQUIRE(s.identity().keep_pictures({shown}));
  CHECK(s.identity().picture(shown)->value() == content);
  CHECK_FALSE(s.identity().picture(gone)->has_value());
  REQUIRE(s.identity().keep_pictures({}));
  CHECK_FALSE(s.identity().picture(shown)->has_value());
}

// As an earlier version left it, opened by this one.
struct OldDatabase {
  explicit OldDatabase(const std::string& fixture) {
    tests::make_database(folder / "kiosk.db", fixture);
    auto opened = store::kiosk::KioskStore::create(folder / "kiosk.db", random);
    REQUIRE(opened);
    store = std::move(*opened);
  }
  tests::TemporaryFolder folder;
  base::SeededRandom random{1};
  std::unique_ptr<store::kiosk::KioskStore> store;
};

TEST_CASE("kiosk.db: one of version 1 goes on with all that it held") {
  OldDatabase old("kiosk-1.sql");
  store::kiosk::KioskStore& store = *old.store;
  CHECK(store.enrolment()->value().kiosk_id == "k1");
  CHECK(store.configuration()->value().version == 3);
  CHECK(*store.epoch() == "00112233445566778899aabbccddeeff");
  CHECK(store.status()->acknowledged == 7);
  CHECK(store.find_by_receipt(base::Bytes(32, 0))->state == response::ReceiptState::delivered);
  REQUIRE(store.save_picture(std::string(64, 'a'), base::Bytes{1}));
}

TEST_CASE("kiosk.db: one of version 2 goes on with its pictures, and begins to count") {
  OldDatabase old("kiosk-2.sql");
  store::kiosk::KioskStore& store = *old.store;
  CHECK(store.status()->acknowledged == 7);
  CHECK(store.picture(std::string(64, 'a'))->has_value());
  CHECK_FALSE(store.pin()->has_value());
  REQUIRE(store.close(a_response(old.random), a_tally()));
  CHECK(counted(*store.local_counts(around_noon()), "visit", "4") == 1);
}

TEST_CASE("kiosk.db: one of version 3 goes on counting, with its PIN, and nothing is set at its glass") {
  OldDatabase old("kiosk-3.sql");
  store::kiosk::KioskStore& store = *old.store;
  CHECK(store.pin()->value().generation == 3);
  CHECK(*store.adjustments() == site::Adjustments{});
  REQUIRE(store.close(a_response(old.random), a_tally()));
  CHECK(counted(*store.local_counts(around_noon()), "visit", "4") == 1);
}

TEST_CASE("outbox: a clock that was set back by days holds nothing up") {
  SqliteStores s;
  REQUIRE(s.repository().close(a_response(s.random), {}));
  REQUIRE(s.outbox().claim({}, noon() + 24h * 30, 30s)->items.size() == 1);
  CHECK(s.outbox().claim({}, noon(), 30s)->items.size() == 1);
}

// ---- the file itself

TEST_CASE("kiosk.db: a second process is refused, by name") {
  tests::TemporaryFolder folder;
  base::SeededRandom random(1);
  auto first = store::kiosk::KioskStore::create(folder / "kiosk.db", random);
  REQUIRE(first);
  auto second = store::kiosk::KioskStore::create(folder / "kiosk.db", random);
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == base::ErrorKind::refused);
  CHECK(base::to_string(second.error()).find("another halte-kiosk has it open") != std::string::npos);
}

TEST_CASE("kiosk.db: a newer one and another program's are refused and left as they were") {
  tests::TemporaryFolder folder;
  base::SeededRandom random(1);
  {
    REQUIRE(store::kiosk::KioskStore::create(folder / "kiosk.db", random));
  }
  auto make = [&](const char* name, const char* sql) {
    SQLite::Database db((folder / name).string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(sql);
  };
  make("kiosk.db", "PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE);");
  make("other.db", "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1);");
  for (const char* name : {"kiosk.db", "other.db"}) {
    auto read = [&] { return *base::read_file(folder / name); };
    std::string before = read();
    auto opened = store::kiosk::KioskStore::create(folder / name, random);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == base::ErrorKind::refused);
    CHECK(read() == before);
  }
}

TEST_CASE("kiosk.db: a newer one is refused even where only its write-ahead log says so") {
  tests::TemporaryFolder folder, crashed;
  base::SeededRandom random(1);
  {
    REQUIRE(store::kiosk::KioskStore::create(folder / "kiosk.db", random));
  }
  SQLite::Database newer((folder / "kiosk.db").string(), SQLite::OPEN_READWRITE);
  newer.exec("PRAGMA user_version = 99");
  for (const char* name : {"kiosk.db", "kiosk.db-wal"})
    std::filesystem::copy_file(folder / name, crashed / name);
  auto opened = store::kiosk::KioskStore::create(crashed / "kiosk.db", random);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().kind == base::ErrorKind::refused);
  CHECK(opened.error().cause.find("schema 99") != std::string::npos);
}

TEST_CASE("kiosk.db: only its owner may read it, and an erased canary is in no byte of it") {
  tests::TemporaryFolder folder;
  base::SeededRandom random(1);
  auto store = *store::kiosk::KioskStore::create(folder / "kiosk.db", random);
  auto r = a_response(random);
  r.receipt_hash = base::Bytes(32, 9);
  r.answers["comment"] = "canary-4711-canary";
  REQUIRE(store->close(r, {}));
  REQUIRE(store->erase_by_receipt(*r.receipt_hash, noon()));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    CHECK((entry.status().permissions() & std::filesystem::perms::others_all) ==
          std::filesystem::perms::none);
    CHECK(base::read_file(entry.path())->find("canary-4711") == std::string::npos);
  }
}

TEST_CASE_TEMPLATE("kiosk store: another identity is refused while answers of the first one wait", Stores,
                   EACH_STORE) {
  Stores s;
  REQUIRE(s.identity().save_enrolment(an_enrolment()));
  REQUIRE(s.repository().close(a_response(s.random), {}));
  site::Enrolment other = an_enrolment();
  other.kiosk_id = "kiosk-2";
  auto refused = s.identity().save_enrolment(other);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == base::ErrorKind::conflict);
  CHECK((*s.identity().enrolment())->kiosk_id == "kiosk-1");
  REQUIRE(s.identity().save_enrolment(an_enrolment()));

  auto claim = s.outbox().claim({}, noon() + 1h, 30s);
  REQUIRE(s.outbox().acknowledge(seqs(*claim)));
  CHECK(s.identity().save_enrolment(other));
}

TEST_CASE("kiosk store: what was delivered leaves no byte in the database or its log") {
  SqliteStores s;
  auto r = a_response(s.random);
  r.answers["comment"] = "canary of a visitor";
  REQUIRE(s.repository().save_open(r));
  REQUIRE(s.repository().close(r, {}));
  auto bytes_hold_canary = [&] {
    bool found = false;
    for (const char* name : {"kiosk.db", "kiosk.db-wal"})
      if (auto bytes = base::read_file(s.folder / name)) found |= bytes->find("canary") != std::string::npos;
    return found;
  };
  CHECK(bytes_hold_canary());
  auto claim = s.outbox().claim({}, noon() + 1h, 30s);
  REQUIRE(s.outbox().acknowledge(seqs(*claim)));
  CHECK_FALSE(bytes_hold_canary());
}

TEST_CASE("kiosk store: a write that was refused does not spoil the next one") {
  SqliteStores s;
  auto first = a_response(s.random), second = a_response(s.random);
  REQUIRE(s.repository().close(first, {}));
  REQUIRE_FALSE(s.repository().close(first, {}));
  CHECK(s.repository().close(second, {}));
}

TEST_CASE("kiosk store: a probe writes nothing, and fails while somebody else holds the right to write") {
  SqliteStores s;
  const auto log = [&] { return base::read_file(s.folder / "kiosk.db-wal").value_or(""); };
  const std::string before = log();
  CHECK(s.store->probe());
  CHECK(log() == before);

  SQLite::Database other((s.folder / "kiosk.db").string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  auto held_up = s.store->probe();
  REQUIRE_FALSE(held_up);
  CHECK(held_up.error().kind == base::ErrorKind::unavailable);
  other.exec("ROLLBACK");
  CHECK(s.store->probe());
}
