// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/update.h"
#include "app/manager/model/views.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/app/manager/visit.h"

using namespace halte;
using namespace halte::manager;
using namespace halte::manager::model;
using namespace std::chrono_literals;
using tests::Visit;

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

TEST_CASE("manager: a kiosk with nothing to ask says how it stands, and can be restarted") {
  Visit v;
  v.open();
  v.enter();
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->link.reason = "no route";
  snapshot->identity.kiosk_id = "k7";
  v.send(Loaded{snapshot});
  const Say say = [](const std::string& id, const std::string&) { return id; };
  const ReasonLabel reason;
  const View view = model::view(v.state, {say, reason, {"nl"}}, v.now);
  const auto& list = std::get<ListView>(view.body);
  CHECK(std::ranges::count(list.facts, "Headquarters cannot be reached", &FactView::value) == 1);
  CHECK(std::ranges::count(list.facts, "k7", &FactView::value) == 1);
  CHECK(std::ranges::count(list.actions, "restart", &ActionView::id) == 1);
  CHECK(view.periods.labels.empty());
  v.effects.clear();
  v.send(Configured{});
  CHECK(v.wants<Load>());
}

TEST_CASE("manager: a kiosk that headquarters paused says so on every page, beside its figures as ever") {
  Visit v;
  v.open();
  v.enter();
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->is_configured = snapshot->is_paused = true;
  snapshot->identity.zone = "Europe/Amsterdam";
  v.send(Loaded{snapshot});
  const Say say = [](const std::string& id, const std::string&) { return id; };
  const ReasonLabel reason;
  const View view = model::view(v.state, {say, reason, {"nl"}}, v.now);
  CHECK(view.header.detail.starts_with("Paused by headquarters"));
  CHECK(std::holds_alternative<ScoresView>(view.body));
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
  v.send(FillIn{Form::receipt});
  v.send(Submit{});
  CHECK_FALSE(v.wants<EraseReceipt>());
  v.write("TQFR-FVQ3-HJGW-S09Q");
  v.send(Submit{});
  CHECK(v.wants<EraseReceipt>());
  v.send(Submit{});
  CHECK_FALSE(v.wants<EraseReceipt>());
  v.send(Answered{Answer::done});
  CHECK(std::get<Filling>(v.state.screen).texts[0].empty());
  v.send(Leave{});
  CHECK(v.on<Looking>());
}

TEST_CASE("manager: a kiosk that is nobody's is enrolled without a PIN, and its first one is chosen then") {
  Visit v;
  v.open_new("");
  REQUIRE(v.on<Filling>());
  v.write("hq.example.nl");
  v.send(Type{{ui::PressDone{}}});
  CHECK_FALSE(v.wants<Enrol>());
  v.write("ABCD-EFGH-JKMN-PQRS");
  v.send(Type{{ui::PressDone{}}});
  REQUIRE(v.wants<Enrol>());
  CHECK(std::get<Enrol>(v.effects[0]).server == "https://hq.example.nl");
  v.send(Answered{Answer::done});
  v.send(Submit{});
  CHECK_FALSE(v.wants<Enrol>());
  v.send(Configured{});
  CHECK(v.wants<Arrive>());
  v.send(Arrived{std::nullopt, true, "https://hq.example.nl", {}});
  CHECK(v.on<ChoosingPin>());
  v.send(Leave{});
  CHECK(v.on<Closed>());
}

TEST_CASE("manager: after an enrolment at the glass the PIN that headquarters gave out is asked") {
  Visit v;
  v.open_new("https://hq.example.nl");
  v.send(FillIn{Form::enrolment});
  v.submit_code();
  v.send(Answered{Answer::done});
  v.send(Configured{});
  v.send(Arrived{site::Pin{"hash", 1, true, 0}, true, "https://hq.example.nl", {}});
  CHECK(v.on<Locked>());
}

