// SPDX-License-Identifier: Apache-2.0
// The forms, and how a kiosk becomes somebody's: by a code that is typed, or by a phone that approves it.
#include <algorithm>

#include "app/manager/model/filling.h"
#include "app/manager/model/turn.h"
#include "core/base/crypto.h"

namespace halte::manager::model {
namespace {

// Between two questions that no server has heard: twice as long each time.
constexpr base::Millis first_patience{5'000}, most_patience{60'000};
base::Millis patience_after(int failures) {
  return std::min(most_patience, first_patience * (1 << std::clamp(failures - 1, 0, 8)));
}

}  // namespace

// A form whose question is on its way: its answer belongs to it, and an enrolment to a glass without
// visitors.
bool Turn::is_waiting() {
  const auto* filling = on<Filling>();
  const auto* seeking = on<Seeking>();
  return (filling && filling->asking && !filling->answer) || (seeking && seeking->asking);
}

void Turn::leave_form(const Filling& filling) {
  if (filling.from_seeking) return seek(filling.is_new);
  if (filling.is_new && filling.form == Form::enrolment) return close();
  if (filling.is_new) return go(fresh_form(Form::enrolment, s_, true));
  go(Looking{.page = filling.form == Form::receipt ? Page::kiosk : Page::settings});
}

// An answer that is on its way is waited for: it may be the one that makes this a kiosk.
void Turn::leave_seeking(Seeking& seeking) {
  if (seeking.answer == Answer::done) return;
  if (seeking.asking) {
    seeking.leaves = true;
    return;
  }
  if (seeking.is_new) return close();
  go(Looking{.page = Page::settings});
}

void Turn::operator()(const FillIn& intent) {
  touch();
  const auto* filling = on<Filling>();
  const auto* seeking = on<Seeking>();
  if ((!on<Looking>() && !filling && !seeking) || (filling && filling->asking)) return;
  if (seeking && seeking->answer == Answer::done) return;
  // On the way to the network's form and back no address has to be typed again.
  if (filling && filling->form == Form::enrolment) s_.server = filling->texts[0];
  Filling form = fresh_form(intent.form, s_, (filling && filling->is_new) || (seeking && seeking->is_new));
  form.from_seeking = seeking != nullptr;
  go(std::move(form));
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
  if (filling->form == Form::enrolment && !filling->texts[1].empty())
    return ask(Enrol{server_of(*filling), filling->texts[1]});
  if (filling->form == Form::enrolment) {
    s_.server = server_of(*filling);
    return seek(filling->is_new);
  }
  const auto proxy = proxy_of(*filling);
  if (!proxy) return answer(Answer::not_a_proxy);
  if (*proxy != proxy_of(s_)) s_.adjustments.proxy = *proxy;
  adjust();
  answer(Answer::done);
}

void Turn::seek(bool is_new) {
  go(Seeking{.fingerprint = {}, .link = {}, .answer = {}, .is_new = is_new});
  effects_.push_back(AskApproval{s_.server});
}

// The question is answered. Whoever wanted to leave meanwhile does.
void Turn::heard(Seeking& seeking) {
  seeking.asking = false;
  if (seeking.leaves) leave_seeking(seeking);
}

void Turn::operator()(const Waits& intent) {
  auto* seeking = on<Seeking>();
  if (!seeking || !seeking->asking) return;
  seeking->fingerprint = intent.fingerprint;
  seeking->link = intent.link;
  seeking->answer.reset();
  seeking->failures = 0;
  seeking->next = now_ + intent.ask_again;
  heard(*seeking);
}

// What was read from the glass once is still right: it stays.
void Turn::operator()(const NotHeard& intent) {
  auto* seeking = on<Seeking>();
  if (!seeking || !seeking->asking) return;
  seeking->answer = intent.answer;
  seeking->next = now_ + patience_after(++seeking->failures);
  heard(*seeking);
}

// Wherever its manager has gone meanwhile: this is a kiosk now, and the way there is kept.
void Turn::operator()(const Approved&) {
  touch();
  if (const auto* filling = on<Filling>())
    go(Seeking{.fingerprint = {}, .link = {}, .answer = {}, .is_new = filling->is_new});
  auto* seeking = on<Seeking>();
  if (!seeking) return;
  seeking->asking = false;
  seeking->answer = Answer::done;
  if (s_.adjustments == s_.kept) return;
  s_.kept = s_.adjustments;
  effects_.push_back(Adjust{s_.adjustments});
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
  const auto* seeking = on<Seeking>();
  const bool is_form = filling && filling->form == Form::enrolment && filling->answer == Answer::done;
  if (!is_form && !(seeking && seeking->answer == Answer::done)) return;
  if (!(filling ? filling->is_new : seeking->is_new)) return look();
  go(Locked{.digits = {}, .is_new = true});
  effects_.push_back(Arrive{});
}

}  // namespace halte::manager::model
