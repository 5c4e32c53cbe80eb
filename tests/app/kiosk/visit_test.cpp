// SPDX-License-Identifier: Apache-2.0
// The course of a visit: what is asked, saved, closed, and when.
#include "tests/app/kiosk/bench.h"

using namespace halte;
using namespace halte::kiosk::model;
using halte::kiosk::test::Bench;
using namespace std::chrono_literals;

TEST_CASE("visit: the first tap is saved at once, as an open response with coarse times") {
  Bench b;
  auto effects = b.send(Choose{3});
  REQUIRE(effects.size() == 1);
  const auto& saved = std::get<SaveOpen>(effects[0]).response;
  CHECK(saved.answers == base::Json{{"rating", 4}});
  CHECK(base::to_rfc3339(saved.started) == "2026-03-02T12:00:00Z");
  CHECK(saved.submitted == saved.started);
  CHECK(saved.survey == "visit");
  CHECK(saved.survey_version == 3);
  CHECK(saved.branch == "utrecht");
  CHECK(saved.id.day() == base::days_since_epoch(saved.started));
  CHECK(saved.clock_synced);
}

TEST_CASE("visit: before the first tap nothing is saved") {
  Bench b;
  for (Intent intent : {Intent(Touched{}), Intent(ChooseLanguage{"en"}), Intent(OpenSheet{Sheet::privacy}),
                        Intent(CloseSheet{}), Intent(SwitchAid{Aid::high_contrast}), Intent(Back{}),
                        Intent(Finish{}), Intent(Quit{})})
    b.send(intent);
  b.wait(10min);
  CHECK(b.count<SaveOpen>() == 0);
  CHECK(b.count<Close>() == 0);
}

TEST_CASE("visit: more time makes the wait, the warning and the last screen four times as long") {
  Bench usual, slow;
  slow.send(SwitchAid{Aid::more_time});
  for (Bench* b : {&usual, &slow}) b->send(Choose{3});
  const auto still_after = [](Bench& b) {
    base::Millis waited{0};
    for (; !b.state.asked_still; waited += 1s) b.wait(1s);
    return waited;
  };
  const base::Millis once = still_after(usual);
  CHECK(still_after(slow) > 3 * once);
  const auto standing = [](Bench& b) { return b.view().still_there->until - b.view().still_there->since; };
  CHECK(standing(slow) == 4 * standing(usual));
  slow.send(StillHere{});
  slow.send(Finish{});
  slow.saved();
  slow.send(Dismiss{});
  CHECK(slow.state.aids == Aids{});
}

TEST_CASE("visit: a one-tap answer turns the page by itself, and can be corrected until then") {
  Bench b;
  b.send(Choose{0});
  b.wait(advance_time - 1ms);
  CHECK(b.asking() == "rating");
  b.send(Choose{4});
  b.wait(advance_time - 1ms);
  CHECK(b.asking() == "rating");
  b.wait(1ms);
  CHECK(b.asking() == "well");
  CHECK(b.session().answers == base::Json{{"rating", 5}});
}

TEST_CASE("visit: happy and unhappy visitors are asked different reasons") {
  Bench happy, unhappy;
  happy.send(Choose{4});
  unhappy.send(Choose{0});
  happy.wait(advance_time);
  unhappy.wait(advance_time);
  CHECK(happy.asking() == "well");
  CHECK(unhappy.asking() == "better");
}

TEST_CASE("visit: every further answer is saved, and several answers keep the order of the taps") {
  Bench b;
  b.go_to("better", 0);
  int before = b.count<SaveOpen>();
  b.send(Choose{2});
  b.send(Choose{0});
  CHECK(b.count<SaveOpen>() == before + 2);
  CHECK(b.last<SaveOpen>()->response.answers["better"] == base::Json{"queue", "staff"});
  b.send(Choose{2});
  CHECK(b.session().answers["better"] == base::Json{"staff"});
  b.send(Choose{0});
  CHECK_FALSE(b.session().answers.contains("better"));
}

