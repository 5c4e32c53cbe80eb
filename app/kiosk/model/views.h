// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/kiosk/model/update.h"
#include "app/ui/sentence.h"
#include "app/ui/widgets/keyboard.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::model {

// What each screen draws: finished words in the language on the glass, nothing to decide. Built after each
// update. Typed words are views into the State, valid until its next update, so that no copy needs wiping.

struct HeaderView {
  std::string name;                    // of the organisation
  std::vector<std::string> languages;  // codes, in the order of the settings
  int selected = 0;
};

struct FooterView {
  std::string privacy;      // button
  std::string line;         // the promise
  std::string aids;         // button
  bool has_aids = false;    // one of them is on
  int step = 0, count = 0;  // progress; count 0: none
};

// What stands under a question. Empty: that button is not there.
struct WayView {
  std::string back, skip, next;
  bool can_go_on = true;
};

struct QuestionText {
  std::string name;  // of the question: part of the targets' names
  std::string title, description;
};

struct RateView {
  QuestionText question;
  std::vector<std::string> labels;  // worst first
  int selected = -1;
  bool worst_first = true;
  std::string title_before;  // fades out while the language turns
  base::Millis turned{0};
  std::optional<std::size_t> photo;  // of the organisation's, above the question while nobody is there
  WayView way;                       // empty on the first screen
};

struct ChipsView {
  QuestionText question;
  std::vector<std::string> labels;
  std::vector<bool> selected;
  bool single = false;
  std::optional<float> mood;  // 0 … 4: the face given before, shown small
  WayView way;
};

struct NumbersView {
  QuestionText question;
  int low = 0, high = 10;
  std::optional<int> selected;
  std::string low_label, high_label;
  bool worst_first = true;
  WayView way;
};

struct StarsView {
  QuestionText question;
  int count = 5, selected = 0;
  std::string low_label, high_label;
  WayView way;
};

struct WritingView {
  QuestionText question;
  std::string_view text;
  std::string placeholder, warning;
  std::size_t max_length = 500;
  bool one_line = false;
  ui::Typing typing = ui::Typing::words;
  std::string language, space, done;
  ui::KeyboardState keyboard;
  WayView way;
};

struct StatementView {
  QuestionText question;
  WayView way;
};

// Two answers of the same size: boolean questions, the invitation, the age gate.
struct DecisionView {
  QuestionText question;
  std::string above;  // small line before the question
  std::string no, yes;
  int selected = -1;  // 0 no, 1 yes
  Intent on_no, on_yes;
  WayView way;
};

struct PurposeView {
  std::string purpose, label;
  bool on = false;
};
struct PurposesView {
  QuestionText question;
  std::vector<PurposeView> purposes;
  WayView way;
};

struct FieldView {
  std::string label;
  std::string_view text;
  bool is_long = false;  // an address: gets more room where fields stand side by side
};
struct ContactView {
  std::string title;
  std::vector<FieldView> fields;
  int focus = 0;
  ui::Typing typing = ui::Typing::words;
  std::string mistake;
  std::string language, space, done;
  ui::KeyboardState keyboard;
  WayView way;
};

struct ThanksView {
  std::string title, detail;
  std::string receipt;  // sentence beside the code
  std::string_view code;
  std::optional<ui::QrCode> qr;  // of the link
  std::string withdraw;          // button; empty: nothing to take back
  std::string withdrawn;
  std::string close;
};

// A calm sentence on an otherwise empty glass.
enum class Mood { busy, sorry, closed, out_of_service, not_set_up };
struct MessageView {
  Mood mood = Mood::busy;
  std::string title, detail;
  std::string close;  // button; empty: none
};

struct PrivacyView {
  std::string title;
  std::vector<std::string> paragraphs;
  int page = 0;  // where they do not fit at once
  std::string next, close;
};

struct AidView {
  Aid aid;
  std::string label;
  bool on = false;
};
struct AidsView {
  std::string title;
  std::vector<AidView> aids;
  std::string close;
};

struct StillThereView {
  std::string title, detail;
  std::string stay, finish;
  base::Millis since{0}, until{0};  // steady
};

// Over whatever stands: a bag on the glass, or water.
struct BlockedView {
  std::string title, detail;
};

using Body =
    std::variant<RateView, ChipsView, NumbersView, StarsView, WritingView, StatementView, DecisionView,
                 PurposesView, ContactView, ThanksView, MessageView, PrivacyView, AidsView>;

struct View {
  std::string name;      // "rate", "question/reasons", "thanks": another name is another screen
  Drawn drawn = {};      // another one is another screen, too
  std::string language;  // of the words
  HeaderView header;
  FooterView footer;
  Body body;
  std::optional<StillThereView> still_there;
  std::optional<BlockedView> blocked;
};

using ui::fill;
using ui::Say;

View view(const State& state, const Context& context, const Say& say);
// Before there is a configuration: not enrolled, or waiting for the settings. `language` by the program's.
View service_view(Service service, const std::string& language, const Say& say);
BlockedView blocked_view(const std::string& language, const Say& say);

}  // namespace halte::kiosk::model
