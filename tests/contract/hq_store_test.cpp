// SPDX-License-Identifier: Apache-2.0
// The contract of the server's ports, held against every implementation.

#include <doctest/doctest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/base/crypto.h"
#include "core/store/hq/hq_store.h"
#include "tests/contract/fixtures.h"
#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace std::chrono_literals;
using store::hq::IngestStatus;
using store::hq::PlaceKind;
using tests::a_response;
using tests::noon;
using namespace tests::hq;

namespace {

store::hq::Provision a_branch_and_its_kiosk() {
  store::hq::Provision p = with_kiosk("kiosk-1", "Kassa 1");
  p.regions = {{"midden", "Midden", "", base::Json::object()}};
  p.branches = {{"utrecht", "Utrecht", "midden", base::Json::object()}};
  p.touchpoints = {{"checkout", "Kassa", "visit"}};
  return p;
}

}  // namespace

TEST_CASE_TEMPLATE("ledger: a repeated batch is a duplicate and counts once", Hq, EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random);
  CHECK((ingest_one(*hq.store, item_of(1, r)) == IngestStatus::stored));
  CHECK((ingest_one(*hq.store, item_of(1, r)) == IngestStatus::duplicate));
  CHECK(hq.store->stored_responses() == 1);
  CHECK(counted(*hq.store, "nps") == 1);
  CHECK(counted(*hq.store, "#ended") == 1);
}

TEST_CASE_TEMPLATE("ledger: the same id with another body is a conflict, and another kiosk's id is not", Hq,
                   EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random);
  CHECK((ingest_one(*hq.store, item_of(1, r)) == IngestStatus::stored));
  CHECK((ingest_one(*hq.store, item_of(1, r), 2) == IngestStatus::stored));
  r.answers["nps"] = 0;
  auto result = hq.store->ingest({batch_of({item_of(1, r)})}, tally)->results[0][0];
  CHECK((result.status == IngestStatus::rejected));
  CHECK(result.reason == "conflict");
}

TEST_CASE_TEMPLATE("ledger: a body that does not fit its hash, or another branch, is rejected by itself", Hq,
                   EACH_HQ) {
  Hq hq;
  auto good = a_response(hq.random), elsewhere = a_response(hq.random);
  auto torn = item_of(2, a_response(hq.random));
  torn.body[5] ^= 1;
  elsewhere.branch = "zwolle";
  auto results =
      hq.store->ingest({batch_of({item_of(1, good), torn, item_of(3, elsewhere)})}, tally)->results[0];
  CHECK((results[0].status == IngestStatus::stored));
  CHECK(results[1].reason == "hash");
  CHECK((results[2].status == IngestStatus::rejected));
  CHECK(hq.store->stored_responses() == 1);
}

TEST_CASE_TEMPLATE("ledger: an erasure takes the response from the counts, and nothing brings it back", Hq,
                   EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random);
  r.receipt_hash = base::Bytes(32, 4);
  CHECK((ingest_one(*hq.store, item_of(1, r)) == IngestStatus::stored));
  REQUIRE(hq.store->erase_by_receipt(*r.receipt_hash, tally));
  CHECK(hq.store->stored_responses() == 0);
  CHECK(counted(*hq.store, "nps") == 0);
  CHECK(counted(*hq.store, "#ended") == 0);
  auto late = hq.store->ingest({batch_of({item_of(1, r)})}, tally)->results[0][0];
  CHECK(late.reason == "erased");
  CHECK((hq.store->find_by_receipt(*r.receipt_hash)->state == store::hq::ReceiptRecord::State::erased));
  CHECK(hq.store->take_erased(1) == std::vector{r.id});
  CHECK(hq.store->take_erased(1)->empty());
}

TEST_CASE_TEMPLATE("ledger: an erasure that comes before its response still wins", Hq, EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random);
  CHECK((ingest_one(*hq.store, {2, outbox::ItemType::erasure, r.id, {}, ""}) == IngestStatus::stored));
  CHECK((ingest_one(*hq.store, item_of(1, r)) == IngestStatus::rejected));
  CHECK(hq.store->stored_responses() == 0);
}

