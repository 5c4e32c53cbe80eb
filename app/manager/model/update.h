// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/manager/model/effect.h"
#include "app/manager/model/intent.h"
#include "app/manager/model/state.h"

namespace halte::manager::model {

struct Step {
  State state;
  std::vector<Effect> effects;
};

// The staff's view, whole: no I/O, no clock, no threads. `now`: steady.
State first_state(const std::string& language, base::Millis now);
Step update(State state, const Intent& intent, base::Millis now);

bool is_open(const State& state);
// How long no PIN is taken yet.
base::Millis wait_left(const State& state, base::Millis now);
// When a Tick is due; nullopt: never.
std::optional<base::Millis> next_deadline(const State& state, base::Millis now);

// Left alone: a manager who was called away leaves nothing open.
inline constexpr base::Millis closes_after{120'000}, locked_closes_after{30'000};

}  // namespace halte::manager::model
