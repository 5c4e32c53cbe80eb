// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/widgets/keyboard.h"
#include "core/base/json.h"

namespace halte::kiosk::model {

// A text by language code. pick() goes from the language asked for to "default", English, anything.
using Text = std::map<std::string, std::string>;
const std::string& pick(const Text& text, const std::string& language);

enum class Kind {
  faces,    // choices, worst first
  stars,    // choices are 1 … n
  numbers,  // choices are consecutive whole numbers
  single_choice,
  multiple_choice,
  yes_no,     // choices are no, yes
  line,       // one line of text, or a whole number
  comment,    // free text
  statement,  // nothing to answer
};

struct Choice {
  base::Json value;  // what is stored
  Text label;        // empty: the value itself is shown
};

// What a visitor can be asked, as the screens need it.
struct Question {
  std::string name;
  Kind kind = Kind::statement;
  Text title;
  Text description;
  std::vector<Choice> choices;
  Text low_label, high_label;  // stars and numbers
  bool required = false;
  std::size_t max_length = 500;  // code points, line and comment
  ui::Typing typing = ui::Typing::words;
  Text placeholder;                 // of line and comment; empty: the program's own
  std::size_t least = 0;            // of several choices, if any is chosen
  std::optional<std::size_t> most;  // unset: all
};

// What the model needs of a survey. Immutable; any thread.
class Questionnaire {
 public:
  virtual ~Questionnaire() = default;
  // The questions to ask under these answers, in order. Never empty; the first one is asked of everybody.
  // The pointers live as long as the questionnaire.
  virtual std::vector<const Question*> visible(const base::Json& answers) const = 0;
};

// One for each survey of the configuration, in its order.
using Questionnaires = std::vector<std::unique_ptr<const Questionnaire>>;

bool is_text(Kind kind);
bool is_rating(Kind kind);
// One tap answers it, and the next screen follows by itself.
bool is_one_tap(Kind kind);

}  // namespace halte::kiosk::model