TEST_CASE("visit: skip names the question and drops its answer, answering takes it off the list") {
  Bench b;
  b.go_to("well");
  b.send(Choose{0});
  b.send(Skip{});
  CHECK(b.session().skipped == std::vector<std::string>{"well"});
  CHECK_FALSE(b.session().answers.contains("well"));
  b.send(Back{});
  CHECK(b.asking() == "well");
  b.send(Choose{1});
  CHECK(b.session().skipped.empty());
}

TEST_CASE("visit: next without an answer is a skip") {
  Bench b;
  b.go_to("well");
  b.send(Next{});
  CHECK(b.asking() == "nps");
  CHECK(b.session().skipped == std::vector<std::string>{"well"});
}

TEST_CASE("visit: thanks stands only after the commit that closed the response") {
  Bench b;
  b.go_to("comment");
  b.send(Skip{});
  CHECK(b.on<Saving>());
  REQUIRE(b.last<Close>());
  CHECK(b.last<Close>()->response.ended == response::Ended::complete);
  b.wait(5min);
  CHECK(b.on<Saving>());
  b.send(Saved{b.session().id, false});
  CHECK(b.on<Saving>());
  b.send(Saved{response::Id{}, true});
  CHECK(b.on<Saving>());
  b.saved();
  CHECK(b.on<Thanks>());
  CHECK_FALSE(b.state.session);
}

TEST_CASE("visit: a failed commit ends in an apology, never in thanks") {
  Bench b;
  b.go_to("comment");
  b.send(Skip{});
  b.send(SaveFailed{b.session().id});
  CHECK(b.on<Sorry>());
  CHECK_FALSE(b.state.session);
  b.wait(sorry_time);
  CHECK(is_clean(b.state));
}

TEST_CASE("visit: a failed save of the first tap is an apology too") {
  Bench b;
  b.send(Choose{2});
  b.send(SaveFailed{b.session().id});
  CHECK(b.on<Sorry>());
}

TEST_CASE("visit: the failure of an earlier visit does not touch this one") {
  Bench b;
  b.send(Choose{2});
  b.send(SaveFailed{response::Id{}});
  CHECK(b.asking() == "rating");
}

TEST_CASE("visit: one id from the first tap to the close, another for the next visitor") {
  Bench b;
  b.go_to("comment");
  auto id = b.session().id;
  b.send(Skip{});
  CHECK(b.last<Close>()->response.id == id);
  b.saved();
  b.send(Dismiss{});
  b.send(Choose{1});
  CHECK(b.session().id != id);
}

TEST_CASE("visit: a changed rating drops the answers to questions that are not asked any more") {
  Bench b;
  b.go_to("well", 4);
  b.send(Choose{0});
  b.send(Back{});
  b.send(Choose{0});
  b.wait(advance_time);
  CHECK(b.asking() == "better");
  while (b.asking() != "") b.send(Skip{});
  CHECK(b.last<Close>()->response.answers == base::Json{{"rating", 1}});
}

TEST_CASE("visit: nobody is asked to recommend when the share is zero, everybody when it is one") {
  Bench none;
  none.configuration.settings.recommend_share = 0;
  none.go_to("well");
  none.send(Skip{});
  CHECK(none.asking() == "again");
  Bench all;
  all.go_to("well");
  all.send(Skip{});
  CHECK(all.asking() == "nps");
}

TEST_CASE("visit: without a touch it asks, then closes as timeout and shows the first question") {
  Bench b;
  b.go_to("well");
  b.send(Choose{0});
  b.wait(24s);
  CHECK_FALSE(b.state.asked_still);
  b.wait(1s);
  CHECK(b.state.asked_still);
  b.wait(19s);
  CHECK(b.asking() == "well");
  b.wait(1s);
  REQUIRE(b.last<Close>());
  CHECK(b.last<Close>()->response.ended == response::Ended::timeout);
  CHECK(b.last<Close>()->response.answers == base::Json{{"rating", 5}, {"well", {"staff"}}});
  CHECK(is_clean(b.state));
}

TEST_CASE("visit: a touch answers the question and the visit goes on, ten times if need be") {
  Bench b;
  b.go_to("well");
  for (int i = 0; i < 10; ++i) {
    b.wait(40s);
    REQUIRE(b.state.asked_still);
    b.send(StillHere{});
    REQUIRE_FALSE(b.state.asked_still);
  }
  CHECK(b.asking() == "well");
  CHECK(b.count<Close>() == 0);
}

