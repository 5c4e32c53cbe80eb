// SPDX-License-Identifier: Apache-2.0
#pragma once

// Marks for answers that look like play or ballot stuffing. A marked answer is kept and counted apart;
// nothing is ever blocked at the screen. Pure rules over the taps of one kiosk.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/site/opening_hours.h"

namespace halte::site {

// A rating. Lives in memory only: its exact time is never stored.
struct Tap {
  base::Millis at;    // steady clock
  base::Millis held;  // from finger down to finger up
  int value;          // the face, or the number
};

struct Flag {
  std::string rule;
  int version;
  bool operator==(const Flag&) const = default;
};

struct FlagRule {
  Flag name;
  std::string description;  // English, for the record of processing
};
// Every rule of this version, in a fixed order.
std::vector<FlagRule> flag_rules();

// The rules that the last of `taps` trips (oldest first; the ones of the last 20 s are enough):
//   burst 1            4 or more within 20 s, or less than 2.5 s after the one before
//   straight_repeat 1  the same value 3 times in a row within 15 s
//   long_press 1       held for 2 s or longer
//   outside_hours 1    given while the branch is closed; never where nobody knows what time it is there
// Empty taps: nothing.
std::vector<Flag> flags_of_last(std::span<const Tap> taps, const OpeningHours& hours,
                                const std::optional<base::LocalTime>& local);

}  // namespace halte::site
