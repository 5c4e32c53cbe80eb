// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/manager/model/intent.h"
#include "app/manager/model/state.h"
#include "app/ui/sentence.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::model {

// What each screen draws: finished words in the manager's language, nothing to decide.

struct HeaderView {
  std::string title, detail;           // the kiosk, and as of when
  std::vector<std::string> languages;  // codes
  int selected = 0;
  std::string leave;  // button
};

// Several things of which one is chosen.
struct ChoiceView {
  std::vector<std::string> labels;
  int selected = 0;
};

struct LockView {
  std::string title, detail;
  bool is_mistake = false;
  int entered = 0, places = 6;
  bool takes_digits = true;
  std::string enter, leave;  // buttons; enter empty: not yet
};

// A score on its scale.
struct ScaleView {
  float lowest = 0, highest = 1, value = 0, low = 0, high = 0;
  std::optional<float> before;
  std::string lowest_label, highest_label;
};
struct BarLine {
  std::string label, figure;
  float share = 0;  // of the longest possible bar
  std::optional<float> low, high;
};
struct ScoreView {
  std::string name;
  std::string value;  // "4,2"; empty: too few answers
  std::string interval, change, marked;
  std::optional<bool> is_better;  // a proven change, and its direction
  ScaleView scale;
  std::vector<BarLine> spread;  // how often each answer was given, best first
  std::vector<float> moods;     // 0 … 4 of each bar: the face of its colour
  std::string too_few;
};
struct FactView {
  std::string label, value;
};
struct ScoresView {
  std::vector<ScoreView> scores;
  std::vector<FactView> facts;
};

struct HourCell {
  enum class Kind { value, too_few, none } kind = Kind::none;
  float value = 0;  // 0 … 1 of the scale
  std::string text;
};
struct HoursView {
  std::string title, none;  // none: said instead of a map without answers
  std::vector<std::string> days, hours;
  std::vector<HourCell> cells;  // row by row
};

struct ReasonsView {
  std::string happy, unhappy;  // titles
  std::vector<BarLine> happy_reasons, unhappy_reasons;
  std::string none;  // in the place of an empty list
};

struct ActionView {
  std::string id, label;
  Intent wish;
};
// Facts, and what can be done about them.
struct ListView {
  std::string title;
  std::vector<FactView> facts;
  std::string said;  // what the last button brought
  bool is_trouble = false;
  std::vector<ActionView> actions;
};

struct FieldView {
  std::string id, label;
  std::string_view text;
  std::size_t most = 0;  // code points
};
struct FormView {
  std::string title, detail;
  bool is_mistake = false;
  std::vector<FieldView> fields;
  int selected = 0;
  std::string language, space, done;  // of the keyboard
  ui::KeyboardState keyboard;
  ui::Typing typing = ui::Typing::words;
  std::string leave, submit;  // buttons
  bool can_submit = false;
  std::vector<ActionView> actions;
};

// What an administrator's phone reads, and what to do with it.
struct ApprovalView {
  std::string title;
  std::vector<std::string> steps;
  std::optional<ui::QrCode> qr;  // nothing: the server has not heard of this kiosk yet
  std::string fingerprint;       // "7Q4K-M2XD-…", to be compared
  std::string said;              // what it waits for, or why it is not heard
  bool is_trouble = false;
  std::string leave;  // button
  std::vector<ActionView> actions;
};

// Something that is set in steps.
struct KnobView {
  std::string label, value;
  ActionView less, more;
  bool has_less = true, has_more = true;  // not at its end
  bool is_choice = false;                 // from a ring, else more or less of something
};
struct SettingsView {
  std::string title;
  std::vector<KnobView> knobs;
  std::vector<FactView> facts;
  std::string said;
  bool is_trouble = false;
  std::vector<ActionView> actions;
};

// The outline of a bank card (ISO/IEC 7810 ID-1: 85.60 by 53.98 mm).
struct MeasureView {
  std::string title, detail, width;
  float factor = 1;
  std::vector<ActionView> steps;    // smaller and larger
  std::string leave, keep, forget;  // forget: empty where nothing was measured
};
inline constexpr float card_width_mm = 85.60f, card_height_mm = 53.98f, card_radius_mm = 3.18f;

struct TouchTestView {
  std::string title, detail;
  const std::set<int>* touched = nullptr;
  std::string leave;
};

struct TableView {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  int page = 0;
  std::string next;
};

using Body = std::variant<LockView, ScoresView, HoursView, ReasonsView, ListView, SettingsView, FormView,
                          ApprovalView, MeasureView, TouchTestView, TableView>;

struct View {
  std::string name;      // "manager/score": another name is another screen
  std::string language;  // of the words
  HeaderView header;
  ChoiceView pages;    // empty while it is locked
  ChoiceView periods;  // empty where a page has none
  ChoiceView forms;    // chart or table
  Body body;
};

using ui::fill;
using ui::Say;
// The words of a reason in a language; its value where they are not known.
using ReasonLabel = std::function<std::string(const figures::Reason& reason, const std::string& language)>;

struct Words {
  const Say& say;
  const ReasonLabel& reason;
  const std::vector<std::string>& languages;  // that the view can be read in
};
// `now`: steady.
View view(const State& state, const Words& words, base::Millis now);

}  // namespace halte::manager::model
