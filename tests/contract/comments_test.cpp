// SPDX-License-Identifier: Apache-2.0
// The contract of the port Comments.

#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/file.h"
#include "core/base/fold.h"
#include "tests/contract/fixtures.h"
#include "tests/contract/hq_stores.h"

using namespace halte;
using namespace std::chrono_literals;
using figures::CommentCell;
using store::hq::CommentFilter;
using store::hq::CommentStatus;
using tests::a_response;
using tests::noon;
using namespace tests::hq;

namespace {

store::hq::Tally tally_with_comment(const response::Response& r) {
  auto t = tally(r);
  if (r.answers.contains("comment"))
    t.comments.push_back({"comment", r.answers["comment"].get<std::string>(), "emotion", 2, 1, {"wait"}});
  return t;
}

struct Said {
  std::string text;
  std::string branch = "utrecht", locale = "nl";
  base::Millis ago{0};
};

response::Response say(store::hq::HqStore& store, base::Random& random, const Said& said) {
  static std::uint64_t seq = 0;
  auto r = a_response(random, noon() - said.ago);
  r.branch = said.branch;
  r.locale = said.locale;
  r.answers["comment"] = said.text;
  r.receipt_hash = random.bytes(32);
  auto batch = batch_of({item_of(++seq, r)});
  batch.branch = said.branch;
  REQUIRE(
      (store.ingest({batch}, tally_with_comment)->results[0][0].status == store::hq::IngestStatus::stored));
  return r;
}

int today() { return base::days_since_epoch(noon()); }

CommentCell cell(const std::string& branch, int from, int to, const std::string& locale = "nl",
                 bool tells_branch = true) {
  return {branch, "checkout", locale, from, to, tells_branch};
}

CommentFilter all_of_utrecht() { return {.cells = {cell("utrecht", 0, 1 << 20)}}; }

std::vector<std::string> texts(store::hq::HqStore& store, const CommentFilter& filter) {
  std::vector<std::string> found;
  const auto all = *store.comments(filter, std::nullopt, 1000);
  for (const auto& comment : all) found.push_back(comment.said.text);
  std::ranges::sort(found);
  return found;
}

CommentFilter searched(const std::string& text) {
  CommentFilter filter = all_of_utrecht();
  filter.words = base::folded_words(text);
  return filter;
}

bool stands_in(const std::filesystem::path& folder, const std::string& canary) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && base::read_file(entry.path().string())->find(canary) != std::string::npos)
      return true;
  return false;
}

}  // namespace

TEST_CASE_TEMPLATE("comments: counted by place, language and the visitor's own day", Hq, EACH_HQ) {
  Hq hq;
  for (const char* text : {"a", "b"}) say(*hq.store, hq.random, {text});
  say(*hq.store, hq.random, {"c", "breda"});
  say(*hq.store, hq.random, {"d", "utrecht", "tr"});
  say(*hq.store, hq.random, {"late", "utrecht", "nl", -11h - 30min});  // half past midnight in Utrecht
  auto days = *hq.store->comment_days(today(), today());
  REQUIRE(days.size() == 3);
  const auto dutch =
      std::ranges::find_if(days, [](const auto& d) { return d.branch == "utrecht" && d.language == "nl"; });
  REQUIRE(dutch != days.end());
  CHECK(dutch->n == 2);
  CHECK(dutch->touchpoint == "checkout");
  CHECK(hq.store->comment_days(today() + 1, today() + 9)->size() == 1);
}

TEST_CASE_TEMPLATE(
    "comments: a cell gives what it holds, with its days and no other, and its branch where told", Hq,
    EACH_HQ) {
  Hq hq;
  say(*hq.store, hq.random, {"mine"});
  say(*hq.store, hq.random, {"elsewhere", "breda"});
  say(*hq.store, hq.random, {"old", "utrecht", "nl", 24h * 9});
  auto found = *hq.store->comments({.cells = {cell("utrecht", today() - 3, today())}}, std::nullopt, 10);
  REQUIRE(found.size() == 1);
  CHECK(found[0].said.text == "mine");
  CHECK(found[0].said.question == "comment");
  CHECK(found[0].said.metric == "emotion");
  CHECK(found[0].said.score == 2);
  CHECK(found[0].said.reasons == std::vector<std::string>{"wait"});
  CHECK(found[0].branch == "utrecht");
  CHECK(found[0].from_day == today() - 3);
  CHECK(found[0].to_day == today());
  CHECK((found[0].status == CommentStatus::fresh));
  CHECK(found[0].ref.size() == 16);
  found = *hq.store->comments({.cells = {cell("utrecht", 0, today(), "nl", false)}}, std::nullopt, 10);
  REQUIRE(found.size() == 2);
  CHECK(found[0].branch.empty());
  CHECK(texts(*hq.store, {}).empty());
}

