// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/model/update.h"

#include <algorithm>
#include <utility>

#include "app/kiosk/model/session.h"
#include "app/kiosk/model/timers.h"

namespace halte::kiosk::model {
namespace {

using response::Ended;

// One call of update(): the state on its way and the effects so far.
class Turn {
 public:
  Turn(State state, const Context& context) : s_(std::move(state)), c_(context) {}

  Step take() && { return {std::move(s_), std::move(effects_)}; }

  void operator()(const Touched&) { touch(); }
  void operator()(const UseKeys&);
  void operator()(const ChooseLanguage& intent);
  void operator()(const SwitchAid& intent) { touch(), s_.aids[intent.aid] ^= true; }
  void operator()(const Choose& intent);
  void operator()(const Type& intent);
  void operator()(const Next&);
  void operator()(const Skip&);
  void operator()(const Back&);
  void operator()(const OpenSheet& intent) { touch(), s_.sheet = intent.sheet, s_.page = 0; }
  void operator()(const TurnSheet& intent) { touch(), s_.page = intent.page; }
  void operator()(const CloseSheet&) { touch(), s_.sheet.reset(); }
  void operator()(const AnswerInvitation& intent);
  void operator()(const AnswerAge& intent);
  void operator()(const SwitchPurpose& intent);
  void operator()(const FocusField& intent);
  void operator()(const WithdrawConsent&);
  void operator()(const StillHere&) { touch(); }
  void operator()(const Finish&);
  void operator()(const Dismiss&);
  void operator()(const Tick&);
  void operator()(const Saved& intent);
  void operator()(const SaveFailed& intent);
  void operator()(const Withdrawn& intent);
  void operator()(const ServiceChanged& intent) { s_.service = intent.service; }
  void operator()(const Quit&);

 private:
  template <class T>
  T* on() {
    return std::get_if<T>(&s_.screen);
  }
  const site::Configuration& configuration() const { return c_.configuration; }

  void show(Screen screen);
  void touch();
  void save_open() {
    ++s_.session->unsaved;
    effects_.push_back(SaveOpen{open_response(*s_.session, c_)});
  }
  const Question* current() const;
  bool begin(const Question& question);
  void choose_one(const Question& question, std::size_t choice);
  void choose_many(const Question& question, std::size_t choice);
  void type(const ui::KeyPress& press);
  void note_tap(int value, bool first);
  void advance();
  void ask(const std::string& question);
  void after_questions();
  void show_purposes();
  void after_purposes();
  void focus(std::size_t field);
  void close(Ended ended);
  void reset();
  // In place: from a temporary, GCC 12 warns of members that are not there.
  void forget() { effects_.emplace_back(std::in_place_type<Forget>); }