TEST_CASE("visit: typing has more time than tapping") {
  Bench b;
  b.go_to("comment");
  b.wait(44s);
  CHECK_FALSE(b.state.asked_still);
  b.wait(1s);
  CHECK(b.state.asked_still);
}

TEST_CASE("visit: finish closes as exit and thanks") {
  Bench b;
  b.go_to("well");
  b.wait(25s);
  b.send(Finish{});
  CHECK(b.last<Close>()->response.ended == response::Ended::exit);
  b.saved();
  CHECK(b.on<Thanks>());
}

TEST_CASE("visit: the end of the program closes as exit what is open") {
  Bench b;
  b.send(Choose{1});
  b.send(Quit{});
  REQUIRE(b.last<Close>());
  CHECK(b.last<Close>()->response.ended == response::Ended::exit);
  b.send(Quit{});
  CHECK(b.count<Close>() == 1);
}

TEST_CASE("visit: thanks leaves by itself after 6 s, after 20 s with a receipt, or at a tap") {
  Bench plain;
  plain.configuration.settings.receipts = false;
  plain.go_to("comment");
  plain.send(Skip{});
  plain.saved();
  plain.wait(5999ms);
  CHECK(plain.on<Thanks>());
  plain.wait(1ms);
  CHECK(is_clean(plain.state));

  Bench receipt;
  receipt.go_to("comment");
  receipt.send(Skip{});
  receipt.saved();
  receipt.wait(19s);
  CHECK(receipt.on<Thanks>());
  receipt.send(Dismiss{});
  CHECK(is_clean(receipt.state));
}

TEST_CASE("visit: languages take turns until somebody touches one") {
  Bench b;
  CHECK(b.state.language == "nl");
  b.wait(rotation_time);
  CHECK(b.state.language == "en");
  b.wait(2 * rotation_time);
  CHECK(b.state.language == "nl");
  b.send(ChooseLanguage{"de"});
  b.wait(3 * rotation_time);
  CHECK(b.state.language == "de");
  b.wait(1min);
  CHECK_FALSE(b.state.language_chosen);
}

TEST_CASE("visit: the organisation's pictures take turns while nobody is there, and go at the first tap") {
  Bench b;
  const auto photo = [&] { return std::get<RateView>(b.view().body).photo; };
  CHECK_FALSE(photo());
  b.configuration.settings.languages = {"nl"};
  b.configuration.settings.pictures = {"first", "second"};
  CHECK(photo() == 0);
  b.wait(rotation_time);
  CHECK(photo() == 0);
  b.wait(rotation_time);
  CHECK(photo() == 1);
  b.wait(rotation_time);
  b.wait(rotation_time);
  CHECK(photo() == 0);
  CHECK(b.state.language == "nl");
  b.send(Choose{4});
  CHECK_FALSE(photo());
}

TEST_CASE("visit: what is wrong with the contact details is where the keys go") {
  Bench b;
  b.with_contact();
  b.send(Choose{4});
  b.state.screen = Contact{};
  b.send(Next{});
  CHECK(std::get<ContactView>(b.view().body).focus == 1);  // a way to reach somebody, not the name
  CHECK_FALSE(std::get<ContactView>(b.view().body).mistake.empty());
  b.state.session->fields = {"Sam", "sam@example.org", "12"};
  b.send(FocusField{0});
  b.send(Next{});
  CHECK(std::get<ContactView>(b.view().body).focus == 2);
}

TEST_CASE("visit: nobody is called anonymous where a name is asked for") {
  Bench b;
  b.with_contact();
  CHECK_FALSE(b.view().footer.line.empty());
  b.send(Choose{4});
  CHECK_FALSE(b.view().footer.line.empty());
  for (const Screen& screen : {Screen{Invitation{}}, Screen{Contact{}}, Screen{Thanks{}}}) {
    b.state.screen = screen;
    CHECK(b.view().footer.line.empty());
    CHECK_FALSE(b.view().footer.privacy.empty());
  }
}

TEST_CASE("visit: a language that is not offered changes nothing") {
  Bench b;
  b.send(ChooseLanguage{"xx"});
  CHECK(b.state.language == "nl");
}

