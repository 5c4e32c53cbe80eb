// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/frame.h"
#include "app/ui/widgets/icons.h"

namespace halte::ui {

// quiet: text only, for "back" and the like; the target is as big.
enum class ButtonKind { primary, secondary, quiet };

struct ButtonView {
  Id id;
  std::string_view label;
  ButtonKind kind = ButtonKind::primary;
  std::optional<Icon> icon = {};  // before the label
  bool enabled = true;
  bool repeats = false;  // quick taps in a row are all meant
};
// True when tapped. The label shrinks to fit, in at most two lines.
bool button(Frame& frame, const Rect& rect, const ButtonView& view);
Mm button_height(const Theme& theme);
Mm button_width(Frame& frame, const ButtonView& view);  // label, icon and padding

// Two buttons of the same size, side by side, or one above the other where the words need it: refusing is
// as easy as agreeing. 0: the first was tapped, 1: the second. The first stands where reading starts.
std::optional<int> button_pair(Frame& frame, const Rect& rect, const ButtonView& first,
                               const ButtonView& second);

// How high a pair of this width has to be: one button, or two and a gap.
Mm button_pair_height(Frame& frame, Mm width, const ButtonView& first, const ButtonView& second);

struct ChipView {
  std::string_view label;
  bool selected = false;
};
struct ChipGroupView {
  Id id = "chip";
  std::span<const ChipView> chips;
  bool centred = false;
  bool single = false;  // for the registry: one of them, not several
};
// The chip tapped: the model toggles it. Registered as "chip/0" … Rows wrap.
std::optional<int> chip_group(Frame& frame, const Rect& area, const ChipGroupView& view);
Mm chip_group_height(Frame& frame, Mm width, const ChipGroupView& view);

// One purpose with its plain sentence, off until tapped.
struct SwitchRowView {
  Id id;
  std::string_view label;
  std::string_view detail = {};
  bool on = false;
};
bool switch_row(Frame& frame, const Rect& rect, const SwitchRowView& view);
Mm switch_row_height(Frame& frame, Mm width, const SwitchRowView& view);

struct LanguagePillsView {
  Id id = "language";
  std::span<const std::string> languages;  // codes
  int selected = 0;
};
// The language tapped. Says what each calls itself, shows its short name. Registered as "language/0" …
std::optional<int> language_pills(Frame& frame, const Rect& rect, const LanguagePillsView& view);
Mm language_pills_width(const Theme& theme, int count);
Mm language_pills_height(const Theme& theme);

// A round button that shows an icon only: contrast, text size, back. `label` is for the registry.
struct IconButtonView {
  Id id;
  Icon icon;
  std::string_view label;
  bool on = false;
  bool enabled = true;
  bool repeats = false;
};
bool icon_button(Frame& frame, const Rect& rect, const IconButtonView& view);

// Digits 1–9, 0, delete: for the staff's PIN. 0 … 9, or −1 for delete. Registered as "pin/7" and
// "pin-delete".
std::optional<int> pin_pad(Frame& frame, const Rect& area, int entered, int length);

}  // namespace halte::ui
