// SPDX-License-Identifier: Apache-2.0
// Consent, contact, free text, receipts, and what remains of a visitor.
#include <fmt/format.h>

#include "app/kiosk/model/session.h"
#include "core/consent/receipt.h"
#include "tests/app/kiosk/bench.h"

using namespace halte;
using namespace halte::kiosk::model;
using halte::kiosk::test::Bench;
using namespace std::chrono_literals;

namespace {

std::string everything(const response::Response& r) { return response::to_body(r); }

// All words that any effect so far would hand to another thread.
std::string everything(const Bench& b) {
  std::string all;
  for (const Effect& effect : b.effects) {
    if (auto open = std::get_if<SaveOpen>(&effect)) all += everything(open->response);
    if (auto close = std::get_if<Close>(&effect)) all += everything(close->response);
  }
  return all;
}

void to_contact_form(Bench& b) {
  b.with_contact();
  b.go_to("comment");
  b.send(ChooseLanguage{"en"});
  b.send(Skip{});
  b.send(AnswerInvitation{true});
  b.send(AnswerAge{true});
  b.send(SwitchPurpose{"contact"});
  b.send(Next{});
  REQUIRE(b.on<Contact>());
}

}  // namespace

TEST_CASE("privacy: a comment stays in memory until it is submitted, and is redacted before it is saved") {
  Bench b;
  b.go_to("comment");
  b.type("call 0612345678 or jan@example.nl, slow till");
  CHECK(everything(b).find("slow") == std::string::npos);
  b.send(Next{});
  const std::string all = everything(b);
  CHECK(all.find("slow till") != std::string::npos);
  CHECK(all.find("0612345678") == std::string::npos);
  CHECK(all.find("jan@example.nl") == std::string::npos);
}

TEST_CASE("privacy: a comment that was typed and not submitted is in no response when the visitor leaves") {
  for (bool finishes : {true, false}) {
    Bench b;
    b.go_to("comment");
    b.type("canary");
    if (finishes)
      b.send(Finish{});
    else
      b.wait(70s);
    REQUIRE(b.last<Close>());
    CHECK(everything(b).find("canary") == std::string::npos);
  }
}

TEST_CASE("privacy: a comment is at most 500 characters") {
  Bench b;
  b.go_to("comment");
  b.type(std::string(600, 'x'));
  b.send(Next{});
  CHECK(b.last<Close>()->response.answers["comment"].get<std::string>().size() == 500);
}

TEST_CASE("privacy: everything before the invitation is already saved, and nothing is switched on") {
  Bench b;
  b.with_contact();
  b.go_to("comment");
  b.type("hello");
  b.send(Next{});
  REQUIRE(b.on<Invitation>());
  CHECK(b.last<SaveOpen>()->response.answers["comment"] == "hello");
  b.send(AnswerInvitation{true});
  b.send(AnswerAge{true});
  REQUIRE(b.on<Purposes>());
  auto purposes = std::get<PurposesView>(b.view().body).purposes;
  REQUIRE(purposes.size() == 1);
  CHECK_FALSE(purposes[0].on);
}

TEST_CASE("privacy: the invitation says that the answer is saved once it is, and not before") {
  Bench b;
  b.with_contact();
  b.go_to("comment");
  b.send(Skip{});
  REQUIRE(b.on<Invitation>());
  CHECK(std::get<DecisionView>(b.view().body).above == "");
  b.acknowledge();
  CHECK(std::get<DecisionView>(b.view().body).above == "Your feedback is saved.");
}

TEST_CASE("privacy: with every consent refused the rating counts and no contact is stored") {
  Bench b;
  b.with_contact();
  b.go_to("comment");
  b.send(Skip{});
  b.send(AnswerInvitation{false});
  const auto& closed = b.last<Close>()->response;
  CHECK(closed.answers["rating"] == 5);
  CHECK_FALSE(closed.contact);
  REQUIRE(closed.consents.size() == 1);
  CHECK(closed.consents[0].state == response::ConsentState::refused);
  CHECK(closed.consents[0].method == "no");
  CHECK(closed.ended == response::Ended::complete);
}