TEST_CASE("visit: the response carries the language in which it was closed") {
  Bench b;
  b.send(Choose{4});
  b.send(ChooseLanguage{"de"});
  b.send(Quit{});
  CHECK(b.last<Close>()->response.locale == "de");
}

TEST_CASE("visit: out of service stops a visitor before the first tap and never after it") {
  Bench b;
  b.send(ServiceChanged{Service::storage_full});
  CHECK(b.send(Choose{4}).empty());
  CHECK(b.view().name == "service");
  b.send(ServiceChanged{Service::open});
  b.send(Choose{4});
  b.send(ServiceChanged{Service::storage_full});
  b.send(Choose{2});
  CHECK(b.session().answers["rating"] == 3);
  CHECK(b.view().name == "rate");
}

TEST_CASE("visit: a deadline is never in the past after its tick, so the loop can sleep") {
  Bench b;
  b.go_to("comment");
  for (int i = 0; i < 200; ++i) {
    auto due = next_deadline(b.state, b.context());
    if (!due) break;
    if (*due > b.clock.steady()) b.clock.advance(*due - b.clock.steady());
    b.send(Tick{});
    auto next = next_deadline(b.state, b.context());
    if (next) CHECK(*next > b.clock.steady());
  }
}

TEST_CASE("visit: of several choices as many as the survey wants, or none") {
  Bench b;
  auto& better = b.questionnaire.question("better");
  better.least = 2;
  better.most = 2;
  b.go_to("better", 0);
  const auto chips = [&] { return std::get<ChipsView>(b.view().body); };
  CHECK(chips().question.description == "Choose 2.");
  CHECK(chips().way.can_go_on);
  b.send(Choose{0});
  CHECK_FALSE(chips().way.can_go_on);
  b.send(Next{});
  CHECK(b.asking() == "better");
  b.send(Choose{1});
  b.send(Choose{2});
  CHECK(b.session().answers["better"] == base::Json{"staff", "price"});
  b.send(Next{});
  CHECK(b.asking() == "nps");
}

TEST_CASE("visit: a number is typed on a pad and kept as a number, needing no consent for words") {
  Bench b;
  auto& question = b.questionnaire.question("comment");
  question.kind = Kind::line;
  question.typing = ui::Typing::number;
  question.max_length = 6;
  b.configuration.notices = {{"n2", 1, "comment", {{"en", "We may keep my words."}}}};
  b.go_to("comment");
  const auto writing = std::get<WritingView>(b.view().body);
  CHECK(writing.typing == ui::Typing::number);
  CHECK(writing.warning.empty());
  b.type("007");
  CHECK(std::get<WritingView>(b.view().body).text == "007");
  b.send(Next{});
  CHECK(b.on<Saving>());
  CHECK(b.last<Close>()->response.answers["comment"] == 7);
}

TEST_CASE("visit: a required comment is sent when something stands in it, not before") {
  Bench b;
  b.questionnaire.question("comment").required = true;
  b.questionnaire.question("comment").placeholder = {{"en", "About the till …"}};
  b.go_to("comment");
  const auto writing = [&] { return std::get<WritingView>(b.view().body); };
  CHECK(writing().placeholder == "About the till …");
  CHECK(writing().way.skip.empty());
  b.type(" ");
  CHECK_FALSE(writing().way.can_go_on);
  b.send(Next{});
  CHECK(b.asking() == "comment");
  b.type("x");
  CHECK(writing().way.can_go_on);
}

TEST_CASE("visit: several keys between two frames are all typed, in order") {
  Bench b;
  b.go_to("comment");
  b.send(Type{{ui::InsertText{"a"}, ui::InsertText{"b"}, ui::DeleteBack{}, ui::InsertText{"c"}}});
  CHECK(b.state.session->typed["comment"] == "ac");
}

TEST_CASE("visit: the privacy notice is not taken away from somebody who reads it on the last screen") {
  Bench b;
  b.go_to("comment");
  b.send(Finish{});
  b.saved();
  REQUIRE(b.on<Thanks>());
  b.send(OpenSheet{Sheet::privacy});
  b.wait(30s);
  CHECK(b.view().name == "privacy");
  b.wait(60s);
  CHECK(b.on<Attract>());
}
