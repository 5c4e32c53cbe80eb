// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/update.h"

#include <algorithm>
#include <utility>

#include "app/manager/model/filling.h"
#include "app/manager/model/knobs.h"
#include "app/manager/model/turn.h"
#include "core/base/crypto.h"

namespace halte::manager::model {
namespace {

// A kiosk out of its box, enrolled just now. Where what to ask does not come, its manager gets in all the
// same, to see why.
bool waits_for_configuration(const State& state) {
  if (const auto* seeking = std::get_if<Seeking>(&state.screen))
    return seeking->is_new && seeking->answer == Answer::done;
  const auto* filling = std::get_if<Filling>(&state.screen);
  return filling && filling->is_new && filling->form == Form::enrolment && filling->answer == Answer::done;
}
constexpr base::Millis configuration_patience{15'000};

constexpr float least_outline = .5f, most_outline = 2;

std::string result_of(const TestingTouch& test) {
  return std::to_string(test.touched.size()) + "/" + std::to_string(test.columns * test.rows);
}

}  // namespace

void Turn::touch() {
  s_.touched = now_;
  if (auto* looking = on<Looking>()) looking->said.reset();
}

// What was typed on the screen that goes is overwritten.
void Turn::go(Screen screen) {
  if (auto* locked = on<Locked>()) base::wipe(locked->digits);
  if (auto* choosing = on<ChoosingPin>()) base::wipe(choosing->digits), base::wipe(choosing->first);
  if (auto* filling = on<Filling>())
    for (std::string& text : filling->texts) base::wipe(text);
  s_.screen = std::move(screen);
}

// Nothing is set or done by somebody who has not come in.
void Turn::go_inside(Screen screen) {
  touch();
  if (on<Looking>()) go(std::move(screen));
}

void Turn::do_inside(Effect effect) {
  touch();
  if (on<Looking>()) effects_.push_back(std::move(effect));
}

// What somebody sets on a kiosk that is nobody's holds for their visit, and is kept with the enrolment: a
// passer-by leaves no proxy behind.
void Turn::adjust() {
  const auto* filling = on<Filling>();
  if (filling && filling->is_new) return effects_.push_back(Try{s_.adjustments});
  s_.kept = s_.adjustments;
  effects_.push_back(Adjust{s_.adjustments});
}

void Turn::close() {
  go(Closed{});
  if (s_.adjustments != s_.kept) effects_.push_back(Try{s_.kept});
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
  effects_.push_back(Arrive{});
}

void Turn::operator()(const Arrived& intent) {
  auto* locked = on<Locked>();
  if (!locked) return;
  s_.server = intent.server;
  s_.adjustments = s_.kept = intent.adjustments;
  s_.machine_proxy = intent.machine_proxy;
  if (!intent.pin && !intent.is_enrolled)
    return s_.server.empty() ? go(fresh_form(Form::enrolment, s_, true)) : seek(true);
  if (!intent.pin && locked->is_new) return go(ChoosingPin{.digits = {}, .first = {}, .must = true});
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
  if (auto* seeking = on<Seeking>()) return leave_seeking(*seeking);
  if (is_waiting()) return;
  const auto* choosing = on<ChoosingPin>();
  if (const auto* filling = on<Filling>()) return leave_form(*filling);
  if (on<Measuring>()) return go(Looking{.page = Page::settings});
  if (const auto* test = on<TestingTouch>())
    return go(Looking{.page = Page::settings, .said = Said{Said::What::touch_tested, result_of(*test)}});
  if (choosing && !choosing->must) return go(Looking{.page = Page::kiosk});
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

// Before the PIN it is for this visit only.
void Turn::operator()(const ChooseLanguage& intent) {
  touch();
  s_.language = intent.language;
  if (!on<Looking>()) return;
  s_.adjustments.language = intent.language;
  adjust();
}

void Turn::operator()(const TurnKnob& intent) {
  touch();
  if (!on<Looking>()) return;
  turn(s_.adjustments, intent);
  adjust();
  if (intent.knob == Knob::volume) effects_.push_back(Speak{});
}

void Turn::operator()(const Resize& intent) {
  touch();
  if (auto* measuring = on<Measuring>())
    measuring->factor = std::clamp(measuring->factor * intent.by, least_outline, most_outline);
}

void Turn::measured(std::optional<double> diagonal_in) {
  touch();
  if (!on<Measuring>()) return;
  if (diagonal_in) diagonal_in = std::clamp(*diagonal_in, site::least_diagonal, site::most_diagonal);
  s_.adjustments.diagonal_in = diagonal_in;
  adjust();
  go(Looking{.page = Page::settings});
}

void Turn::operator()(const TouchFields& intent) {
  touch();
  auto* test = on<TestingTouch>();
  if (!test) return;
  if (test->columns != intent.columns || test->rows != intent.rows) *test = {intent.columns, intent.rows, {}};
  for (int field : intent.fields)
    if (field >= 0 && field < intent.columns * intent.rows) test->touched.insert(field);
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
  answer(Answer::store_failed);
}

void Turn::forget_way() {
  if (s_.adjustments == s_.kept || now_ - s_.touched < closes_after) return;
  s_.adjustments = s_.kept;
  effects_.push_back(Try{s_.kept});
}

void Turn::operator()(const Tick&) {
  if (on<Closed>() || is_waiting()) return;
  if (waits_for_configuration(s_)) {
    if (now_ - s_.touched >= configuration_patience) take_configuration();
    return;
  }
  if (auto* seeking = on<Seeking>(); seeking && seeking->answer != Answer::done) {
    // Nobody's kiosk has no visitor to make room for, and its phone may be a walk away: it goes on. The way
    // that somebody set is not left to whoever comes next.
    if (seeking->is_new) forget_way();
    if (now_ >= seeking->next) {
      seeking->asking = true;
      effects_.push_back(AskApproval{s_.server});
      return;
    }
    if (seeking->is_new) return;
  }
  const base::Millis most = on<Locked>() ? locked_closes_after : closes_after;
  if (now_ - s_.touched >= most) close();
}

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
  const auto* filling = std::get_if<Filling>(&state.screen);
  const auto* seeking = std::get_if<Seeking>(&state.screen);
  if ((filling && filling->asking && !filling->answer) || (seeking && seeking->asking)) return {};
  if (waits_for_configuration(state)) return state.touched + configuration_patience;
  const bool is_locked = std::holds_alternative<Locked>(state.screen);
  const base::Millis end = state.touched + (is_locked ? locked_closes_after : closes_after);
  if (seeking && seeking->answer != Answer::done)
    return seeking->is_new && state.adjustments == state.kept ? seeking->next : std::min(end, seeking->next);
  const base::Millis left = wait_left(state, now);
  if (left.count() == 0) return end;
  return std::min(end, now + (left.count() % 1000 ? base::Millis{left.count() % 1000} : base::Millis{1000}));
}

}  // namespace halte::manager::model