TEST_CASE("privacy: going on with all switches off is no") {
  Bench b;
  b.with_contact();
  b.go_to("comment");
  b.send(Skip{});
  b.send(AnswerInvitation{true});
  b.send(AnswerAge{true});
  b.send(Next{});
  CHECK(b.on<Saving>());
  CHECK(b.last<Close>()->response.consents[0].state == response::ConsentState::refused);
}

TEST_CASE("privacy: an idle run gives no consent, wherever it stops") {
  for (int depth = 0; depth < 4; ++depth) {
    Bench b;
    b.with_contact();
    b.go_to("comment");
    b.send(Skip{});
    if (depth > 0) b.send(AnswerInvitation{true});
    if (depth > 1) b.send(AnswerAge{true});
    if (depth > 2) {
      b.send(SwitchPurpose{"contact"});
      b.send(Next{});
      b.type("canary");
    }
    b.wait(3min);
    REQUIRE(b.last<Close>());
    const auto& closed = b.last<Close>()->response;
    CHECK(closed.ended == response::Ended::timeout);
    CHECK_FALSE(closed.contact);
    REQUIRE(closed.consents.size() == 1);
    CHECK(closed.consents[0].state == response::ConsentState::refused);
    CHECK(closed.consents[0].method == "timeout");
    CHECK(is_clean(b.state));
  }
}

TEST_CASE("privacy: finish and back give no consent either") {
  Bench b;
  to_contact_form(b);
  b.send(Back{});
  b.send(Next{});
  REQUIRE(b.on<Invitation>());
  b.send(AnswerInvitation{true});
  b.send(AnswerAge{true});
  CHECK_FALSE(std::get<PurposesView>(b.view().body).purposes[0].on);
  b.send(SwitchPurpose{"contact"});
  b.send(Finish{});
  CHECK(b.last<Close>()->response.consents[0].state == response::ConsentState::refused);
  CHECK(b.last<Close>()->response.consents[0].method == "exit");
}

TEST_CASE("privacy: under 16 there are no contact fields") {
  Bench b;
  b.with_contact();
  b.go_to("comment");
  b.send(Skip{});
  b.send(AnswerInvitation{true});
  REQUIRE(b.on<AgeGate>());
  b.send(AnswerAge{false});
  CHECK(b.on<Saving>());
  CHECK(b.last<Close>()->response.consents[0].method == "age");
}

TEST_CASE("privacy: the contact switch cannot be reached around the age gate") {
  Bench b;
  b.with_contact();
  b.configuration.notices.push_back({"n2", 1, "research", {{"en", "We may use it for research."}}});
  b.go_to("comment");
  b.send(Skip{});
  b.send(AnswerInvitation{true});
  b.send(AnswerAge{false});
  REQUIRE(b.on<Purposes>());
  b.send(SwitchPurpose{"contact"});
  b.send(Next{});
  CHECK(b.on<Saving>());
  CHECK_FALSE(b.last<Close>()->response.contact);
}

TEST_CASE("privacy: contact is sealed before any effect leaves the model, and only the key opens it") {
  Bench b;
  to_contact_form(b);
  b.type("Jan Canary");
  b.send(FocusField{1});
  b.type("jan@example.nl");
  b.send(Next{});
  REQUIRE(b.on<Saving>());
  const auto& closed = b.last<Close>()->response;
  REQUIRE(closed.contact);
  CHECK(closed.contact->key_id == "s1");
  CHECK(everything(b).find("Canary") == std::string::npos);
  CHECK(everything(b).find("jan@") == std::string::npos);
  auto opened = base::open_sealed(closed.contact->sealed, b.pair);
  REQUIRE(opened);
  CHECK(base::Json::parse(base::as_text(*opened)) ==
        base::Json{{"name", "Jan Canary"}, {"email", "jan@example.nl"}});
}