TEST_CASE_TEMPLATE("ledger: erased by its receipt before it arrives, a response is not let in", Hq, EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random);
  r.receipt_hash = base::Bytes(32, 4);
  CHECK_FALSE(hq.store->erase_by_receipt(*r.receipt_hash, tally)->has_value());
  auto late = hq.store->ingest({batch_of({item_of(1, r)})}, tally)->results[0][0];
  CHECK(late.reason == "erased");
  CHECK(hq.store->stored_responses() == 0);
  CHECK((hq.store->find_by_receipt(*r.receipt_hash)->state == store::hq::ReceiptRecord::State::erased));
}

TEST_CASE_TEMPLATE("ledger: a withdrawal drops the contact, whichever of the two comes first", Hq, EACH_HQ) {
  for (bool withdrawal_first : {false, true}) {
    CAPTURE(withdrawal_first);
    Hq hq;
    auto r = a_response(hq.random);
    r.receipt_hash = base::Bytes(32, 4);
    r.contact = response::SealedContact{"seal-1", base::Bytes(64, 2)};
    r.consents = {tests::a_consent("contact", response::ConsentState::given)};
    outbox::Item withdrawal{2, outbox::ItemType::withdrawal, r.id, {}, R"({"purpose":"contact"})"};
    if (withdrawal_first) ingest_one(*hq.store, withdrawal);
    CHECK((ingest_one(*hq.store, item_of(1, r)) == IngestStatus::stored));
    if (!withdrawal_first) ingest_one(*hq.store, withdrawal);
    auto found = hq.store->find_by_receipt(*r.receipt_hash)->response;
    REQUIRE(found);
    CHECK_FALSE(found->contact);
    CHECK((found->consents[0].state == response::ConsentState::withdrawn));
  }
}

TEST_CASE_TEMPLATE("ledger: what is withdrawn by the receipt before it arrives is withdrawn when it does", Hq,
                   EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random);
  r.receipt_hash = base::Bytes(32, 4);
  r.contact = response::SealedContact{"seal-1", base::Bytes(64, 2)};
  r.consents = {tests::a_consent("contact", response::ConsentState::given)};
  REQUIRE(hq.store->withdraw_by_receipt(*r.receipt_hash, "contact"));
  CHECK((ingest_one(*hq.store, item_of(1, r)) == IngestStatus::stored));
  auto found = hq.store->find_by_receipt(*r.receipt_hash)->response;
  REQUIRE(found);
  CHECK_FALSE(found->contact);
  CHECK((found->consents[0].state == response::ConsentState::withdrawn));
}

TEST_CASE_TEMPLATE("ledger: what has arrived is kept as ranges that grow together", Hq, EACH_HQ) {
  Hq hq;
  for (std::uint64_t seq : {1, 2, 5, 4, 9}) ingest_one(*hq.store, item_of(seq, a_response(hq.random)));
  auto ranges = hq.store->epochs()->at(0).received;
  REQUIRE(ranges.size() == 3);
  CHECK(ranges[0].low == 1);
  CHECK(ranges[0].high == 2);
  CHECK(ranges[1].low == 4);
  CHECK(ranges[1].high == 5);
  ingest_one(*hq.store, item_of(3, a_response(hq.random)));
  CHECK(hq.store->epochs()->at(0).received.size() == 2);
}

TEST_CASE_TEMPLATE("ledger: what is refused stays at its kiosk, so it has not been received", Hq, EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random), elsewhere = a_response(hq.random);
  elsewhere.branch = "zwolle";
  ingest_one(*hq.store, item_of(1, r));
  CHECK((ingest_one(*hq.store, item_of(2, elsewhere)) == IngestStatus::rejected));
  auto epochs = *hq.store->epochs();
  REQUIRE(epochs.size() == 1);
  REQUIRE(epochs[0].received.size() == 1);
  CHECK(epochs[0].received[0].high == 1);
}