TEST_CASE_TEMPLATE("comments: filtered by band, reason, status, tag and themselves", Hq, EACH_HQ) {
  Hq hq;
  say(*hq.store, hq.random, {"one"});
  say(*hq.store, hq.random, {"two"});
  const auto found = *hq.store->comments(all_of_utrecht(), std::nullopt, 10);
  REQUIRE(found.size() == 2);
  CHECK(
      *hq.store->review_comment(found[0].ref, {CommentStatus::to_do, std::vector<std::string>{"rij", "É"}}));
  const auto only = [&](auto change) {
    CommentFilter filter = all_of_utrecht();
    change(filter);
    return hq.store->comments(filter, std::nullopt, 10)->size();
  };
  CHECK(only([](auto& f) { f.band = 1; }) == 2);
  CHECK(only([](auto& f) { f.band = 3; }) == 0);
  CHECK(only([](auto& f) { f.reason = "wait"; }) == 2);
  CHECK(only([](auto& f) { f.reason = "price"; }) == 0);
  CHECK(only([](auto& f) { f.status = CommentStatus::to_do; }) == 1);
  CHECK(only([](auto& f) { f.tag = "É"; }) == 1);
  CHECK(only([](auto& f) { f.tag = "e"; }) == 0);
  CHECK(only([&](auto& f) { f.ref = found[1].ref; }) == 1);
  CHECK(*hq.store->comment_tags(all_of_utrecht().cells) == std::vector<std::string>{"rij", "É"});
  CHECK(hq.store->comment_tags({cell("breda", 0, 1 << 20)})->empty());
}

TEST_CASE_TEMPLATE("comments: a review changes what it names, and none that is not there", Hq, EACH_HQ) {
  Hq hq;
  say(*hq.store, hq.random, {"one"});
  const auto ref = hq.store->comments(all_of_utrecht(), std::nullopt, 1)->front().ref;
  const auto now = [&] { return hq.store->comments(all_of_utrecht(), std::nullopt, 1)->front(); };
  CHECK(*hq.store->review_comment(ref, {std::nullopt, std::vector<std::string>{"rij"}}));
  CHECK((now().status == CommentStatus::fresh));
  CHECK(*hq.store->review_comment(ref, {CommentStatus::done, std::nullopt}));
  CHECK(now().tags == std::vector<std::string>{"rij"});
  CHECK(*hq.store->review_comment(ref, {std::nullopt, std::vector<std::string>{}}));
  CHECK(now().tags.empty());
  CHECK((now().status == CommentStatus::done));
  CHECK_FALSE(*hq.store->review_comment(base::Bytes(16, 7), {CommentStatus::done, std::nullopt}));
  CHECK(hq.store->day_of_comment(ref)->value() == today());
  CHECK_FALSE(hq.store->day_of_comment(base::Bytes(16, 7))->has_value());
}

TEST_CASE_TEMPLATE("comments: counted by status, whichever of them is asked for", Hq, EACH_HQ) {
  Hq hq;
  for (const char* text : {"a", "b", "c"}) say(*hq.store, hq.random, {text});
  const auto ref = hq.store->comments(all_of_utrecht(), std::nullopt, 1)->front().ref;
  REQUIRE(*hq.store->review_comment(ref, {CommentStatus::done, std::nullopt}));
  CommentFilter filter = all_of_utrecht();
  filter.status = CommentStatus::done;
  auto counts = *hq.store->comments_by_status(filter);
  CHECK(counts[CommentStatus::fresh] == 2);
  CHECK(counts[CommentStatus::done] == 1);
}

TEST_CASE_TEMPLATE("comments: page by page each comes once, the newest spans first", Hq, EACH_HQ) {
  Hq hq;
  for (int i = 0; i < 12; ++i)
    say(*hq.store, hq.random, {"comment " + std::to_string(i), "utrecht", "nl", 24h * (i % 4)});
  CommentFilter filter{
      .cells = {cell("utrecht", today(), today()), cell("utrecht", today() - 3, today() - 1)}};
  std::vector<std::string> seen;
  std::optional<store::hq::CommentKey> after;
  for (int page = 0; page < 9; ++page) {
    auto found = *hq.store->comments(filter, after, 5);
    if (found.empty()) break;
    for (const auto& comment : found) seen.push_back(comment.said.text);
    CHECK((page > 0 || found[0].from_day == today()));
    after = store::hq::CommentKey{found.back().to_day, found.back().from_day, found.back().ref};
  }
  CHECK(seen.size() == 12);
  std::ranges::sort(seen);
  CHECK(std::ranges::adjacent_find(seen) == seen.end());
}

