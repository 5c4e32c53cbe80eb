// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/kiosk/model/update.h"

namespace halte::kiosk::model {

// When something happens by itself, on the steady clock. Both Tick and next_deadline read this, so that the
// loop never wakes for nothing and never oversleeps.
struct Timers {
  std::optional<base::Millis> advance;    // a one-tap answer turns the page
  std::optional<base::Millis> ask_still;  // no touch for a while: "still there?"
  std::optional<base::Millis> time_out;   // no answer to that
  std::optional<base::Millis> leave;      // back to the first question, nothing to save
  std::optional<base::Millis> rotate;     // the headline's language
  std::optional<base::Millis> change;     // what is asked, by the plan
  std::optional<base::Millis> close_up;   // the branch is closed and nobody is there
};
Timers timers_of(const State& state, const Context& context);

// How long a limit of the settings is for this visitor.
base::Millis patience(const State& state, int seconds);

inline constexpr base::Millis tap_memory{20'000};

}  // namespace halte::kiosk::model