TEST_CASE_TEMPLATE("ledger: a new answer under an old number is stored, and said to be a second use", Hq,
                   EACH_HQ) {
  Hq hq;
  auto first = a_response(hq.random), second = a_response(hq.random);
  auto ingest = [&](const outbox::Item& item, std::int64_t kiosk = 1) {
    return hq.store->ingest({batch_of({item}, kiosk)}, tally)->results[0][0];
  };
  CHECK_FALSE(ingest(item_of(7, first)).number_reused);
  CHECK_FALSE(ingest(item_of(7, first)).number_reused);  // its acknowledgement was lost
  CHECK_FALSE(ingest(item_of(7, second), 2).number_reused);
  auto again = ingest(item_of(7, second));
  CHECK((again.status == IngestStatus::stored));
  CHECK(again.number_reused);
  CHECK_FALSE(ingest({7, outbox::ItemType::erasure, first.id, {}, ""}).number_reused);
  CHECK(hq.store->epochs()->at(0).reused == 1);
  CHECK(hq.store->epochs()->at(1).reused == 0);
  CHECK(hq.store->stored_responses() == 2);
}

TEST_CASE_TEMPLATE("epochs: one that knows less than has arrived is behind, and what it says is not noted",
                   Hq, EACH_HQ) {
  Hq hq;
  for (std::uint64_t seq : {1, 2, 3}) ingest_one(*hq.store, item_of(seq, a_response(hq.random)));
  CHECK(hq.store->note_epoch({1, "epoch-1", 2, 0}, noon())->is_behind);
  CHECK_FALSE(hq.store->epochs()->at(0).heard);
  CHECK_FALSE(hq.store->note_epoch({1, "epoch-1", 5, 2}, noon())->is_behind);
  CHECK(hq.store->note_epoch({1, "epoch-1", 4, 0}, noon() + 1min)->is_behind);  // it had told of five
  auto epoch = hq.store->epochs()->at(0);
  CHECK(epoch.captured == 5);
  CHECK(epoch.waiting == 2);
  CHECK(epoch.heard == noon());
  CHECK_FALSE(hq.store->note_epoch({2, "epoch-1", 0, 0}, noon())->is_behind);
}

TEST_CASE_TEMPLATE("epochs: one that is heard again after another has returned, and a new one has not", Hq,
                   EACH_HQ) {
  Hq hq;
  auto hear = [&](const char* epoch, std::chrono::minutes at) {
    return *hq.store->note_epoch({1, epoch, 5, 0}, noon() + at);
  };
  CHECK_FALSE(hear("a", 0min).returns);
  CHECK_FALSE(hear("a", 1min).returns);
  CHECK_FALSE(hear("b", 2min).returns);
  auto back = hear("a", 3min);
  CHECK(back.returns);
  CHECK(back.returned == 1);
  CHECK_FALSE(hear("a", 4min).returns);
  CHECK(hear("a", 4min).returned == 1);
  CHECK(hear("b", 5min).returned == 1);
}

TEST_CASE("hq.db: the epochs are read beside the server that has it open, and not of another version") {
  SqliteHq hq;
  ingest_one(*hq.store, item_of(1, a_response(hq.random)));
  auto beside = store::hq::read_epochs_sqlite(hq.folder / "hq.db");
  REQUIRE(beside);
  CHECK(beside->size() == 1);

  tests::TemporaryFolder folder;
  tests::make_database(folder / "hq.db", "hq-2.sql");
  auto older = store::hq::read_epochs_sqlite(folder / "hq.db");
  REQUIRE_FALSE(older);
  CHECK(older.error().kind == base::ErrorKind::refused);
  CHECK(older.error().cause.find("is of schema 2") != std::string::npos);
}

TEST_CASE_TEMPLATE("counts: by the hour, and without what lies outside the period", Hq, EACH_HQ) {
  Hq hq;
  for (int h : {0, 1, 1, 5})
    ingest_one(*hq.store, item_of(std::uint64_t(h + 1), a_response(hq.random, noon() + h * 1h)));
  int from = base::hours_since_epoch(noon());
  auto rows = *hq.store->counts({.questions = {"nps"}, .from_hour = from, .to_hour = from + 2},
                                store::hq::Grain::hour);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].n + rows[1].n == 3);
  CHECK(base::to_rfc3339(hq.store->latest()->front().at) == "2026-11-21T17:00:00Z");
}