  State s_;
  const Context& c_;
  std::vector<Effect> effects_;
};

void Turn::show(Screen screen) {
  s_.screen = std::move(screen);
  s_.screen_since = s_.touched = c_.steady;
  s_.asked_still.reset();
  s_.advance_at.reset();
}

void Turn::touch() {
  s_.touched = c_.steady;
  s_.asked_still.reset();
  if (on<ClosedNow>()) show(Attract{});
}

// The first key switches the voice on, and with it the time that listening takes. Both can be switched off
// again.
void Turn::operator()(const UseKeys&) {
  touch();
  if (std::exchange(s_.uses_keys, true)) return;
  s_.aids.read_aloud = s_.aids.more_time = true;
}

const Question* Turn::current() const {
  auto visible = questions(s_, c_);
  if (std::holds_alternative<Attract>(s_.screen)) return visible.front();
  auto asking = std::get_if<Asking>(&s_.screen);
  return asking ? find_question(visible, asking->question) : nullptr;
}

void Turn::operator()(const ChooseLanguage& intent) {
  touch();
  const auto& offered = configuration().settings.languages;
  if (std::ranges::find(offered, intent.language) == offered.end()) return;
  if (s_.language_chosen && intent.language == s_.language) return;
  s_.language = intent.language;
  s_.language_chosen = true;
  if (!s_.session) return;
  s_.session->response.locale = intent.language;
  // Consent was given to the text that stood there: another text asks anew.
  for (auto& [purpose, is_on] : s_.session->switches) is_on = false;
  if (on<Contact>()) show(Purposes{});
}

void Turn::operator()(const Choose& intent) {
  touch();
  const Question* question = current();
  if (!question || intent.choice >= question->choices.size() || !begin(*question)) return;
  if (question->kind == Kind::multiple_choice)
    choose_many(*question, intent.choice);
  else if (is_one_tap(question->kind))
    choose_one(*question, intent.choice);
  save_open();
}

// The first touch that answers something makes the visit. Out of service means before a visitor starts,
// never after.
bool Turn::begin(const Question& question) {
  if (s_.session) return true;
  if (s_.service != Service::open) return false;
  s_.language_chosen = true;
  s_.session = start_session(s_, c_);
  s_.session->asked.push_back(question.name);
  s_.screen = Asking{question.name};  // the same glass: no new screen, so no guard time
  return true;
}

void Turn::choose_one(const Question& question, std::size_t choice) {
  Session& session = *s_.session;
  if (question.name == session.asked.front() && is_rating(question.kind)) {
    note_tap(int(choice), !session.response.answers.contains(question.name));
    mark(session, s_.taps, c_);
  }
  answer(session, question.name, question.choices[choice].value);
  s_.advance_at = c_.steady + advance_time;
}

void Turn::choose_many(const Question& question, std::size_t choice) {
  const base::Json& value = question.choices[choice].value;
  base::Json chosen = s_.session->response.answers.value(question.name, base::Json::array());
  auto found = std::ranges::find(chosen, value);
  if (found != chosen.end())
    chosen.erase(found);
  else if (chosen.size() < question.most.value_or(question.choices.size()))
    chosen.push_back(value);
  if (chosen.empty())
    s_.session->response.answers.erase(question.name);
  else
    answer(*s_.session, question.name, std::move(chosen));
}

void Turn::note_tap(int value, bool first) {
  // A second thought within a visit is not a second vote.
  if (!first && !s_.taps.empty()) {
    s_.taps.back().value = value;
    return;
  }
  s_.taps.push_back({c_.steady, c_.held, value});
  std::erase_if(s_.taps, [&](const site::Tap& tap) { return c_.steady - tap.at > tap_memory; });
}

void Turn::operator()(const Type& intent) {
  touch();
  for (const ui::KeyPress& press : intent.presses) type(press);
}

void Turn::type(const ui::KeyPress& press) {
  if (on<Contact>() && s_.session) {
    Session& session = *s_.session;
    const auto fields = contact_fields(configuration());
    const Field field = fields[session.focus];
    std::string& text = session.fields[std::size_t(field)];
    ui::edit_text(text, press, 100);
    session.keyboard = ui::after_press(session.keyboard, press, text, typing_of(field));
    if (std::holds_alternative<ui::PressDone>(press) && session.focus + 1 < fields.size())
      focus(session.focus + 1);
    return;
  }
  const Question* question = current();
  if (!question || !is_text(question->kind) || !begin(*question)) return;
  if (std::holds_alternative<ui::PressDone>(press)) return (*this)(Next{});
  Session& session = *s_.session;
  std::string& text = typed_text(session, *question);
  ui::edit_text(text, press, question->max_length);
  session.keyboard = ui::after_press(session.keyboard, press, text, question->typing);
}

void Turn::operator()(const Next&) {
  touch();
  if (s_.session && on<Purposes>()) return after_purposes();
  if (s_.session && on<Contact>()) {
    s_.session->fields_checked = true;
    const Mistake mistake = contact_mistake(*s_.session, configuration());
    return mistake == Mistake::none ? close(Ended::complete)
                                    : focus(mistaken_field(mistake, configuration()));
  }
  const Question* question = current();
  if (!question || !begin(*question)) return;
  Session& session = *s_.session;
  if (!can_go_on(session, *question)) return;
  if (is_text(question->kind)) {
    submit_text(session, *question);
  } else if (question->kind != Kind::statement && !session.response.answers.contains(question->name)) {
    skip(session, question->name);
  }
  save_open();
  advance();
}

void Turn::operator()(const Skip&) {
  touch();
  const Question* question = current();
  if (!question || question->required || !begin(*question)) return;
  skip(*s_.session, question->name);
  save_open();
  advance();
}

void Turn::operator()(const Back&) {
  touch();
  if (!s_.session) return;
  auto& asked = s_.session->asked;
  if (on<Asking>()) {
    if (asked.size() < 2) return;
    asked.pop_back();
  } else if (!on<Invitation>() && !on<AgeGate>() && !on<Purposes>() && !on<Contact>()) {
    return;
  }
  // Going back takes back what was agreed to: it has to be said again.
  s_.session->leaves_contact = false;
  for (auto& [purpose, is_on] : s_.session->switches) is_on = false;
  show(Asking{asked.back()});
}

void Turn::ask(const std::string& question) {
  auto& asked = s_.session->asked;
  if (asked.back() != question) asked.push_back(question);
  const Question* next = find_question(questions(s_, c_), question);
  s_.session->keyboard = ui::fresh_keyboard(next ? next->typing : ui::Typing::words);
  show(Asking{question});
}

void Turn::advance() {
  auto visible = questions(s_, c_);
  auto here = std::ranges::find(visible, s_.session->asked.back(), &Question::name);
  if (here == visible.end() || ++here == visible.end()) return after_questions();
  ask((*here)->name);
}

void Turn::after_questions() {
  if (!configuration().contact.enabled) return show_purposes();
  s_.session->shown.insert(contact_purpose);
  show(Invitation{});
}

void Turn::show_purposes() {
  const auto offered = purposes(*s_.session, configuration());
  if (offered.empty()) return close(Ended::complete);
  for (const site::Notice* notice : offered) s_.session->shown.insert(notice->purpose);
  show(Purposes{});
}

void Turn::operator()(const AnswerInvitation& intent) {
  touch();
  if (!s_.session || !on<Invitation>()) return;
  if (intent.yes && configuration().contact.age_gate > 0) return show(AgeGate{});
  s_.session->leaves_contact = intent.yes;
  show_purposes();  // "no" to contact is no answer to the other purposes, if there are any
}

void Turn::operator()(const AnswerAge& intent) {
  touch();
  if (!s_.session || !on<AgeGate>()) return;
  s_.session->leaves_contact = intent.old_enough;
  if (!intent.old_enough) s_.session->refusal = "age";
  show_purposes();
}

void Turn::operator()(const SwitchPurpose& intent) {
  touch();
  if (!s_.session || !on<Purposes>()) return;
  const auto offered = purposes(*s_.session, configuration());
  if (std::ranges::find(offered, intent.purpose, &site::Notice::purpose) == offered.end()) return;
  bool& is_on = s_.session->switches[intent.purpose];
  is_on = !is_on;
}

void Turn::after_purposes() {
  if (!s_.session->switches[contact_purpose]) return close(Ended::complete);
  focus(s_.session->focus);
  show(Contact{});
}

void Turn::focus(std::size_t field) {
  s_.session->focus = field;
  s_.session->keyboard = ui::fresh_keyboard(typing_of(contact_fields(configuration())[field]));
}

void Turn::operator()(const FocusField& intent) {
  touch();
  if (!s_.session || intent.field >= contact_fields(configuration()).size()) return;
  focus(intent.field);
}

void Turn::operator()(const Finish&) {
  touch();
  if (s_.session) close(Ended::exit);
}

void Turn::operator()(const WithdrawConsent&) {
  touch();
  auto* thanks = on<Thanks>();
  if (!thanks || thanks->given.empty() || thanks->receipt_hash.empty()) return;
  effects_.push_back(Withdraw{thanks->receipt_hash, thanks->given, coarse_now(c_)});
}

void Turn::operator()(const Withdrawn& intent) {
  auto* thanks = on<Thanks>();
  if (!thanks) return;
  if (!intent.done) return show(Sorry{});
  thanks->given.clear();
  thanks->withdrawn = true;
  s_.touched = c_.steady;
}

void Turn::operator()(const Dismiss&) {
  if (on<Thanks>() || on<Sorry>() || on<ClosedNow>()) reset();
}

void Turn::close(Ended ended) {
  finish_session(s_, ended, c_);
  effects_.push_back(Close{s_.session->response});
  if (ended == Ended::timeout) return reset();
  show(Saving{});
}

void Turn::reset() {
  if (s_.session) wipe(*s_.session);
  if (auto* thanks = on<Thanks>()) wipe(*thanks);
  s_.session.reset();
  s_.drawn = draw(c_);
  s_.language = configuration().settings.languages.front();
  s_.language_chosen = s_.uses_keys = false;
  s_.aids = {};
  s_.sheet.reset();
  s_.rotated = c_.steady;
  forget();
  show(Attract{});
}

void Turn::operator()(const Saved& intent) {
  if (!s_.session || intent.id != s_.session->response.id) return;
  if (!intent.closed) --s_.session->unsaved;
  if (!intent.closed || !on<Saving>()) return;
  Thanks thanks{.code = std::move(s_.session->code),
                .link = std::move(s_.session->link),
                .receipt_hash = s_.session->receipt_hash};
  for (const response::Consent& consent : s_.session->response.consents)
    if (consent.state == response::ConsentState::given) thanks.given.push_back(consent.purpose);
  wipe(*s_.session);
  s_.session.reset();
  show(std::move(thanks));
}

void Turn::operator()(const SaveFailed& intent) {
  if (!s_.session || intent.id != s_.session->response.id) return;
  wipe(*s_.session);
  s_.session.reset();
  forget();
  show(Sorry{});
}

void Turn::operator()(const Quit&) {
  if (!s_.session || on<Saving>()) return;
  close(Ended::exit);
}

void Turn::operator()(const Tick&) {
  const Timers timers = timers_of(s_, c_);
  auto due = [&](const std::optional<base::Millis>& at) { return at && *at <= c_.steady; };
  if (due(timers.advance)) {
    s_.advance_at.reset();
    return advance();
  }
  if (due(timers.time_out)) return close(Ended::timeout);
  if (due(timers.ask_still)) {
    s_.asked_still = c_.steady;
    return;
  }
  if (due(timers.leave)) return reset();
  if (due(timers.change)) {
    s_.drawn = draw(c_);
    return;
  }
  if (due(timers.close_up)) return show(ClosedNow{});
  if (due(timers.rotate)) {
    const auto& languages = configuration().settings.languages;
    auto here = std::ranges::find(languages, s_.language);
    s_.language = here == languages.end() || here + 1 == languages.end() ? languages.front() : *(here + 1);
    s_.rotated = c_.steady;
    ++s_.turns;
  }
}

}  // namespace

bool& Aids::operator[](Aid aid) {
  switch (aid) {
    case Aid::large_text: return large_text;
    case Aid::high_contrast: return high_contrast;
    case Aid::reach: return reach;
    case Aid::calm: return calm;
    case Aid::more_time: return more_time;
    case Aid::read_aloud: break;
  }
  return read_aloud;
}

State first_state(const Context& context) {
  State state;
  state.drawn = draw(context);
  state.language = context.configuration.settings.languages.front();
  state.screen_since = state.touched = state.rotated = context.steady;
  return state;
}

Step update(State state, const Intent& intent, const Context& context) {
  Turn turn(std::move(state), context);
  std::visit(turn, intent);
  return std::move(turn).take();
}

bool is_clean(const State& state) {
  const bool nobody =
      std::holds_alternative<Attract>(state.screen) || std::holds_alternative<ClosedNow>(state.screen);
  return !state.session && nobody && !state.language_chosen && state.aids == Aids{} && !state.uses_keys &&
         !state.sheet;
}

}  // namespace halte::kiosk::model
