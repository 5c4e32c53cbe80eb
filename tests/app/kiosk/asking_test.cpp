// SPDX-License-Identifier: Apache-2.0
// What is asked changes by plan, is drawn by chance, and stays what it is for a visit.
#include "tests/app/kiosk/bench.h"

using namespace halte;
using namespace halte::kiosk;
using namespace halte::kiosk::model;
using namespace std::chrono_literals;
using test::Bench;

namespace {

void with_variants(Bench& b) {
  b.configuration.asks = {{{}, {{0, "a"}, {1, "b"}}}};
  b.state = first_state(b.context());
  b.send(ServiceChanged{Service::open});
}

// "visit" until an hour from now, "short" from then on.
void with_plan(Bench& b) {
  b.configuration.asks = {{{}, {{0, ""}}}, {b.clock.now() + 1h, {{1, ""}}}};
  b.state = first_state(b.context());
  b.send(ServiceChanged{Service::open});
}

// Of what stands on the first screen.
std::string title(Bench& b) {
  b.send(ChooseLanguage{"en"});
  return std::get<RateView>(b.view().body).question.title;
}

// One visit from the first tap to the first screen; what was saved of it.
response::Response visit(Bench& b) {
  b.send(Choose{4});
  b.send(Finish{});
  b.saved();
  b.send(Dismiss{});
  return b.last<Close>()->response;
}

}  // namespace

TEST_CASE("variants: each visitor gets one by a fair coin, and both names arrive with their surveys") {
  Bench b;
  with_variants(b);
  int a = 0;
  constexpr int visits = 2000;
  for (int i = 0; i < visits; ++i) {
    const response::Response response = visit(b);
    REQUIRE((response.variant == "a" || response.variant == "b"));
    CHECK(response.survey == (response.variant == "a" ? "visit" : "short"));
    CHECK(response.survey_version == (response.variant == "a" ? 3 : 1));
    a += response.variant == "a";
  }
  // Five standard deviations of a fair coin; the randomness is seeded, so this holds for ever or never.
  CHECK(a > visits / 2 - 112);
  CHECK(a < visits / 2 + 112);
}

TEST_CASE("variants: one visitor's says nothing about the next one's") {
  Bench b;
  with_variants(b);
  int same = 0;
  constexpr int visits = 2000;
  std::string before = visit(b).variant;
  for (int i = 0; i < visits; ++i) {
    const std::string now = visit(b).variant;
    same += now == before;
    before = now;
  }
  CHECK(same > visits / 2 - 112);
  CHECK(same < visits / 2 + 112);
}

TEST_CASE("variants: the first screen is of the variant that the answer carries") {
  Bench b;
  with_variants(b);
  bool seen_a = false, seen_b = false;
  for (int i = 0; i < 40; ++i) {
    const bool is_brief = title(b) == "And today?";
    CHECK(visit(b).variant == (is_brief ? "b" : "a"));
    (is_brief ? seen_b : seen_a) = true;
  }
  CHECK(seen_a);
  CHECK(seen_b);
}

TEST_CASE("variants: neither a touch, a language, a sheet nor time changes the one that stands") {
  Bench b;
  with_variants(b);
  const Drawn drawn = b.state.drawn;
  for (int i = 0; i < 20; ++i) {
    b.send(Touched{});
    b.send(UseKeys{});
    b.send(ChooseLanguage{"de"});
    b.send(OpenSheet{Sheet::privacy});
    b.send(CloseSheet{});
    CHECK(b.state.drawn == drawn);
  }
  b.send(Choose{2});
  b.go_to("nps", 2);
  CHECK(b.state.drawn == drawn);
  CHECK(b.session().variant == drawn.asked.variant);
}

TEST_CASE("variants: one survey alone has no name, and costs no coin") {
  Bench b;
  CHECK(visit(b).variant == "");
  CHECK(visit(b).survey == "visit");
}

TEST_CASE("plan: the first screen changes at its moment, by the kiosk's own clock") {
  Bench b;
  with_plan(b);
  b.wait(1h - 1ms);
  CHECK(b.state.drawn.asked.survey == 0);
  b.wait(1ms);
  CHECK(b.state.drawn.asked.survey == 1);
  CHECK(title(b) == "And today?");
  CHECK(visit(b).survey == "short");
}

TEST_CASE("plan: what somebody began stays what it is, and the next visitor gets the new one") {
  Bench b;
  with_plan(b);
  b.wait(1h - 10s);
  b.send(Choose{4});
  b.wait(15s);
  CHECK(b.session().survey == "visit");
  CHECK(b.session().survey_version == 3);
  b.send(Finish{});
  b.saved();
  CHECK(b.last<Close>()->response.survey == "visit");
  b.send(Dismiss{});
  CHECK(visit(b).survey == "short");
}

TEST_CASE("plan: somebody who only chose a language keeps the question that they read") {
  Bench b;
  with_plan(b);
  b.wait(1h - 10s);
  b.send(ChooseLanguage{"en"});
  b.wait(15s);
  CHECK(b.state.drawn.asked.survey == 0);
  b.wait(5min);
  CHECK(b.state.drawn.asked.survey == 1);
}

TEST_CASE("plan: under a clock that nobody has set it stays with what held when it was signed") {
  Bench b;
  b.clock_synced = false;
  with_plan(b);
  b.wait(24h);
  CHECK(b.state.drawn.asked.survey == 0);
  CHECK(visit(b).survey == "visit");
  b.clock_synced = true;
  b.send(Tick{});
  CHECK(b.state.drawn.asked.survey == 1);
}

TEST_CASE("plan: a clock that jumps past several steps lands on the one that holds") {
  Bench b;
  with_plan(b);
  b.configuration.asks.push_back({b.clock.now() + 2h, {{0, "a"}, {1, "b"}}});
  b.configuration.asks.push_back({b.clock.now() + 3h, {{0, ""}}});
  b.clock.set(b.clock.now() + 2h + 30min);
  b.send(Tick{});
  CHECK(b.state.drawn.step == 2);
  CHECK(b.state.drawn.asked.variant != "");
  b.clock.set(b.clock.now() - 2h);
  b.send(Tick{});
  CHECK(b.state.drawn.step == 0);
}

TEST_CASE("plan: while the branch is closed the change comes as well, and the loop can sleep after it") {
  Bench b;
  with_plan(b);
  b.state.screen = ClosedNow{};
  b.wait(1h);
  CHECK(b.state.drawn.asked.survey == 1);
  const auto due = next_deadline(b.state, b.context());
  if (due) CHECK(*due > b.clock.steady());
}

TEST_CASE("pause: the kiosk says so and takes no answer, and what was begun can be finished") {
  Bench b;
  b.send(Choose{4});
  b.send(ServiceChanged{Service::paused});
  b.send(Choose{2});
  CHECK(b.session().answers["rating"] == 3);
  b.send(Finish{});
  b.saved();
  b.send(Dismiss{});
  CHECK(b.view().name == "service");
  const auto message = std::get<MessageView>(b.view().body);
  CHECK(message.title == "This kiosk is not in use for a moment.");
  CHECK(b.send(Choose{4}).empty());
  CHECK_FALSE(b.state.session);
  b.send(ServiceChanged{Service::open});
  CHECK(b.view().name == "rate");
  CHECK_FALSE(b.send(Choose{4}).empty());
}