TEST_CASE_TEMPLATE("counts: by language and variant where asked, of several branches, or of all added up", Hq,
                   EACH_HQ) {
  Hq hq;
  std::uint64_t seq = 1;
  const auto add = [&](const std::string& branch, const std::string& locale, const std::string& variant) {
    auto r = a_response(hq.random);
    r.branch = branch;
    r.locale = locale;
    r.variant = variant;
    store::hq::IngestBatch batch = batch_of({item_of(seq++, r)});
    batch.branch = branch;
    REQUIRE(hq.store->ingest({batch}, tally)->results[0][0].status == IngestStatus::stored);
  };
  add("utrecht", "nl", "a");
  add("utrecht", "en", "");
  add("breda", "nl", "a");
  add("gouda", "nl", "b");
  store::hq::CountFilter all{.questions = {"nps"}, .from_hour = 0, .to_hour = 1 << 20};
  const auto rows = [&](store::hq::CountFilter filter) {
    return *hq.store->counts(filter, store::hq::Grain::total);
  };
  CHECK(rows(all).size() == 3);
  auto audience = all;
  audience.by_audience = true;
  CHECK(rows(audience).size() == 4);
  auto two = all;
  two.branches = std::vector<std::string>{"breda", "gouda"};
  CHECK(rows(two).size() == 2);
  auto none = all;
  none.branches = std::vector<std::string>{};
  CHECK(rows(none).empty());
  auto together = audience;
  together.by_branch = false;
  auto summed = rows(together);
  REQUIRE(summed.size() == 3);
  CHECK(summed[0].branch == "");
  CHECK(std::ranges::any_of(
      summed, [](const auto& row) { return row.locale == "nl" && row.variant == "a" && row.n == 2; }));
}

TEST_CASE_TEMPLATE("places: an enrolment code works once and not after its hour", Hq, EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  base::Bytes code(32, 1), key(32, 2), token(32, 3);
  REQUIRE(hq.store->save_enrolment_code(code, "kiosk-1", noon() + 1h));
  CHECK_FALSE(hq.store->enrol(code, key, token, noon() + 1h));
  auto kiosk = hq.store->enrol(code, key, token, noon());
  REQUIRE(kiosk);
  CHECK(kiosk->branch == "utrecht");
  CHECK_FALSE(hq.store->enrol(code, key, token, noon()));
  CHECK(hq.store->kiosk_by_token(token)->value().id == "kiosk-1");
  CHECK_FALSE(hq.store->kiosk_by_token(code)->has_value());
}

TEST_CASE_TEMPLATE("places: a PIN is its kiosk's own, and each takes the place of the one before", Hq,
                   EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->create_organisation(an_organisation(false)));
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  REQUIRE(hq.store->provision(with_kiosk("kiosk-2", "Kassa 2")));
  CHECK_FALSE(hq.store->given_pin("kiosk-1")->has_value());
  CHECK(*hq.store->give_pin("kiosk-1", "first") == 1);
  CHECK(*hq.store->give_pin("kiosk-1", "second") == 2);
  CHECK(*hq.store->given_pin("kiosk-1") == site::GivenPin{"second", 2});
  CHECK_FALSE(hq.store->given_pin("kiosk-2")->has_value());
  CHECK(*hq.store->give_pin("kiosk-2", "other") == 1);
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 3")));
  CHECK(*hq.store->given_pin("kiosk-1") == site::GivenPin{"second", 2});
}

TEST_CASE_TEMPLATE("places: a PIN raises the configuration's version, and one for no kiosk does nothing", Hq,
                   EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->create_organisation(an_organisation(false)));
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  auto version = [&] { return hq.store->organisation()->value().configuration_version; };
  const int before = version();
  auto nowhere = hq.store->give_pin("kiosk-9", "hash");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().kind == base::ErrorKind::not_found);
  CHECK_FALSE(hq.store->given_pin("kiosk-9")->has_value());
  CHECK(version() == before);
  REQUIRE(hq.store->give_pin("kiosk-1", "hash"));
  CHECK(version() == before + 1);
}

