// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

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
  bool is_new = false;  // just enrolled here: where headquarters gave out no PIN, the first one is chosen
};
// A new PIN, twice.
struct ChoosingPin {
  enum class Mistake { none, weak, different };
  std::string digits, first;  // first: what was chosen, while it is asked again
  Mistake mistake = Mistake::none;
  bool saving = false;
  bool must = false;  // somebody else chose the old one: no way around it
};
struct Filling {
  Form form;
  std::vector<std::string> texts;  // by field
  int field = 0;                   // that the keyboard writes in
  ui::KeyboardState keyboard;
  bool asking = false;
  std::optional<Answer> answer;
  bool is_new = false;  // a kiosk that is nobody's yet: no PIN was asked, and behind it there is nothing
  bool from_seeking = false;  // leads back there
};
// What a phone reads stands on the glass until somebody has approved it there.
struct Seeking {
  std::string fingerprint, link;  // empty: the server has not heard of it yet
  bool asking = true;             // a question is on its way
  bool leaves = false;            // as soon as it is answered
  int failures = 0;               // in a row
  base::Millis next{0};           // when it asks again
  std::optional<Answer> answer;   // why it is not heard; done: enrolled, and what to ask is on its way
  bool is_new = false;            // see Filling
};
struct Measuring {
  float factor = 1;  // of the outline to a bank card, as large as the glass believes itself to be
};
struct TestingTouch {
  int columns = 0, rows = 0;
  std::set<int> touched;
};
// What a button brought, said until the next touch.
struct Said {
  enum class What { unparked, exported, printed, store_failed, no_stick, stick_failed, touch_tested } what;
  std::string detail = {};
};
struct Looking {
  Page page = Page::score;
  figures::PeriodKind period = figures::PeriodKind::day;
  bool as_table = false;
  int table_page = 0;
  std::optional<Said> said;
};
using Screen = std::variant<Closed, Locked, ChoosingPin, Filling, Seeking, Measuring, TestingTouch, Looking>;

struct State {
  Screen screen;
  std::string language;
  std::string server;                        // where this kiosk is enrolled, or is to be; may be empty
  site::Adjustments adjustments;             // in force
  std::string machine_proxy;                 // what is in force where none was set
  site::Adjustments kept;                    // of them, what is stored
  std::shared_ptr<const Snapshot> snapshot;  // of the running visit to the view
  base::Millis touched{0};                   // steady, as all below
  base::Millis failed{0};                    // the last wrong PIN, or the start of the program
};

}  // namespace halte::manager::model
