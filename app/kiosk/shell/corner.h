// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "app/ui/input.h"

namespace halte::kiosk::shell {

// The way in for the staff: a finger held for three seconds in the upper left corner of the glass. Nothing
// there says so. UI thread.
class Corner {
 public:
  // True once a hold. Called with every event, and again when next_deadline() is reached.
  bool held(const std::vector<ui::Event>& events, base::Millis now);
  std::optional<base::Millis> next_deadline() const;

  static constexpr ui::Mm side = 20;  // of the square
  static constexpr base::Millis hold{3'000};

 private:
  std::optional<base::Millis> since_;
};

}  // namespace halte::kiosk::shell