TEST_CASE_TEMPLATE("places: a demo goes whole, anything else stays", Hq, EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->create_organisation(an_organisation(true)));
  ingest_one(*hq.store, item_of(1, a_response(hq.random)));
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  REQUIRE(hq.store->give_pin("kiosk-1", "hash"));
  REQUIRE(hq.store->save_user({0, "a@b.nl", "", {"administrator"}, {}, ""}));
  CHECK_FALSE(hq.store->create_organisation(an_organisation(true)));
  REQUIRE(hq.store->remove_demo());
  CHECK_FALSE(hq.store->organisation()->has_value());
  CHECK(hq.store->stored_responses() == 0);
  CHECK_FALSE(hq.store->given_pin("kiosk-1")->has_value());
  CHECK(hq.store->has_users() == false);
  REQUIRE(hq.store->create_organisation(an_organisation(false)));
  CHECK_FALSE(hq.store->remove_demo());
  CHECK(hq.store->organisation()->has_value());
}

TEST_CASE_TEMPLATE("places: a survey version never changes", Hq, EACH_HQ) {
  Hq hq;
  store::hq::Provision first, second;
  first.surveys = {{"visit", 1, base::Json::object(), base::Json::object()}};
  second.regions = {{"midden", "Midden", "", {}}};
  second.surveys = {{"visit", 1, {{"title", "other"}}, base::Json::object()}};
  REQUIRE(hq.store->provision(first));
  auto again = hq.store->provision(second);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == base::ErrorKind::conflict);
  CHECK_MESSAGE(hq.store->regions()->empty(), "it is written whole or not at all");
}

TEST_CASE_TEMPLATE("places: one with something below it or a history stays, and its removal says why", Hq,
                   EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->provision(a_branch_and_its_kiosk()));
  for (auto [kind, id] : {std::pair{PlaceKind::region, "midden"},
                          {PlaceKind::branch, "utrecht"},
                          {PlaceKind::touchpoint, "checkout"}}) {
    auto removed = hq.store->remove_place(kind, id);
    REQUIRE_FALSE(removed);
    CHECK(removed.error().kind == base::ErrorKind::conflict);
  }
  REQUIRE(hq.store->remove_place(PlaceKind::kiosk, "kiosk-1"));
  CHECK(hq.store->remove_place(PlaceKind::kiosk, "kiosk-1").error().kind == base::ErrorKind::not_found);
  ingest_one(*hq.store, item_of(1, a_response(hq.random)));
  CHECK(hq.store->remove_place(PlaceKind::branch, "utrecht").error().kind == base::ErrorKind::conflict);
  CHECK(hq.store->branches()->size() == 1);
}

TEST_CASE_TEMPLATE("places: what nothing names any more is removed from the bottom up", Hq, EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->provision(a_branch_and_its_kiosk()));
  for (auto [kind, id] : {std::pair{PlaceKind::kiosk, "kiosk-1"},
                          {PlaceKind::branch, "utrecht"},
                          {PlaceKind::touchpoint, "checkout"},
                          {PlaceKind::region, "midden"}})
    CHECK_MESSAGE(hq.store->remove_place(kind, id), id);
  CHECK(hq.store->kiosks()->empty());
  CHECK(hq.store->branches()->empty());
  CHECK(hq.store->regions()->empty());
}

TEST_CASE_TEMPLATE("places: an enrolled kiosk is not removed, a revoked one that never delivered is", Hq,
                   EACH_HQ) {
  Hq hq;
  REQUIRE(hq.store->provision(with_kiosk("kiosk-1", "Kassa 1")));
  base::Bytes code(32, 1), key(32, 2), token(32, 3);
  REQUIRE(hq.store->save_enrolment_code(code, "kiosk-1", noon() + 1h));
  REQUIRE(hq.store->enrol(code, key, token, noon()));
  CHECK(hq.store->remove_place(PlaceKind::kiosk, "kiosk-1").error().kind == base::ErrorKind::conflict);
  auto kiosk = hq.store->kiosks()->front();
  kiosk.revoked = true;
  store::hq::Provision revoked;
  revoked.kiosks = {kiosk};
  REQUIRE(hq.store->provision(revoked));
  CHECK(hq.store->remove_place(PlaceKind::kiosk, "kiosk-1"));
}