TEST_CASE("contact: each field starts with its own keyboard, also when Done leads to it") {
  Bench b;
  to_contact_form(b);
  const auto& session = *b.state.session;
  CHECK(session.keyboard == ui::fresh_keyboard(ui::Typing::words));
  b.send(Type{{ui::TurnPage{ui::KeyboardPage::symbols}, ui::PressDone{}}});
  CHECK(session.focus == 1);
  CHECK(session.keyboard == ui::fresh_keyboard(ui::Typing::email));
  CHECK(std::get<ContactView>(b.view().body).typing == ui::Typing::email);
  b.send(FocusField{2});
  CHECK(std::get<ContactView>(b.view().body).typing == ui::Typing::phone);
}

TEST_CASE("privacy: a given consent holds the text, version and language that stood on the glass") {
  Bench b;
  to_contact_form(b);
  b.send(FocusField{2});
  b.type("030 123 45 67");
  b.send(Next{});
  const auto& consent = b.last<Close>()->response.consents.at(0);
  CHECK(consent.state == response::ConsentState::given);
  CHECK(consent.method == "switch");
  CHECK(consent.notice_id == "n1");
  CHECK(consent.notice_version == 4);
  CHECK(consent.locale == "en");
  CHECK(consent.notice_hash == consent::notice_hash("We may call you once."));
  CHECK(base::to_rfc3339(consent.at) == "2026-03-02T12:00:00Z");
}

TEST_CASE("privacy: another language is another text, so the switches go off") {
  Bench b;
  b.with_contact();
  b.go_to("comment");
  b.send(Skip{});
  b.send(AnswerInvitation{true});
  b.send(AnswerAge{true});
  b.send(SwitchPurpose{"contact"});
  b.send(ChooseLanguage{"en"});
  CHECK_FALSE(std::get<PurposesView>(b.view().body).purposes[0].on);
}

TEST_CASE("privacy: another language on the contact form asks for the consent anew, the same one does not") {
  Bench b;
  to_contact_form(b);
  b.send(ChooseLanguage{"en"});
  CHECK(b.on<Contact>());
  b.send(ChooseLanguage{"de"});
  REQUIRE(b.on<Purposes>());
  CHECK_FALSE(std::get<PurposesView>(b.view().body).purposes[0].on);
}

TEST_CASE("privacy: taking the consent for a comment back takes the comment with it") {
  Bench b;
  b.configuration.notices = {{"n9", 1, "comment", {{"en", "We may keep your words."}}}};
  b.go_to("comment");
  b.type("canary");
  b.send(Next{});
  b.send(SwitchPurpose{"comment"});
  b.send(Next{});
  REQUIRE(b.last<Close>());
  response::Response stored =
      *response::parse_body(b.last<Close>()->response.id, everything(b.last<Close>()->response));
  REQUIRE(everything(stored).find("canary") != std::string::npos);
  CHECK(response::withdraw(stored, "comment"));
  CHECK(everything(stored).find("canary") == std::string::npos);
  CHECK(stored.answers.contains("rating"));
}

TEST_CASE("privacy: a comment that needs consent is not saved either when its question is gone") {
  Bench b;
  b.configuration.notices = {{"n9", 1, "comment", {{"en", "We may keep your words."}}}};
  Session session = start_session(b.state, b.context());
  session.typed["only_for_the_unhappy"] = "canary";
  session.response.answers["only_for_the_unhappy"] = "canary";
  CHECK(everything(open_response(session, b.context())).find("canary") == std::string::npos);
}

TEST_CASE("privacy: contact needs a way back that looks like one") {
  Bench b;
  to_contact_form(b);
  b.send(Next{});
  CHECK(b.on<Contact>());
  CHECK(std::get<ContactView>(b.view().body).mistake ==
        "Please fill in an e-mail address or a phone number.");
  b.send(FocusField{1});
  b.type("jan@");
  b.send(Next{});
  CHECK(std::get<ContactView>(b.view().body).mistake ==
        "Please type an e-mail address like name@example.com.");
  b.type("example.nl");
  CHECK(std::get<ContactView>(b.view().body).mistake == "");
  b.send(FocusField{2});
  b.type("12");
  b.send(Next{});
  CHECK(std::get<ContactView>(b.view().body).mistake ==
        "Please type the whole phone number, with at least 8 digits.");
}

