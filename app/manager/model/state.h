// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/manager/model/intent.h"
#include "app/ui/widgets/keyboard.h"
#include "core/base/time.h"

namespace halte::manager::model {

struct Closed {};
// Until the PIN is right. Digits are here and in the effect that checks them, nowhere else.
struct Locked {
  std::string digits;
  bool checking = true;  // also until it is known whether there is a PIN
  bool has_pin = true;
  bool was_wrong = false;
  int failures = 0;
};
// A new PIN, twice.
struct ChoosingPin {
  enum class Mistake { none, weak, different };
  std::string digits, first;  // first: what was chosen, while it is asked again
  Mistake mistake = Mistake::none;
  bool saving = false;
  bool must = false;  // somebody else chose the old one: no way around it
};
struct TypingCode {
  std::string code;
  ui::KeyboardState keyboard;
  bool asking = false;
  std::optional<Erasure> answer;
};
// What a button brought, said until the next touch.
struct Said {
  enum class What { unparked, exported, store_failed, no_stick, stick_failed } what;
  std::string detail;
};
struct Looking {
  Page page = Page::score;
  figures::PeriodKind period = figures::PeriodKind::day;
  bool as_table = false;
  int table_page = 0;
  std::optional<Said> said;
};
using Screen = std::variant<Closed, Locked, ChoosingPin, TypingCode, Looking>;

struct State {
  Screen screen;
  std::string language;
  std::shared_ptr<const Snapshot> snapshot;  // of the running visit to the view
  base::Millis touched{0};                   // steady, as all below
  base::Millis failed{0};                    // the last wrong PIN, or the start of the program
};

}  // namespace halte::manager::model
