// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/manager.h"

#include <algorithm>

#include "app/kiosk/model/languages.h"

namespace halte::kiosk::shell {

std::vector<std::string> manager_languages() {
  const auto spoken = model::program_languages();
  std::vector<std::string> languages(spoken.begin(), spoken.end());
  std::ranges::stable_partition(languages, [](const std::string& code) { return code == "nl"; });
  return languages;
}

Manager::Manager(Ports ports)
    : ports_(std::move(ports)), state_(manager::model::first_state(ports_.language, ports_.clock.steady())) {}

void Manager::send(const manager::model::Intent& intent) {
  manager::model::Step step = manager::model::update(std::move(state_), intent, ports_.clock.steady());
  state_ = std::move(step.state);
  look();
  for (const manager::model::Effect& effect : step.effects) ports_.perform(effect);
}

std::optional<manager::model::PrintView> Manager::print() const {
  if (!state_.snapshot || !state_.snapshot->is_configured) return std::nullopt;
  return manager::model::print_view(*state_.snapshot, words(), state_.language, ports_.clock.now());
}

std::optional<base::Millis> Manager::next_deadline() const {
  return manager::model::next_deadline(state_, ports_.clock.steady());
}

void Manager::look() {
  view_ = manager::model::view(state_, words(), ports_.clock.steady());
  ++views_;
}

}  // namespace halte::kiosk::shell
