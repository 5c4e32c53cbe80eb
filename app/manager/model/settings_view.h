// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/manager/model/views.h"

namespace halte::manager::model {

// The screens on which something is set: the forms, and the glass and the voice of this machine. Pure.
struct SettingsWords {
  const Words& words;
  const State& state;

  std::string t(const char* id) const { return words.say(id, state.language); }
};

SettingsView settings_of(const SettingsWords& w, std::string said, bool is_trouble);
FormView form_of(const SettingsWords& w, const Filling& filling);
ApprovalView approval_of(const SettingsWords& w, const Seeking& seeking);
MeasureView measure_of(const SettingsWords& w, const Measuring& measuring);
TouchTestView touch_test_of(const SettingsWords& w, const TestingTouch& test);

}  // namespace halte::manager::model