TEST_CASE_TEMPLATE("pictures: one that is there never changes under its id", Hq, EACH_HQ) {
  Hq hq;
  const std::string id(64, 'a');
  CHECK_FALSE(hq.store->picture(id)->has_value());
  REQUIRE(hq.store->save_picture({id, "image/png", {1, 2}}, noon()));
  REQUIRE(hq.store->save_picture({id, "image/jpeg", {3}}, noon()));
  auto picture = *hq.store->picture(id);
  REQUIRE(picture);
  CHECK(picture->type == "image/png");
  CHECK(picture->content == base::Bytes{1, 2});
  CHECK(*hq.store->picture_ids() == std::vector<std::string>{id});
}

TEST_CASE_TEMPLATE("pictures: those that nobody names go, but for those of the last hours", Hq, EACH_HQ) {
  Hq hq;
  const std::string shown(64, 'a'), old(64, 'b'), fresh(64, 'c');
  REQUIRE(hq.store->save_picture({shown, "image/png", {1}}, noon()));
  REQUIRE(hq.store->save_picture({old, "image/png", {2}}, noon()));
  REQUIRE(hq.store->save_picture({fresh, "image/png", {3}}, noon() + 2h));
  REQUIRE(hq.store->keep_pictures({shown}, noon() + 1h));
  CHECK(*hq.store->picture_ids() == std::vector<std::string>{shown, fresh});
}

TEST_CASE("hq.db: one of version 3 goes on with its zones, hours, settings and people") {
  tests::TemporaryFolder folder;
  tests::make_database(folder / "hq.db", "hq-3.sql");
  auto opened = store::hq::HqStore::create_sqlite(folder / "hq.db");
  REQUIRE(opened);
  auto& store = **opened;
  CHECK(store.organisation()->value().own["settings"]["languages"] == base::Json{"nl", "de"});
  CHECK(store.organisation()->value().accent == "#123456");
  const auto branches = *store.branches();
  REQUIRE(branches.size() == 2);
  CHECK(branches[1].own ==
        base::Json{{"zone", "Europe/Amsterdam"}, {"opening_hours", {{"mon", {"08:00-21:00"}}}}});
  CHECK(store.regions()->front().parent == "");
  CHECK(store.kiosk_by_token(base::Bytes{6})->value().id == "kiosk-1");
  CHECK(store.user_by_email("admin@versmarkt.example")->value().roles ==
        std::vector<std::string>{"administrator"});
}

TEST_CASE("hq.db: one of version 2 goes on with what it has received") {
  tests::TemporaryFolder folder;
  tests::make_database(folder / "hq.db", "hq-2.sql");
  auto opened = store::hq::HqStore::create_sqlite(folder / "hq.db");
  REQUIRE(opened);
  CHECK((*opened)->picture_ids()->size() == 1);
  auto epochs = *(*opened)->epochs();
  REQUIRE(epochs.size() == 1);
  CHECK(epochs[0].received.size() == 2);
  CHECK_FALSE(epochs[0].heard);
  CHECK_FALSE((*opened)->note_epoch({1, "epoch-1", 9, 1}, noon())->is_behind);
}

TEST_CASE("hq.db: one of version 1 goes on with all that it held") {
  tests::TemporaryFolder folder;
  tests::make_database(folder / "hq.db", "hq-1.sql");
  auto opened = store::hq::HqStore::create_sqlite(folder / "hq.db");
  REQUIRE(opened);
  CHECK((*opened)->organisation()->value().name == "Versmarkt");
  CHECK((*opened)->regions()->size() == 1);
  REQUIRE((*opened)->save_picture({std::string(64, 'a'), "image/png", {1}}, noon()));
}

