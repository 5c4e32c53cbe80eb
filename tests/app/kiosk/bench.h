// SPDX-License-Identifier: Apache-2.0
#pragma once

// A kiosk's model with a survey of every kind of question, and a clock that stands still until told.

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "app/kiosk/model/update.h"
#include "app/kiosk/model/views.h"
#include "core/base/crypto.h"

namespace halte::kiosk::test {

class FakeQuestionnaire final : public model::Questionnaire {
 public:
  FakeQuestionnaire() {
    using model::Kind;
    all_ = {
        {.name = "rating",
         .kind = Kind::faces,
         .title = {{"en", "How was it?"}, {"nl", "Hoe was het?"}},
         .choices = faces()},
        {.name = "better",
         .kind = Kind::multiple_choice,
         .title = {{"en", "What could be better?"}},
         .choices = words({"staff", "price", "queue"})},
        {.name = "well",
         .kind = Kind::multiple_choice,
         .title = {{"en", "What went well?"}},
         .choices = words({"staff", "choice"})},
        {.name = "nps",
         .kind = Kind::numbers,
         .title = {{"en", "Would you recommend us?"}},
         .choices = numbers(0, 10)},
        {.name = "again",
         .kind = Kind::yes_no,
         .title = {{"en", "Will you come again?"}},
         .choices = {{false, {}}, {true, {}}}},
        {.name = "comment", .kind = Kind::comment, .title = {{"en", "Anything else?"}}},
    };
  }
  std::vector<const model::Question*> visible(const base::Json& answers) const override {
    std::vector<const model::Question*> shown;
    const int rating = answers.value("rating", 0);
    for (const model::Question& question : all_) {
      if (question.name == "better" && !(rating >= 1 && rating <= 3)) continue;
      if (question.name == "well" && rating < 4) continue;
      shown.push_back(&question);
    }
    return shown;
  }
  model::Question& question(const std::string& name) {
    return *std::ranges::find(all_, name, &model::Question::name);
  }

 private:
  static std::vector<model::Choice> faces() {
    std::vector<model::Choice> all;
    for (int value = 1; value <= 5; ++value)
      all.push_back({value, {{"en", "face " + std::to_string(value)}}});
    return all;
  }
  static std::vector<model::Choice> words(std::vector<std::string> values) {
    std::vector<model::Choice> all;
    for (const std::string& value : values) all.push_back({value, {{"en", value}}});
    return all;
  }
  static std::vector<model::Choice> numbers(int low, int high) {
    std::vector<model::Choice> all;
    for (int value = low; value <= high; ++value) all.push_back({value, {}});
    return all;
  }
  std::vector<model::Question> all_;
};

class Bench {
 public:
  Bench() {
    configuration.organisation = {"halte", "Halte"};
    configuration.branch.id = "utrecht";
    configuration.branch.zone = "Europe/Amsterdam";
    configuration.touchpoint.id = "exit";
    configuration.surveys = {{"visit", 3, {}, {.nps = "nps"}}, {"short", 1, {}, {}}};
    configuration.asks = {{{}, {{0, ""}}}};
    configuration.settings.languages = {"nl", "en", "de"};
    configuration.receipt_url = "https://hq.example.nl/r";
    base::SeededRandom keys(7);
    pair = base::make_sealing_key_pair(keys);
    enrolment.sealing_key_id = "s1";
    enrolment.sealing_public_key = pair.public_key;
    enrolment.receipt_key = keys.bytes(32);
    state = model::first_state(context());
    send(model::ServiceChanged{model::Service::open});
  }

  model::Context context() {
    return {.questionnaires = questionnaires,
            .configuration = configuration,
            .enrolment = enrolment,
            .random = random,
            .now = clock.now(),
            .steady = clock.steady(),
            .clock_synced = clock_synced,
            .held = base::Millis{80}};
  }
  // Effects of this one intent.
  std::vector<model::Effect> send(const model::Intent& intent) {
    model::Step step = model::update(std::move(state), intent, context());
    state = std::move(step.state);
    for (const model::Effect& effect : step.effects) effects.push_back(effect);
    return step.effects;
  }
  // Lets time pass, with a Tick at every deadline on the way.
  void wait(base::Millis time) {
    const base::Millis end = clock.steady() + time;
    while (true) {
      auto due = model::next_deadline(state, context());
      if (!due || *due > end) break;
      if (*due > clock.steady()) clock.advance(*due - clock.steady());
      send(model::Tick{});
    }
    clock.advance(end - clock.steady());
  }
  void type(const std::string& text) {
    for (char c : text) send(model::Type{{ui::InsertText{std::string(1, c)}}});
  }
  // From the attract screen: a face, then on to the question of that name, skipping what lies between.
  void go_to(const std::string& question, std::size_t face = 4) {
    send(model::Choose{face});
    wait(model::advance_time);
    while (asking() != question) {
      REQUIRE(asking() != "");
      send(model::Skip{});
    }
  }
  std::string asking() const {
    auto asking = std::get_if<model::Asking>(&state.screen);
    return asking ? asking->question : "";
  }
  template <class T>
  bool on() const {
    return std::holds_alternative<T>(state.screen);
  }
  const response::Response& session() const { return state.session->response; }
  // The last effect of that kind, or nullptr.
  template <class T>
  const T* last() const {
    for (auto effect = effects.rbegin(); effect != effects.rend(); ++effect)
      if (auto found = std::get_if<T>(&*effect)) return found;
    return nullptr;
  }
  template <class T>
  int count() const {
    int n = 0;
    for (const model::Effect& effect : effects) n += std::holds_alternative<T>(effect);
    return n;
  }
  // Every save so far has come back from the store.
  void acknowledge() {
    for (int waiting = state.session->unsaved; waiting > 0; --waiting)
      send(model::Saved{state.session->response.id, false});
  }
  void saved() { send(model::Saved{state.session->response.id, true}); }
  void with_contact() {
    configuration.contact = {.enabled = true, .fields = {"name", "email", "phone"}, .age_gate = 16};
    configuration.notices = {
        {"n1", 4, "contact", {{"en", "We may call you once."}, {"nl", "Wij mogen u een keer bellen."}}}};
  }
  model::View view() {
    return model::view(state, context(), [](const std::string& id, const std::string&) { return id; });
  }

  static model::Questionnaires two(std::unique_ptr<FakeQuestionnaire> first) {
    auto brief = std::make_unique<FakeQuestionnaire>();
    brief->question("rating").title = {{"en", "And today?"}};
    model::Questionnaires all;
    all.push_back(std::move(first));
    all.push_back(std::move(brief));
    return all;
  }
  // Of "visit", and then of "short", which is asked only where a test says so.
  std::unique_ptr<FakeQuestionnaire> made = std::make_unique<FakeQuestionnaire>();
  FakeQuestionnaire& questionnaire = *made;
  model::Questionnaires questionnaires = two(std::move(made));
  bool clock_synced = true;
  site::Configuration configuration;
  site::Enrolment enrolment;
  base::SealingKeyPair pair;
  base::SeededRandom random{42};
  base::ManualClock clock{*base::parse_rfc3339("2026-03-02T12:07:33Z")};
  model::State state;
  std::vector<model::Effect> effects;
};

}  // namespace halte::kiosk::test
