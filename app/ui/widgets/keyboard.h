// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/ui/frame.h"

namespace halte::ui {

struct TextFieldView {
  Id id = "field";
  std::string_view label = {};  // what it is, where no placeholder says it
  std::string_view text;
  std::string_view placeholder = {};
  std::size_t max_length = 500;  // code points; the counter shows text/max
  bool focused = true;           // shows the caret
  bool counter = true;
};
// True when tapped (to give it the keyboard). Long text scrolls up: the end is always seen.
bool text_field(Frame& frame, const Rect& rect, const TextFieldView& view);

// What is typed. Phone numbers and whole numbers have a pad of digits. An address is one of a machine
// ("hq.example.nl:8443"), a code one of capitals and digits.
enum class Typing { words, email, address, code, phone, number };
// latin: for languages of another script only.
enum class KeyboardPage { letters, symbols, latin };
enum class Shift { off, once, locked };
struct KeyboardState {
  KeyboardPage page = KeyboardPage::letters;
  Shift shift = Shift::once;  // a sentence begins with a capital
  friend bool operator==(const KeyboardState&, const KeyboardState&) = default;
};

struct InsertText {
  std::string text;
};
struct DeleteBack {};
struct PressShift {};
struct TurnPage {
  KeyboardPage to;
};
struct PressDone {};
using KeyPress = std::variant<InsertText, DeleteBack, PressShift, TurnPage, PressDone>;

// The keyboard of an empty field.
KeyboardState fresh_keyboard(Typing typing);
// How the state and the text follow a press: pure, for the model. `text` never grows above max_length code
// points. After a sentence's end shift goes on by itself (in words only).
KeyboardState after_press(KeyboardState state, const KeyPress& press, std::string_view text_after,
                          Typing typing);
void edit_text(std::string& text, const KeyPress& press, std::size_t max_length);

struct KeyboardView {
  Id id = "key";
  std::string_view language = "en";  // AZERTY fr, nl-BE; QWERTZ de, pl uses QWERTY, tr its own; else QWERTY
  KeyboardState state;
  Typing typing = Typing::words;
  std::string_view done_label = {};  // empty: no "done" key
  std::string_view space_label = {};
};
// Presses since the last frame, in order, repeats of delete included. The keys cover `area` without a gap
// that would swallow a touch. A pressed letter shows above the finger. Accents: a row on top, and a long
// press on the letter.
std::vector<KeyPress> keyboard(Frame& frame, const Rect& area, const KeyboardView& view);
Mm keyboard_height(Frame& frame, Mm width, const KeyboardView& view);

// The keys as they would lie in `area`: for tests and for the drawing.
struct PlacedKey {
  KeyPress press;
  std::string label;              // what it shows; empty: an icon
  std::vector<std::string> more;  // by long press
  Rect hit;                       // these tile the area
  Rect face;                      // what is drawn, inside hit
};
std::vector<PlacedKey> keyboard_layout(const Rect& area, const KeyboardView& view, Mm least_key = 13);

}  // namespace halte::ui
