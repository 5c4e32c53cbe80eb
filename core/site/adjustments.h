// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/site/sleep.h"

namespace halte::site {

// What was set at the glass of this one machine. It weighs more than headquarters' configuration and the
// machine's own settings: whoever stands there sees what is wrong.
struct Adjustments {
  std::optional<double> diagonal_in;  // of the glass, as measured with a bank card
  std::optional<int> brightness;      // per cent; nothing: as the machine has it
  int volume = 0;                     // of the voice, in steps from how the machine is set, −100 … 100
  Sleep sleep;                        // of the panel
  std::string language;               // of the staff's view; empty: as the program was started
  // "http://proxy:3128"; empty: none; nothing: as the machine's settings say
  std::optional<std::string> proxy;
  std::string authorities;  // certificates (PEM) of who may vouch for a server; empty: as above
  bool operator==(const Adjustments&) const = default;
};

inline constexpr double least_diagonal = 5, most_diagonal = 120;
inline constexpr int least_brightness = 20, most_brightness = 100, brightness_step = 10;
inline constexpr int most_volume = 100, volume_step = 20;
inline constexpr int sleep_step = 30;  // minutes

// As it is stored. What is missing or out of its range is left as it is without: a kiosk that cannot read how
// bright it should be still asks.
std::string to_text(const Adjustments& adjustments);
Adjustments parse_adjustments(std::string_view text);

// "http://proxy:3128", "https://…", with or without a name and a word to sign in; nothing else.
bool is_proxy(std::string_view text);

// Durable when a call returns. Any thread.
class AdjustmentStore {
 public:
  virtual ~AdjustmentStore() = default;
  virtual base::Result<Adjustments> adjustments() = 0;  // none saved: those without any
  virtual base::Status save_adjustments(const Adjustments& adjustments) = 0;
};

}  // namespace halte::site