TEST_CASE_TEMPLATE("comments: found by words in any order, whatever their case and accents", Hq, EACH_HQ) {
  Hq hq;
  for (const char* text : {"Lange rij bij de kassa", "Eén kassa open!", "Die Größe fehlte", "Işıklar bozuk",
                           "الخدمة مُمْتَازة", "100% goed"})
    say(*hq.store, hq.random, {text});
  CHECK(texts(*hq.store, searched("KASSA")).size() == 2);
  CHECK(texts(*hq.store, searched("kassa lange")) == std::vector<std::string>{"Lange rij bij de kassa"});
  CHECK(texts(*hq.store, searched("een")) == std::vector<std::string>{"Eén kassa open!"});
  CHECK(texts(*hq.store, searched("GROSSE")) == std::vector<std::string>{"Die Größe fehlte"});
  CHECK(texts(*hq.store, searched("IŞIK")) == std::vector<std::string>{"Işıklar bozuk"});
  CHECK(texts(*hq.store, searched("ممتازة")).size() == 1);
  CHECK(texts(*hq.store, searched("100%")).size() == 1);
  CHECK(texts(*hq.store, searched("%")).size() == 1);
  CHECK(texts(*hq.store, searched("_")).empty());
}

TEST_CASE_TEMPLATE("comments: an erased response leaves nothing of its comment, its status or its tags", Hq,
                   EACH_HQ) {
  Hq hq;
  const auto r = say(*hq.store, hq.random, {"the canary sang at the checkout"});
  const auto ref = hq.store->comments(all_of_utrecht(), std::nullopt, 1)->front().ref;
  REQUIRE(*hq.store->review_comment(ref, {CommentStatus::to_do, std::vector<std::string>{"songbird"}}));
  CHECK(stands_in(hq.folder.path(), "songbird"));
  REQUIRE(hq.store->erase_by_receipt(*r.receipt_hash, tally_with_comment));
  CHECK(hq.store->comments(all_of_utrecht(), std::nullopt, 10)->empty());
  CHECK(hq.store->comment_days(0, 1 << 20)->empty());
  CHECK_FALSE(hq.store->day_of_comment(ref)->has_value());
  CHECK_FALSE(*hq.store->review_comment(ref, {CommentStatus::done, std::nullopt}));
  for (const std::string& left :
       {std::string("canary"), std::string("songbird"), std::string(ref.begin(), ref.end())})
    CHECK_FALSE(stands_in(hq.folder.path(), left));
}

TEST_CASE_TEMPLATE("comments: one that rests on a consent goes when it is withdrawn, and its tags with it",
                   Hq, EACH_HQ) {
  Hq hq;
  auto r = a_response(hq.random);
  r.receipt_hash = base::Bytes(32, 4);
  r.answers["comment"] = "the canary sang";
  r.consents = {tests::a_consent("comment", response::ConsentState::given)};
  r.consents[0].covers = {"comment"};
  REQUIRE(hq.store->ingest({batch_of({item_of(1, r)})}, tally_with_comment));
  const auto ref = hq.store->comments(all_of_utrecht(), std::nullopt, 1)->front().ref;
  REQUIRE(*hq.store->review_comment(ref, {std::nullopt, std::vector<std::string>{"songbird"}}));
  REQUIRE(hq.store->withdraw_by_receipt(*r.receipt_hash, "another purpose"));
  CHECK(hq.store->comments(all_of_utrecht(), std::nullopt, 10)->size() == 1);
  REQUIRE(hq.store->withdraw_by_receipt(*r.receipt_hash, "comment"));
  CHECK(hq.store->comments(all_of_utrecht(), std::nullopt, 10)->empty());
  CHECK(hq.store->stored_responses() == 1);
  CHECK_FALSE(stands_in(hq.folder.path(), "canary"));
  CHECK_FALSE(stands_in(hq.folder.path(), "songbird"));
}

TEST_CASE(
    "hq.db: comments of responses that an earlier version stored are found once, and erased ones are not") {
  tests::TemporaryFolder folder;
  tests::make_database(folder / "hq.db", "hq-3.sql");
  base::SeededRandom random(5);
  auto kept = a_response(random), erased = a_response(random);
  kept.answers["comment"] = "kept";
  erased.answers["comment"] = "erased";
  erased.receipt_hash = base::Bytes(32, 9);
  {
    SQLite::Database old((folder / "hq.db").string(), SQLite::OPEN_READWRITE);
    for (const auto* r : {&kept, &erased}) {
      SQLite::Statement insert(
          old, "INSERT INTO response (kiosk, id, hash, marked, body) VALUES (1, ?, zeroblob(32), 0, ?)");
      insert.bind(1, r->id.view().data(), 16);
      insert.bind(2, response::to_body(*r));
      insert.exec();
    }
    SQLite::Statement receipt(old,
                              "INSERT INTO receipt (hash, branch, kiosk, id) VALUES (?, 'utrecht', 1, ?)");
    receipt.bind(1, erased.receipt_hash->data(), 32);
    receipt.bind(2, erased.id.view().data(), 16);
    receipt.exec();
  }
  auto store = std::move(*store::hq::HqStore::create_sqlite(folder / "hq.db"));
  REQUIRE(store->erase_by_receipt(*erased.receipt_hash, [](const auto&) { return store::hq::Tally{}; }));
  CHECK(*store->index_comments(tally_with_comment, 100) > 0);
  CHECK(store->index_comments(tally_with_comment, 100) == 0);
  CHECK(texts(*store, all_of_utrecht()) == std::vector<std::string>{"kept"});
}