TEST_CASE("manager: an enrolment on its way keeps the glass from visitors, and its answer for its own form") {
  Visit v;
  v.open();
  v.enter();
  v.send(FillIn{Form::enrolment});
  v.submit_code();
  CHECK_FALSE(next_deadline(v.state, v.now));
  v.now += 10min;
  for (const Intent& intent :
       std::vector<Intent>{Tick{}, Leave{}, FillIn{Form::receipt}, FillIn{Form::network}})
    v.send(intent);
  REQUIRE(v.on<Filling>());
  CHECK(std::get<Filling>(v.state.screen).form == Form::enrolment);
  v.send(Answered{Answer::unreachable});
  v.send(Leave{});
  CHECK(v.on<Looking>());
}

TEST_CASE("manager: what a passer-by sets on a kiosk that is nobody's goes with them") {
  Visit v;
  v.open_new("");
  v.go_by_proxy();
  CHECK(v.wants<Try>());
  CHECK_FALSE(v.wants<Adjust>());
  v.send(Leave{});
  v.send(Leave{});
  REQUIRE(v.on<Closed>());
  REQUIRE(v.wants<Try>());
  for (const Effect& effect : v.effects)
    if (const auto* tried = std::get_if<Try>(&effect)) CHECK(tried->adjustments == site::Adjustments{});
}

TEST_CASE("manager: the way that an enrolment took is kept with it") {
  Visit v;
  v.open_new("hq.example.nl");
  v.send(FillIn{Form::enrolment});
  v.go_by_proxy();
  v.send(Leave{});
  v.submit_code();
  REQUIRE(v.wants<Enrol>());
  v.send(Answered{Answer::done});
  REQUIRE(v.wants<Adjust>());
  CHECK(std::get<Adjust>(v.effects[0]).adjustments.proxy == "http://proxy.example:3128");
}

TEST_CASE("manager: what cannot be stored is not said to be saved") {
  Visit v;
  v.open();
  v.enter();
  v.send(FillIn{Form::network});
  v.send(Submit{});
  v.send(Failed{Trouble::store});
  CHECK(std::get<Filling>(v.state.screen).answer == Answer::store_failed);
}

TEST_CASE("manager: an enrolled kiosk without a PIN opens nothing, not even the form to enrol it") {
  Visit v;
  v.send(Open{});
  v.send(Arrived{std::nullopt, true, "https://hq.example.nl", {}});
  CHECK(v.on<Locked>());
  for (const Intent& intent :
       std::vector<Intent>{FillIn{Form::enrolment}, FillIn{Form::network}, MeasureGlass{}, TestTouch{},
                           TurnKnob{Knob::brightness, -1}})
    v.send(intent);
  CHECK(v.on<Locked>());
  CHECK(v.state.adjustments == site::Adjustments{});
}

TEST_CASE("manager: a code that is not taken can be typed again") {
  Visit v;
  v.open();
  v.enter();
  v.send(FillIn{Form::enrolment});
  v.submit_code();
  v.send(Answered{Answer::code_refused});
  v.write("Z");
  CHECK_FALSE(std::get<Filling>(v.state.screen).answer);
  v.send(Submit{});
  CHECK(v.wants<Enrol>());
}

TEST_CASE("manager: brightness and loudness stay in their ranges, and each step is in force and kept") {
  Visit v;
  v.open();
  v.enter();
  for (int i = 0; i < 20; ++i) v.send(TurnKnob{Knob::brightness, -1});
  CHECK(v.state.adjustments.brightness == site::least_brightness);
  CHECK(v.wants<Adjust>());
  for (int i = 0; i < 20; ++i) v.send(TurnKnob{Knob::volume, 1});
  CHECK(v.state.adjustments.volume == site::most_volume);
  CHECK(v.wants<Speak>());
}

TEST_CASE("manager: the hours of sleep go around the clock in steps of half an hour") {
  Visit v;
  v.open();
  v.enter();
  v.send(TurnKnob{Knob::sleep, -1});
  CHECK(v.state.adjustments.sleep.mode == site::Sleep::Mode::hours);
  for (int i = 0; i < 5; ++i) v.send(TurnKnob{Knob::sleep_from, 1});
  CHECK(v.state.adjustments.sleep.from == 30);
  for (int i = 0; i < 15; ++i) v.send(TurnKnob{Knob::sleep_until, -1});
  CHECK(v.state.adjustments.sleep.until == 23 * 60 + 30);
}

