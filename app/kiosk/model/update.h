// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "app/kiosk/model/effect.h"
#include "app/kiosk/model/intent.h"
#include "app/kiosk/model/questionnaire.h"
#include "app/kiosk/model/state.h"
#include "core/base/crypto.h"
#include "core/site/configuration.h"
#include "core/site/enrolment.h"

namespace halte::kiosk::model {

// What update() reads beside the state. Everything outlives the call.
struct Context {
  const Questionnaires& questionnaires;
  const site::Configuration& configuration;
  const site::Enrolment& enrolment;  // sealing and receipt keys
  base::Random& random;
  base::Instant now;
  base::Millis steady;
  bool clock_synced = false;
  base::Millis held{0};  // how long the finger of this tap was down
};

struct Step {
  State state;
  std::vector<Effect> effects;
};

State first_state(const Context& context);

// The kiosk's whole behaviour. No I/O, no clock, no threads; the only randomness is context.random.
// What a visitor is asked is drawn before anybody is there, and stays for that visit.
// The first answer makes the response and saves it; each further one saves it again. Redaction and sealing
// happen here, at the moment of submission, so that no other thread ever sees them in the clear. Takes the
// state by value: move it in, so that no copy of what was typed stays behind.
Step update(State state, const Intent& intent, const Context& context);

// When a Tick is due if nothing happens before; nullopt: never.
std::optional<base::Millis> next_deadline(const State& state, const Context& context);

// Nothing of a visitor is in this state.
bool is_clean(const State& state);

inline constexpr base::Millis rotation_time{6'000};  // of the languages in the headline
inline constexpr base::Millis advance_time{650};     // after a one-tap answer: time to see and to correct it
inline constexpr base::Millis sorry_time{10'000};
inline constexpr base::Millis closed_wake_time{20'000};

// The consent that a comment needs where a notice says so.
inline constexpr const char* comment_purpose = "comment";
inline constexpr const char* contact_purpose = "contact";

}  // namespace halte::kiosk::model
