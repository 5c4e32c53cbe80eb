// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/controls.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

Label on_glass(const Frame& frame, std::string_view text, const TextStyle& style, Color color, Align align,
               int lines) {
  return {.text = text,
          .style = style,
          .color = color,
          .background = frame.theme.palette.background,
          .align = align,
          .max_lines = lines,
          .least = style.size * .55f,
          .balanced = true};
}

Wish draw_pad(Frame& frame, const Rect& place, const model::LockView& view) {
  const auto tapped = pin_pad(frame, place, view.entered, view.places);
  if (!tapped || !view.takes_digits) return {};
  return model::PressDigit{*tapped};
}

// Leave, and open where there are enough digits.
Wish draw_buttons(Frame& frame, const Rect& place, const model::LockView& view) {
  auto places = split_columns(place, 2, frame.theme.touch.gap);
  if (frame.is_rtl()) std::ranges::reverse(places);
  Wish wish;
  if (button(frame, places[0], {.id = "leave", .label = view.leave, .kind = ButtonKind::secondary}))
    wish = model::Leave{};
  if (!view.enter.empty() &&
      button(frame, places[1], {.id = "enter", .label = view.enter, .kind = ButtonKind::primary}))
    wish = model::Enter{};
  return wish;
}

}  // namespace

Wish draw_lock(Frame& frame, const Rect& area, const model::LockView& view) {
  const Theme& theme = frame.theme;
  const bool wide = is_wide(frame);
  Rect rest = area;
  const Align align = wide ? Align::start : Align::centre;
  Rect words = wide ? take_start(rest, rest.w * .46f, frame.direction, theme.space.xl) : rest;
  const Label title = on_glass(frame, view.title, theme.type.title, theme.palette.ink, align, 3);
  const Label detail = on_glass(frame, view.detail, theme.type.body,
                                view.is_mistake ? theme.palette.error : theme.palette.ink_soft, align, 4);
  const Mm title_h = frame.label_height(words.w, title);
  const Mm detail_h = view.detail.empty() ? 0 : frame.label_height(words.w, detail);
  Rect block = words;
  if (wide) block = centred(words, words.w, title_h + theme.space.m + detail_h);
  frame.label(take_top(block, title_h, theme.space.m), title);
  if (!view.detail.empty()) frame.label(take_top(block, detail_h, theme.space.m), detail);
  if (!wide) {
    rest = block;
    // Room for two lines of a mistake: the pad does not move when there is one.
    const Mm top = area.y + title_h + theme.space.m + theme.type.body.size * 2.6f + theme.space.m;
    const Mm y = std::max(rest.y, std::min(top, rest.bottom()));
    rest = {rest.x, y, rest.w, rest.bottom() - y};
  }
  const Mm width = std::min(rest.w, 120.f), height = std::min(rest.h, 190.f * std::max(theme.scale, .75f));
  Rect pad = wide ? centred(rest, width, height) : Rect{rest.centre().x - width / 2, rest.y, width, height};
  const Rect buttons = take_bottom(pad, button_height(theme), theme.space.m);
  Wish wish = draw_pad(frame, pad, view);
  if (auto pressed = draw_buttons(frame, buttons, view)) wish = pressed;
  return wish;
}

}  // namespace halte::manager::screens
