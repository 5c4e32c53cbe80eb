// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/update.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace halte;
using namespace halte::manager::model;
using namespace std::chrono_literals;

namespace {

// A manager at the glass; what the shell would do is answered by hand.
struct Visit {
  base::Millis now{1h};
  State state = first_state("nl", base::Millis{0});
  std::vector<Effect> effects;

  void send(const Intent& intent) {
    Step step = update(std::move(state), intent, now);
    state = std::move(step.state);
    effects = std::move(step.effects);
  }
  void type(const char* digits) {
    for (; *digits; ++digits) send(PressDigit{*digits - '0'});
  }
  void open(const site::Pin& pin = {"hash", 1, false, 0}) {
    send(Open{});
    send(PinLoaded{pin});
  }
  void fail(int failures) {
    type("483921");
    send(Enter{});
    send(PinChecked{{false, {"hash", 1, false, failures}}});
  }
  void enter() {
    type("483920");
    send(Enter{});
    send(PinChecked{{true, {"hash", 1, false, 0}}});
  }
  template <class T>
  bool on() const {
    return std::holds_alternative<T>(state.screen);
  }
  template <class T>
  bool wants() const {
    return std::ranges::any_of(effects, [](const Effect& e) { return std::holds_alternative<T>(e); });
  }
};

}  // namespace

TEST_CASE("manager: nothing is shown before the PIN is right") {
  Visit v;
  v.open();
  v.send(ShowPage{Page::kiosk});
  v.send(Loaded{std::make_shared<const Snapshot>()});
  CHECK(v.on<Locked>());
  CHECK_FALSE(v.state.snapshot);
  v.enter();
  CHECK(v.on<Looking>());
  CHECK(v.wants<Load>());
}

TEST_CASE("manager: five digits are no PIN, and thirteen are not typed") {
  Visit v;
  v.open();
  v.type("48392");
  v.send(Enter{});
  CHECK_FALSE(v.wants<CheckPin>());
  v.type("01234567890");
  CHECK(std::get<Locked>(v.state.screen).digits.size() == site::most_pin_digits);
}

TEST_CASE("manager: after the fifth failure nothing can be typed until the wait is over") {
  Visit v;
  v.open();
  v.fail(5);
  CHECK(wait_left(v.state, v.now) == 30s);
  v.type("4");
  CHECK(std::get<Locked>(v.state.screen).digits.empty());
  v.now += 30s;
  CHECK(wait_left(v.state, v.now) == 0ms);
  v.type("4");
  CHECK(std::get<Locked>(v.state.screen).digits == "4");
}

TEST_CASE("manager: a wait outlives a restart, and begins anew with it") {
  Visit v;
  v.state = first_state("nl", v.now);
  v.open({"hash", 1, false, 8});
  CHECK(wait_left(v.state, v.now) == 4min);
}

TEST_CASE("manager: closing and opening again shortens no wait") {
  Visit v;
  v.open();
  v.fail(6);
  v.send(Leave{});
  CHECK(v.on<Closed>());
  v.now += 10s;
  v.open({"hash", 1, false, 6});
  CHECK(wait_left(v.state, v.now) == 50s);
}

TEST_CASE("manager: while a PIN is checked no second one goes out") {
  Visit v;
  v.open();
  v.type("483920");
  v.send(Enter{});
  CHECK(v.wants<CheckPin>());
  v.type("111111");
  v.send(Enter{});
  CHECK_FALSE(v.wants<CheckPin>());
}

TEST_CASE(
    "manager: a PIN that headquarters gave out has to be changed first, and there is no way around it") {
  Visit v;
  v.open();
  v.type("483920");
  v.send(Enter{});
  v.send(PinChecked{{true, {"hash", 2, true, 0}}});
  CHECK(v.on<ChoosingPin>());
  v.send(ShowPage{Page::score});
  CHECK(v.on<ChoosingPin>());
  v.send(Leave{});
  CHECK(v.on<Closed>());
}

TEST_CASE("manager: a new PIN is typed twice, and neither an easy nor a different one is saved") {
  Visit v;
  v.open();
  v.enter();
  v.send(ChangePin{});
  v.type("123456");
  v.send(Enter{});
  CHECK(std::get<ChoosingPin>(v.state.screen).mistake == ChoosingPin::Mistake::weak);
  v.type("719305");
  v.send(Enter{});
  v.type("719306");
  v.send(Enter{});
  CHECK(std::get<ChoosingPin>(v.state.screen).mistake == ChoosingPin::Mistake::different);
  for (int i = 0; i < 2; ++i) {
    v.type("719305");
    v.send(Enter{});
  }
  REQUIRE(v.wants<SavePin>());
  v.send(PinSaved{});
  CHECK(v.on<Looking>());
}

TEST_CASE("manager: left alone, the view closes and forgets") {
  Visit v;
  v.open();
  v.enter();
  v.send(Loaded{std::make_shared<const Snapshot>()});
  v.now += closes_after - 1ms;
  v.send(Tick{});
  CHECK(v.on<Looking>());
  v.now += 1ms;
  v.send(Tick{});
  CHECK(v.on<Closed>());
  CHECK_FALSE(v.state.snapshot);
  CHECK(v.wants<Forget>());
}

TEST_CASE("manager: a store that does not answer opens nothing") {
  Visit v;
  v.send(Open{});
  v.send(Failed{Trouble::store});
  CHECK(v.on<Closed>());
}

TEST_CASE("manager: an answer that comes after the view was closed opens nothing") {
  Visit v;
  v.open();
  v.type("483920");
  v.send(Enter{});
  v.send(Leave{});
  v.send(PinChecked{{true, {"hash", 1, false, 0}}});
  v.send(Loaded{std::make_shared<const Snapshot>()});
  CHECK(v.on<Closed>());
  CHECK_FALSE(v.state.snapshot);
}

TEST_CASE("manager: a receipt code is erased once, and its letters go with it") {
  Visit v;
  v.open();
  v.enter();
  v.send(EnterCode{});
  v.send(EraseByCode{});
  CHECK_FALSE(v.wants<EraseReceipt>());
  v.send(TypeCode{{ui::InsertText{"TQFR-FVQ3-HJGW-S09Q"}}});
  v.send(EraseByCode{});
  CHECK(v.wants<EraseReceipt>());
  v.send(EraseByCode{});
  CHECK_FALSE(v.wants<EraseReceipt>());
  v.send(CodeAnswered{Erasure::done});
  CHECK(std::get<TypingCode>(v.state.screen).code.empty());
  v.send(Leave{});
  CHECK(v.on<Looking>());
}
