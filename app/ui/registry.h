// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/color.h"
#include "app/ui/units.h"

namespace halte::ui {

// control: a small button beside the answers. scrim: hides and blocks what was registered before it.
enum class Role { button, control, link, choice, face, number, chip, toggle, key, field, image, scrim };
// As describe writes it: "button", "switch", …; a control is a button there.
std::string_view to_string(Role role);

// What a finger can hit.
struct Element {
  std::string id;  // "face/3"
  Role role;
  Rect rect_mm;  // what is seen
  Rect hit_mm;   // what answers: never smaller
  Rect rect_px;
  std::string label;
  bool selected = false;
  bool enabled = true;
  std::size_t length = 0;  // code points in a field; what they are is kept nowhere
  // Of its label, icon or features: for the contrast check.
  std::optional<Color> foreground = {}, background = {};
};

// What is read.
struct TextElement {
  std::string text;  // as asked for
  Rect box_mm;       // the room it was given
  Rect rect_mm;      // the room it takes
  Mm size = 0;       // of the font, after fitting
  Color foreground, background;
  bool cut = false;  // lines are missing or stick out
  bool broken_word = false;
};

// Everything one frame put on the glass. Readable until the next frame.
struct Registry {
  std::vector<Element> elements;
  std::vector<TextElement> texts;

  std::size_t texts_below_scrim = 0;  // the first so many texts are covered by a dialogue

  const Element* find(std::string_view id) const;
  void clear();
};

struct LayoutRules {
  Mm least_answer = 20;  // button, choice, number
  Mm least_face = 22;
  Mm least_control = 15;  // control, link, number, chip, toggle, field
  Mm least_key = 13;      // a finger is as big on a small panel
  Mm least_gap = 3;       // between what is seen of two targets; keys have none to miss
  Mm least_margin = 4;    // between text and the edge of the glass
  double least_contrast = 4.5;
};
// What can be reached: nothing below a scrim.
std::span<const Element> reachable(const Registry& registry);

// What is wrong with a frame, one sentence each: targets too small, too close, outside the glass,
// overlapping; text cut, broken, overlapping another text, out of the safe area, or of too little contrast.
// Empty: good.
std::vector<std::string> complaints(const Registry& registry, const Display& display,
                                    const LayoutRules& rules = {});

}  // namespace halte::ui
