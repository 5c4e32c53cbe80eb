// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/kiosk.h"

namespace halte::kiosk::shell {

Kiosk::Kiosk(Ports ports) : ports_(std::move(ports)) {
  state_.language = ports_.language;
  look();
}

model::Context Kiosk::context(base::Millis held) const {
  return {.questionnaires = setup_->questionnaires,
          .configuration = setup_->configuration,
          .enrolment = setup_->enrolment,
          .random = ports_.random,
          .now = ports_.clock.now(),
          .steady = ports_.clock.steady(),
          .clock_synced = ports_.clock_is_synced(),
          .held = held};
}

void Kiosk::set_setup(std::shared_ptr<const Setup> setup) {
  if (setup_ && !model::is_clean(state_)) {
    waiting_ = std::move(setup);
    return;
  }
  adopt(std::move(setup));
  look();
}

void Kiosk::adopt(std::shared_ptr<const Setup> setup) {
  const model::Service service = state_.service;
  setup_ = std::move(setup);
  state_ = model::first_state(context());
  state_.service = service;
}

void Kiosk::set_service(model::Service service) {
  state_.service = service;
  look();
}

void Kiosk::set_blocked(bool is_blocked) {
  is_blocked_ = is_blocked;
  look();
}

void Kiosk::send(const model::Intent& intent, base::Millis held) {
  if (!setup_) return;
  model::Step step = model::update(std::move(state_), intent, context(held));
  state_ = std::move(step.state);
  // Before another configuration: an answer counts by the survey that it was given to.
  for (const model::Effect& effect : step.effects) ports_.perform(effect);
  if (waiting_ && model::is_clean(state_)) adopt(std::exchange(waiting_, nullptr));
  look();
}

void Kiosk::tick() { send(model::Tick{}); }

std::optional<base::Millis> Kiosk::next_deadline() const {
  if (!setup_) return {};
  return model::next_deadline(state_, context());
}

void Kiosk::look() {
  view_ = setup_ ? model::view(state_, context(), ports_.say)
                 : model::service_view(state_.service, ports_.language, ports_.say);
  if (is_blocked_) view_.blocked = model::blocked_view(view_.language, ports_.say);
  ++views_;
}

}  // namespace halte::kiosk::shell