TEST_CASE("hq.db: one of version 2 goes on with its pictures and gives PINs out") {
  tests::TemporaryFolder folder;
  tests::make_database(folder / "hq.db", "hq-2.sql");
  auto opened = store::hq::HqStore::create_sqlite(folder / "hq.db");
  REQUIRE(opened);
  auto& store = **opened;
  CHECK(store.organisation()->value().name == "Versmarkt");
  CHECK(*store.picture_ids() == std::vector<std::string>{std::string(64, 'a')});
  REQUIRE(store.provision(with_kiosk("kiosk-1", "Kassa 1")));
  CHECK(*store.give_pin("kiosk-1", "hash") == 1);
}

TEST_CASE_TEMPLATE("people: a link opens once, for its own purpose, until it expires", Hq, EACH_HQ) {
  Hq hq;
  auto user = hq.store->save_user({0, "a@b.nl", "hash", {"administrator"}, {}, "An"});
  base::Bytes hash(32, 1);
  REQUIRE(hq.store->save_link(hash, store::hq::LinkPurpose::sign_in, *user, noon() + 1h));
  CHECK_FALSE(hq.store->use_link(hash, store::hq::LinkPurpose::set_up, noon())->has_value());
  CHECK_FALSE(hq.store->use_link(hash, store::hq::LinkPurpose::sign_in, noon() + 1h)->has_value());
  CHECK(hq.store->use_link(hash, store::hq::LinkPurpose::sign_in, noon())->value() == *user);
  CHECK_FALSE(hq.store->use_link(hash, store::hq::LinkPurpose::sign_in, noon())->has_value());
}

TEST_CASE_TEMPLATE("people: somebody who is removed is signed out, and their links are shut", Hq, EACH_HQ) {
  Hq hq;
  auto user = hq.store->save_user({0, "a@b.nl", "hash", {"reader", "reviewer"}, {"utrecht"}, "An"});
  CHECK(hq.store->users()->front().roles == std::vector<std::string>{"reader", "reviewer"});
  CHECK(hq.store->users()->front().branches == std::vector<std::string>{"utrecht"});
  base::Bytes session(32, 1), link(32, 2);
  REQUIRE(hq.store->save_session(session, *user, "csrf", noon()));
  REQUIRE(hq.store->save_link(link, store::hq::LinkPurpose::sign_in, *user, noon() + 1h));
  REQUIRE(hq.store->remove_user(*user));
  CHECK(hq.store->users()->empty());
  CHECK_FALSE(hq.store->session(session)->has_value());
  CHECK_FALSE(hq.store->use_link(link, store::hq::LinkPurpose::sign_in, noon())->has_value());
}

TEST_CASE_TEMPLATE("people: a session knows its user until it is dropped; e-mail is one whatever its case",
                   Hq, EACH_HQ) {
  Hq hq;
  auto user = hq.store->save_user({0, "a@b.nl", "hash", {"administrator"}, {}, "An"});
  CHECK(hq.store->user_by_email("A@B.nl")->value().row == *user);
  base::Bytes hash(32, 1);
  REQUIRE(hq.store->save_session(hash, *user, "csrf", noon()));
  CHECK(hq.store->session(hash)->value().user.email == "a@b.nl");
  REQUIRE(hq.store->drop_session(hash));
  CHECK_FALSE(hq.store->session(hash)->has_value());
}

TEST_CASE("hq.db: an erased response leaves no count that tells what it was") {
  SqliteHq hq;
  auto r = a_response(hq.random);
  r.receipt_hash = base::Bytes(32, 4);
  ingest_one(*hq.store, item_of(1, r));
  SQLite::Database db((hq.folder / "hq.db").string(), SQLite::OPEN_READONLY);
  auto rows = [&] { return db.execAndGet("SELECT count(*) FROM count_hour").getInt(); };
  CHECK(rows() > 0);
  REQUIRE(hq.store->erase_by_receipt(*r.receipt_hash, tally));
  CHECK(rows() == 0);
}