TEST_CASE("manager: the size of the glass is kept only when the card fits") {
  Visit v;
  v.open();
  v.enter();
  v.send(MeasureGlass{});
  v.send(Resize{1.05f});
  CHECK(std::get<Measuring>(v.state.screen).factor == doctest::Approx(1.05));
  v.send(Leave{});
  CHECK_FALSE(v.state.adjustments.diagonal_in);
  v.send(MeasureGlass{});
  v.send(KeepSize{15.6});
  CHECK(v.state.adjustments.diagonal_in == 15.6);
  CHECK(v.wants<Adjust>());
  CHECK(v.on<Looking>());
}

TEST_CASE("manager: a size that was measured can be taken back") {
  Visit v;
  v.send(Open{});
  v.send(Arrived{site::Pin{"hash", 1, false, 0}, true, "https://hq.example.nl", {.diagonal_in = 15.6}, ""});
  v.enter();
  v.send(MeasureGlass{});
  v.send(ForgetSize{});
  CHECK_FALSE(v.state.adjustments.diagonal_in);
  CHECK(v.wants<Adjust>());
}

TEST_CASE("manager: the machine's own proxy stands in the field, and an emptied one is to be without it") {
  Visit v;
  v.send(Open{});
  v.send(Arrived{site::Pin{"hash", 1, false, 0}, true, "https://hq.example.nl", {}, "http://old:3128"});
  v.enter();
  v.send(FillIn{Form::network});
  CHECK(std::get<Filling>(v.state.screen).texts[0] == "http://old:3128");
  v.send(Submit{});
  CHECK_FALSE(v.state.adjustments.proxy);
  v.erase(40);
  v.send(Submit{});
  CHECK(v.state.adjustments.proxy == "");
}

TEST_CASE("manager: where what to ask does not come, the first PIN is chosen all the same") {
  Visit v;
  v.open_new("hq.example.nl");
  v.send(FillIn{Form::enrolment});
  v.submit_code();
  v.send(Answered{Answer::done});
  REQUIRE(next_deadline(v.state, v.now));
  v.now = *next_deadline(v.state, v.now);
  v.send(Tick{});
  REQUIRE(v.wants<Arrive>());
  v.send(Arrived{std::nullopt, true, "https://hq.example.nl", {}});
  CHECK(v.on<ChoosingPin>());
}

TEST_CASE("manager: a touch test counts each field once, and begins anew on a glass that was turned") {
  Visit v;
  v.open();
  v.enter();
  v.send(TestTouch{});
  v.send(TouchFields{4, 8, {0, 1, 1, 99, -1}});
  CHECK(std::get<TestingTouch>(v.state.screen).touched.size() == 2);
  v.send(TouchFields{8, 4, {3}});
  CHECK(std::get<TestingTouch>(v.state.screen).touched.size() == 1);
  v.send(Leave{});
  CHECK(std::get<Looking>(v.state.screen).said->detail == "1/32");
}

TEST_CASE("manager: a proxy is kept where it is one, and an empty field is to be without") {
  Visit v;
  v.open();
  v.enter();
  v.send(FillIn{Form::network});
  v.write("proxy/nowhere");
  v.send(Submit{});
  CHECK(std::get<Filling>(v.state.screen).answer == Answer::not_a_proxy);
  CHECK_FALSE(v.wants<Adjust>());
  v.erase(13);
  v.write("proxy.example:3128");
  v.send(Submit{});
  CHECK(v.wants<Adjust>());
  CHECK(v.state.adjustments.proxy == "http://proxy.example:3128");
  v.erase(40);
  v.send(Submit{});
  CHECK(v.state.adjustments.proxy == "");
}
