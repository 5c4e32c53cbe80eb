// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/update.h"

#include <algorithm>
#include <utility>

#include "core/base/crypto.h"

namespace halte::manager::model {
namespace {

constexpr std::size_t code_length = 24;  // as people type it, with dashes and spaces

// One call of update(): the state on its way and the effects so far.
class Turn {
 public:
  Turn(State state, base::Millis now) : s_(std::move(state)), now_(now) {}

  Step take() && { return {std::move(s_), std::move(effects_)}; }

  void operator()(const Open&);
  void operator()(const Touched&) { touch(); }
  void operator()(const PressDigit& intent);
  void operator()(const Enter&);
  void operator()(const Leave&);
  void operator()(const ShowPage& intent);
  void operator()(const ShowPeriod& intent);
  void operator()(const ShowAs& intent);
  void operator()(const TurnTable& intent);
  void operator()(const ChooseLanguage& intent) { touch(), s_.language = intent.language; }
  void operator()(const ChangePin&) { touch(), go(ChoosingPin{}); }
  void operator()(const EnterCode&) { touch(), go(TypingCode{}); }
  void operator()(const TypeCode& intent);
  void operator()(const EraseByCode&);
  void operator()(const Unpark&) { touch(), effects_.push_back(UnparkAll{}); }
  void operator()(const Export&) { touch(), effects_.push_back(ExportParked{}); }
  void operator()(const Restart&) { effects_.push_back(EndProgram{}); }
  void operator()(const Tick&);
  void operator()(const PinLoaded& intent);
  void operator()(const PinChecked& intent);
  void operator()(const PinSaved&);
  void operator()(const Loaded& intent);
  void operator()(const Unparked& intent);
  void operator()(const Exported& intent) { say({Said::What::exported, intent.file}); }
  void operator()(const CodeAnswered& intent);
  void operator()(const Failed& intent);

 private:
  template <class T>
  T* on() {
    return std::get_if<T>(&s_.screen);
  }
  void touch();
  void go(Screen screen);
  void close();
  void look() { go(Looking{}), effects_.push_back(Load{}); }
  void say(Said said);
  std::string* digits();
  void choose(ChoosingPin& choosing);

