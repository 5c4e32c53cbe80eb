// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/keyboard.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

constexpr Mm least_field = 30;  // with the warning below it

Label warning_label(const Frame& frame, const model::WritingView& view) {
  return {.text = view.warning,
          .style = frame.theme.type.small,
          .color = frame.theme.palette.ink_soft,
          .background = frame.theme.palette.background,
          .valign = VAlign::top,
          .max_lines = 4,
          .least = frame.theme.type.small.size * .7f,
          .balanced = true};
}

// As much as somebody writes at a counter, warning included: more would only be seen from farther away.
Mm field_height(Frame& frame, Mm width, const model::WritingView& view) {
  constexpr Mm most = 110;
  if (!view.one_line) return most;
  const Mm line = std::max(frame.theme.touch.secondary, frame.theme.type.body.size * 1.9f);
  return line + frame.theme.space.xs + frame.label_height(width, warning_label(frame, view));
}

void draw_field(Frame& frame, Rect box, const model::WritingView& view) {
  const Label warning = warning_label(frame, view);
  const Rect below = take_bottom(box, frame.label_height(box.w, warning), frame.theme.space.xs);
  text_field(frame, box,
             {.id = "field",
              .text = view.text,
              .placeholder = view.placeholder,
              .max_length = view.max_length,
              .focused = true,
              .counter = !view.one_line});
  frame.label(below, warning);
}

}  // namespace

Wish draw_writing(Frame& frame, const Rect& area, const model::WritingView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  Wish wish;
  const KeyboardView keys{.language = view.language,
                          .state = view.keyboard,
                          .typing = view.typing,
                          .done_label = view.done,
                          .space_label = view.space};
  Words words = question_words(frame, view.question, is_wide(frame) ? Align::start : Align::centre);
  words.title_lines = is_wide(frame) ? 2 : 3;
  if (is_wide(frame) || frame.theme.least_text > 0) words.style = frame.theme.type.heading;
  if (is_wide(frame)) words.least *= .6f;
  if (is_wide(frame)) {
    // Low glass: question and field above the keyboard, the buttons beside the field.
    // On a very low glass the keys give way, down to a finger's width.
    const Mm side_w = std::max(rest.w * .24f, 50.f);
    const Mm title_w = rest.w - side_w - space.m - frame.theme.touch.secondary - space.s;
    words.description = {};
    words.title_lines = 1;
    if (!title_fits(frame, title_w, words)) words.title_lines = 2;
    const Mm title_h = std::max(frame.theme.touch.secondary, words_height(frame, title_w, words) + .5f);
    const Mm warning_h = frame.label_height(rest.w - side_w - space.m, warning_label(frame, view));
    const Mm gap = std::max(space.xs, frame.theme.touch.gap);
    const Mm left_h = title_h + gap + frame.theme.touch.secondary + space.xs + warning_h;
    const Mm above = std::max(left_h, way_column_height(frame.theme)) + space.xs + .2f;
    const Mm keys_h = std::min(keyboard_height(frame, rest.w, keys), rest.h - above);
    const Rect keyboard_box = take_bottom(rest, keys_h, space.xs);
    Rect side = take_end(rest, side_w, frame.direction, space.m);
    rest = take_bottom(rest, std::min(rest.h, title_h + gap + field_height(frame, rest.w, view)));
    wish = draw_titled_back(frame, take_top(rest, title_h, gap), words, view.way);
    draw_field(frame, rest, view);
    if (auto way = draw_way_column(frame, side, view.way)) wish = way;
    if (auto presses = keyboard(frame, keyboard_box, keys); !presses.empty())
      wish = model::Type{std::move(presses)};
    return wish;
  }
  const Rect way = take_bottom(rest, button_height(frame.theme), space.m);
  const Rect keyboard_box = take_bottom(rest, keyboard_height(frame, rest.w, keys), space.m);
  words = fit_words(frame, rest.w, rest.h - space.l - least_field, words);
  const Mm height = words_height(frame, rest.w, words);
  const Mm field = std::min(rest.h - height - space.l, field_height(frame, rest.w, view));
  const Mm top = rest.bottom() - field - height - space.l;
  draw_words(frame, {rest.x, std::max(rest.y, top * .72f + rest.y * .28f), rest.w, height}, words);
  draw_field(frame, {rest.x, rest.bottom() - field, rest.w, field}, view);
  wish = draw_way(frame, way, view.way);
  if (auto presses = keyboard(frame, keyboard_box, keys); !presses.empty())
    wish = model::Type{std::move(presses)};
  return wish;
}

}  // namespace halte::kiosk::screens
