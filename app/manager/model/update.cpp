// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/update.h"

#include <algorithm>
#include <utility>

#include "app/manager/model/filling.h"
#include "app/manager/model/knobs.h"
#include "core/base/crypto.h"

namespace halte::manager::model {
namespace {

// A kiosk out of its box, enrolled just now. Where what to ask does not come, its manager gets in all the
// same, to see why.
bool waits_for_configuration(const State& state) {
  const auto* filling = std::get_if<Filling>(&state.screen);
  return filling && filling->is_new && filling->form == Form::enrolment && filling->answer == Answer::done;
}
constexpr base::Millis configuration_patience{15'000};

constexpr float least_outline = .5f, most_outline = 2;

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
  void operator()(const ChooseLanguage& intent);
  void operator()(const ChangePin&) { go_inside(ChoosingPin{}); }
  void operator()(const FillIn& intent);
  void operator()(const ChooseField& intent);
  void operator()(const Type& intent);
  void operator()(const Submit&);
  void operator()(const TakeCertificates&) { ask(ReadCertificates{}); }
  void operator()(const DropCertificates&) { take_certificates(""); }
  void operator()(const TurnKnob& intent);
  void operator()(const MeasureGlass&) { go_inside(Measuring{}); }
  void operator()(const Resize& intent);
  void operator()(const KeepSize& intent) { measured(intent.diagonal_in); }
  void operator()(const ForgetSize&) { measured(std::nullopt); }
  void operator()(const TestTouch&) { go_inside(TestingTouch{}); }
  void operator()(const TouchFields& intent);
  void operator()(const PrintDay&) { do_inside(SavePrint{}); }
  void operator()(const Unpark&) { do_inside(UnparkAll{}); }
  void operator()(const Export&) { do_inside(ExportParked{}); }
  void operator()(const Restart&) { do_inside(EndProgram{}); }
  void operator()(const Tick&);
  void operator()(const Arrived& intent);
  void operator()(const PinChecked& intent);
  void operator()(const PinSaved&);
  void operator()(const Loaded& intent);
  void operator()(const Unparked& intent);
  void operator()(const Exported& intent) { say({Said::What::exported, intent.file}); }
  void operator()(const Printed& intent) { say({Said::What::printed, intent.file}); }
  void operator()(const Answered& intent);
  void operator()(const CertificatesTaken& intent) { take_certificates(intent.pem); }
  void operator()(const Configured&) { take_configuration(); }
  void operator()(const Failed& intent);

 private:
  template <class T>
  T* on() {
    return std::get_if<T>(&s_.screen);
  }
  void touch();
  void go(Screen screen);
  void close();
  void go_inside(Screen screen);
  void do_inside(Effect effect);
  void look() { go(Looking{}), effects_.push_back(Load{}); }
  void say(Said said);
  std::string* digits();
  void choose(ChoosingPin& choosing);
  void adjust();
  bool is_waiting();
  void ask(Effect effect);
  void answer(Answer answer);
  void take_certificates(const std::string& pem);
  void measured(std::optional<double> diagonal_in);
  void take_configuration();

  State s_;
  base::Millis now_;
  std::vector<Effect> effects_;
};

void Turn::touch() {
  s_.touched = now_;
  if (auto* looking = on<Looking>()) looking->said.reset();
}

std::string result_of(const TestingTouch& test) {
  return std::to_string(test.touched.size()) + "/" + std::to_string(test.columns * test.rows);
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

// A form whose question is on its way: its answer belongs to it, and an enrolment to a glass without
// visitors.
bool Turn::is_waiting() {
  const auto* filling = on<Filling>();
  return filling && filling->asking && !filling->answer;
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
  if (!intent.pin && !intent.is_enrolled) return go(fresh_form(Form::enrolment, s_, true));
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
  if (is_waiting()) return;
  const auto* choosing = on<ChoosingPin>();
  if (const auto* filling = on<Filling>()) {
    if (filling->is_new && filling->form == Form::enrolment) return close();
    if (filling->is_new) return go(fresh_form(Form::enrolment, s_, true));
    return go(Looking{.page = filling->form == Form::receipt ? Page::kiosk : Page::settings});
  }
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

void Turn::operator()(const FillIn& intent) {
  touch();
  const auto* filling = on<Filling>();
  if ((!on<Looking>() && !filling) || (filling && filling->asking)) return;
  // On the way to the network's form and back no address has to be typed again.
  if (filling && filling->form == Form::enrolment) s_.server = filling->texts[0];
  go(fresh_form(intent.form, s_, filling != nullptr && filling->is_new));
}

void Turn::operator()(const ChooseField& intent) {
  touch();
  if (auto* filling = on<Filling>(); filling && !filling->asking) choose_field(*filling, intent.field);
}

void Turn::operator()(const Type& intent) {
  touch();
  auto* filling = on<Filling>();
  if (!filling || filling->asking) return;
  for (const ui::KeyPress& press : intent.presses)
    if (type(*filling, press)) return (*this)(Submit{});
}

void Turn::operator()(const Submit&) {
  touch();
  auto* filling = on<Filling>();
  if (!filling || filling->asking || !can_submit(*filling)) return;
  if (filling->form == Form::receipt) return ask(EraseReceipt{filling->texts[0]});
  if (filling->form == Form::enrolment) return ask(Enrol{server_of(*filling), filling->texts[1]});
  const auto proxy = proxy_of(*filling);
  if (!proxy) return answer(Answer::not_a_proxy);
  if (*proxy != proxy_of(s_)) s_.adjustments.proxy = *proxy;
  adjust();
  answer(Answer::done);
}

void Turn::ask(Effect effect) {
  touch();
  auto* filling = on<Filling>();
  if (!filling) return;
  filling->asking = true;
  filling->answer.reset();
  effects_.push_back(std::move(effect));
}

void Turn::answer(Answer answer) {
  auto* filling = on<Filling>();
  if (!filling) return;
  filling->answer = answer;
  // An enrolled kiosk waits for what it is to ask.
  touch();
  filling->asking = filling->form == Form::enrolment && answer == Answer::done;
}

void Turn::operator()(const Answered& intent) {
  answer(intent.answer);
  auto* filling = on<Filling>();
  if (!filling || intent.answer != Answer::done) return;
  if (filling->form == Form::receipt) base::wipe(filling->texts[0]);
  if (filling->form != Form::enrolment || s_.adjustments == s_.kept) return;
  s_.kept = s_.adjustments;
  effects_.push_back(Adjust{s_.adjustments});
}

void Turn::take_certificates(const std::string& pem) {
  if (!on<Filling>()) return;
  s_.adjustments.authorities = pem;
  adjust();
  answer(Answer::done);
}

// What to ask has come, or is not waited for any longer.
void Turn::take_configuration() {
  if (on<Looking>()) return effects_.push_back(Load{});
  const auto* filling = on<Filling>();
  if (!filling || filling->form != Form::enrolment || filling->answer != Answer::done) return;
  if (!filling->is_new) return look();
  go(Locked{.digits = {}, .is_new = true});
  effects_.push_back(Arrive{});
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

void Turn::operator()(const Tick&) {
  if (on<Closed>() || is_waiting()) return;
  if (waits_for_configuration(s_) && now_ - s_.touched >= configuration_patience) return take_configuration();
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
  const auto* filling = std::get_if<Filling>(&state.screen);
  if (filling && filling->asking && !filling->answer) return {};
  if (waits_for_configuration(state)) return state.touched + configuration_patience;
  const bool is_locked = std::holds_alternative<Locked>(state.screen);
  const base::Millis end = state.touched + (is_locked ? locked_closes_after : closes_after);
  const base::Millis left = wait_left(state, now);
  if (left.count() == 0) return end;
  return std::min(end, now + (left.count() % 1000 ? base::Millis{left.count() % 1000} : base::Millis{1000}));
}

}  // namespace halte::manager::model