  State s_;
  base::Millis now_;
  std::vector<Effect> effects_;
};

void Turn::touch() {
  s_.touched = now_;
  if (auto* looking = on<Looking>()) looking->said.reset();
}

// What was typed on the screen that goes is overwritten.
void Turn::go(Screen screen) {
  if (auto* locked = on<Locked>()) base::wipe(locked->digits);
  if (auto* choosing = on<ChoosingPin>()) base::wipe(choosing->digits), base::wipe(choosing->first);
  if (auto* typing = on<TypingCode>()) base::wipe(typing->code);
  s_.screen = std::move(screen);
}

void Turn::close() {
  go(Closed{});
  s_.snapshot.reset();
  effects_.push_back(Forget{});
}

void Turn::say(Said said) {
  if (auto* looking = on<Looking>()) looking->said = std::move(said);
}

void Turn::operator()(const Open&) {
  if (!on<Closed>()) return;
  touch();
  go(Locked{});
  effects_.push_back(LoadPin{});
}

void Turn::operator()(const PinLoaded& intent) {
  auto* locked = on<Locked>();
  if (!locked) return;
  locked->checking = false;
  locked->has_pin = intent.pin.has_value();
  locked->failures = intent.pin ? intent.pin->failures : 0;
}

// Where the pad writes; nothing where it is not to.
std::string* Turn::digits() {
  if (auto* locked = on<Locked>())
    return locked->checking || !locked->has_pin || wait_left(s_, now_).count() > 0 ? nullptr
                                                                                   : &locked->digits;
  auto* choosing = on<ChoosingPin>();
  return choosing && !choosing->saving ? &choosing->digits : nullptr;
}

void Turn::operator()(const PressDigit& intent) {
  touch();
  std::string* typed = digits();
  if (!typed) return;
  if (auto* locked = on<Locked>()) locked->was_wrong = false;
  if (auto* choosing = on<ChoosingPin>()) choosing->mistake = ChoosingPin::Mistake::none;
  if (intent.digit < 0) {
    if (!typed->empty()) typed->pop_back();
  } else if (typed->size() < site::most_pin_digits) {
    *typed += char('0' + intent.digit);
  }
}

void Turn::choose(ChoosingPin& choosing) {
  using enum ChoosingPin::Mistake;
  if (choosing.first.empty()) {
    if (!site::is_good_pin(choosing.digits)) {
      choosing.mistake = weak;
      return base::wipe(choosing.digits);
    }
    choosing.first = std::exchange(choosing.digits, {});
    return;
  }
  if (choosing.first != choosing.digits) {
    base::wipe(choosing.first);
    base::wipe(choosing.digits);
    choosing.mistake = different;
    return;
  }
  choosing.saving = true;
  effects_.push_back(SavePin{choosing.digits});
}

void Turn::operator()(const Enter&) {
  touch();
  if (auto* choosing = on<ChoosingPin>(); choosing && !choosing->saving) return choose(*choosing);
  auto* locked = on<Locked>();
  if (!locked || locked->digits.size() < site::least_pin_digits || digits() == nullptr) return;
  locked->checking = true;
  effects_.push_back(CheckPin{std::exchange(locked->digits, {})});
}

void Turn::operator()(const PinChecked& intent) {
  auto* locked = on<Locked>();
  if (!locked) return;
  if (!intent.result.opens) {
    s_.failed = now_;
    *locked =
        Locked{.digits = {}, .checking = false, .was_wrong = true, .failures = intent.result.pin.failures};
    return;
  }
  touch();
  if (intent.result.pin.must_change)
    go(ChoosingPin{.digits = {}, .first = {}, .must = true});
  else
    look();
}

void Turn::operator()(const PinSaved&) {
  if (on<ChoosingPin>()) look();
}

void Turn::operator()(const Loaded& intent) {
  if (!on<Closed>() && !on<Locked>()) s_.snapshot = intent.snapshot;
}

void Turn::operator()(const Leave&) {
  touch();
  const auto* choosing = on<ChoosingPin>();
  if (on<TypingCode>() || (choosing && !choosing->must)) return go(Looking{.page = Page::kiosk});
  close();
}

void Turn::operator()(const ShowPage& intent) {
  touch();
  auto* looking = on<Looking>();
  if (!looking) return;
  looking->page = intent.page;
  looking->table_page = 0;
  effects_.push_back(Load{});
}

void Turn::operator()(const ShowPeriod& intent) {
  touch();
  if (auto* looking = on<Looking>()) looking->period = intent.period, looking->table_page = 0;
}

void Turn::operator()(const ShowAs& intent) {
  touch();
  if (auto* looking = on<Looking>()) looking->as_table = intent.table, looking->table_page = 0;
}

void Turn::operator()(const TurnTable& intent) {
  touch();
  if (auto* looking = on<Looking>()) looking->table_page = std::max(0, intent.page);
}

void Turn::operator()(const TypeCode& intent) {
  touch();
  auto* typing = on<TypingCode>();
  if (!typing || typing->asking) return;
  typing->answer.reset();
  for (const ui::KeyPress& press : intent.presses) {
    ui::edit_text(typing->code, press, code_length);
    typing->keyboard = ui::after_press(typing->keyboard, press, typing->code, ui::Typing::words);
    if (std::holds_alternative<ui::PressDone>(press)) (*this)(EraseByCode{});
  }
}

void Turn::operator()(const EraseByCode&) {
  touch();
  auto* typing = on<TypingCode>();
  if (!typing || typing->asking || typing->code.empty()) return;
  typing->asking = true;
  effects_.push_back(EraseReceipt{typing->code});
}

void Turn::operator()(const CodeAnswered& intent) {
  auto* typing = on<TypingCode>();
  if (!typing) return;
  typing->asking = false;
  typing->answer = intent.erasure;
  if (intent.erasure == Erasure::done) base::wipe(typing->code);
}

void Turn::operator()(const Unparked& intent) {
  say({Said::What::unparked, std::to_string(intent.items)});
  effects_.push_back(Load{});
}

void Turn::operator()(const Failed& intent) {
  switch (intent.trouble) {
    case Trouble::store: say({Said::What::store_failed, ""}); break;
    case Trouble::no_stick: say({Said::What::no_stick, ""}); break;
    case Trouble::stick: say({Said::What::stick_failed, ""}); break;
  }
  // The store does not answer: nothing is open to somebody whose PIN could not be looked at.
  if (on<Locked>()) return close();
  if (auto* choosing = on<ChoosingPin>()) choosing->saving = false;
  if (auto* typing = on<TypingCode>()) typing->asking = false;
}

void Turn::operator()(const Tick&) {
  if (on<Closed>()) return;
  const base::Millis most = on<Locked>() ? locked_closes_after : closes_after;
  if (now_ - s_.touched >= most) close();
}

}  // namespace

State first_state(const std::string& language, base::Millis now) {
  State state;
  state.language = language;
  state.failed = now;
  return state;
}

Step update(State state, const Intent& intent, base::Millis now) {
  Turn turn(std::move(state), now);
  std::visit(turn, intent);
  return std::move(turn).take();
}

bool is_open(const State& state) { return !std::holds_alternative<Closed>(state.screen); }

base::Millis wait_left(const State& state, base::Millis now) {
  const auto* locked = std::get_if<Locked>(&state.screen);
  if (!locked) return base::Millis{0};
  return std::max(base::Millis{0}, state.failed + site::wait_after(locked->failures) - now);
}

std::optional<base::Millis> next_deadline(const State& state, base::Millis now) {
  if (!is_open(state)) return {};
  const bool is_locked = std::holds_alternative<Locked>(state.screen);
  const base::Millis end = state.touched + (is_locked ? locked_closes_after : closes_after);
  const base::Millis left = wait_left(state, now);
  if (left.count() == 0) return end;
  return std::min(end, now + (left.count() % 1000 ? base::Millis{left.count() % 1000} : base::Millis{1000}));
}

}  // namespace halte::manager::model