TEST_CASE("privacy: a comment that needs consent is saved only with it") {
  for (bool agrees : {true, false}) {
    Bench b;
    b.configuration.notices = {{"n9", 1, "comment", {{"en", "We may keep your words."}}}};
    b.go_to("comment");
    b.type("canary");
    b.send(Next{});
    REQUIRE(b.on<Purposes>());
    CHECK(everything(b).find("canary") == std::string::npos);
    if (agrees) b.send(SwitchPurpose{"comment"});
    b.send(Next{});
    CHECK((everything(b).find("canary") != std::string::npos) == agrees);
  }
}

TEST_CASE(
    "privacy: the receipt code is 80 bits, only its keyed hash is stored, and it stands after # in the "
    "link") {
  Bench b;
  b.go_to("comment");
  b.send(Skip{});
  b.saved();
  const auto& thanks = std::get<Thanks>(b.state.screen);
  CHECK(thanks.code.size() == 19);  // 16 digits of base 32 in groups of four
  CHECK(thanks.link == "https://hq.example.nl/r#" + thanks.code);
  const auto& closed = b.last<Close>()->response;
  CHECK(closed.receipt_hash == *consent::receipt_hash(thanks.code, b.enrolment.receipt_key));
  CHECK(everything(b).find(thanks.code) == std::string::npos);
}

TEST_CASE("privacy: nobody gets a receipt who is not there to see it") {
  Bench b;
  b.send(Choose{0});
  b.wait(2min);
  CHECK_FALSE(b.last<Close>()->response.receipt_hash);
}

TEST_CASE("privacy: a consent is taken back with one tap on the last screen") {
  Bench b;
  to_contact_form(b);
  b.send(FocusField{1});
  b.type("jan@example.nl");
  b.send(Next{});
  b.saved();
  auto effects = b.send(WithdrawConsent{});
  REQUIRE(effects.size() == 1);
  const auto& withdraw = std::get<Withdraw>(effects[0]);
  CHECK(withdraw.purposes == std::vector<std::string>{"contact"});
  CHECK(withdraw.receipt_hash == *b.last<Close>()->response.receipt_hash);
  b.send(Withdrawn{true});
  CHECK(std::get<ThanksView>(b.view().body).withdraw == "");
  CHECK(b.send(WithdrawConsent{}).empty());
}

TEST_CASE("privacy: after any end nothing of the visitor remains, and the shell is told to forget") {
  for (int end = 0; end < 4; ++end) {
    Bench b;
    to_contact_form(b);
    b.send(SwitchAid{Aid::high_contrast});
    b.send(SwitchAid{Aid::large_text});
    b.type("Canary");
    if (end == 0) b.wait(3min);
    if (end == 1) b.send(Finish{}), b.saved(), b.send(Dismiss{});
    if (end == 2) b.send(Finish{}), b.saved(), b.wait(1min);
    if (end == 3) b.send(Finish{}), b.send(SaveFailed{b.session().id}), b.wait(1min);
    CHECK(is_clean(b.state));
    CHECK(b.count<Forget>() >= 1);
  }
}

TEST_CASE("privacy: the notice can be reached from the first screen in every language") {
  for (const std::string language : {"nl", "en", "de"}) {
    Bench b;
    b.send(ChooseLanguage{language});
    CHECK(b.view().footer.privacy == "Privacy");
    b.send(OpenSheet{Sheet::privacy});
    auto view = b.view();
    CHECK(view.name == "privacy");
    CHECK(view.language == language);
    CHECK(std::get<PrivacyView>(view.body).paragraphs.size() >= 3);
    b.send(CloseSheet{});
    CHECK(b.view().name == "rate");
  }
}

TEST_CASE("privacy: contact may be left out of the notice where it is not asked for") {
  Bench without, with;
  with.with_contact();
  without.send(OpenSheet{Sheet::privacy});
  with.send(OpenSheet{Sheet::privacy});
  CHECK(std::get<PrivacyView>(with.view().body).paragraphs.size() ==
        std::get<PrivacyView>(without.view().body).paragraphs.size() + 1);
}
