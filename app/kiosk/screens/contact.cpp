// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/icons.h"
#include "app/ui/widgets/keyboard.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

// Wide enough for a phone number with its country.
Mm least_field(Frame& frame) {
  constexpr Mm caret = 1.5f;
  return frame.text.measure(frame.theme.type.body, "+31301234567") + 2 * frame.theme.space.s + caret;
}

Mm field_height(const Theme& theme) {
  return theme.type.small.size * 1.35f + theme.space.xxs +
         std::max(theme.touch.secondary, theme.type.body.size * 1.9f);
}

Label name_label(const Frame& frame, const std::string& name) {
  return {.text = name,
          .style = frame.theme.type.small,
          .color = frame.theme.palette.ink,
          .background = frame.theme.palette.background};
}

Wish draw_field(Frame& frame, Rect box, const model::ContactView& view, std::size_t i,
                const std::string& label) {
  const Rect name = take_top(box, frame.theme.type.small.size * 1.35f, frame.theme.space.xxs);
  frame.label(name, name_label(frame, label));
  if (text_field(frame, box,
                 {.id = Id("field").at(int(i)),
                  .label = view.fields[i].label,
                  .text = view.fields[i].text,
                  .max_length = 100,
                  .focused = int(i) == view.focus,
                  .counter = false}))
    return model::FocusField{i};
  return {};
}

Wish draw_fields(Frame& frame, const std::vector<Rect>& boxes, const model::ContactView& view) {
  Wish wish;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (auto focus = draw_field(frame, boxes[i], view, i, view.fields[i].label)) wish = focus;
  return wish;
}

// Where not all have room, only the one that is filled in; the keyboard's last key goes to the next.
Wish draw_one_field(Frame& frame, const Rect& box, const model::ContactView& view) {
  const auto here = std::size_t(view.focus);
  const std::string place = std::to_string(view.focus + 1) + " / " + std::to_string(view.fields.size());
  return draw_field(frame, box, view, here, view.fields[here].label + "   " + place);
}

std::vector<Rect> side_by_side(const Frame& frame, Rect box, const model::ContactView& view) {
  const Mm gap = frame.theme.space.s;
  const auto share = [](const model::FieldView& field) { return field.is_long ? 2.f : 1.5f; };
  float shares = 0;
  for (const model::FieldView& field : view.fields) shares += share(field);
  const Mm width = box.w - gap * float(view.fields.size() - 1);
  std::vector<Rect> boxes;
  for (const model::FieldView& field : view.fields)
    boxes.push_back(take_start(box, width * share(field) / shares, frame.direction, gap));
  return boxes;
}

// Of the warning before a mistake, with the gap after it.
Mm sign_width(const Frame& frame) { return frame.theme.type.small.size * 1.6f; }

Label mistake_label(const Frame& frame, const model::ContactView& view) {
  TextStyle style = frame.theme.type.small;
  style.leading = 1.15f;
  return {.text = view.mistake,
          .style = style,
          .color = frame.theme.palette.error,
          .background = frame.theme.palette.background,
          .max_lines = 3,
          .least = style.size * .7f};
}

// Two lines of it, or as many as it has.
Mm mistake_height(Frame& frame, Mm width, const model::ContactView& view) {
  const Mm usual = frame.theme.type.small.size * 2.7f;
  if (view.mistake.empty()) return usual;
  return std::max(usual, frame.label_height(width - sign_width(frame), mistake_label(frame, view)));
}

// Of the title, or of the mistake in its place.
Mm title_height(Frame& frame, Mm width, const Words& words, const model::ContactView& view) {
  const Mm room = width - frame.theme.touch.secondary - frame.theme.space.s;
  const Mm text = view.mistake.empty()
                      ? words_height(frame, room, words)
                      : frame.label_height(room - sign_width(frame), mistake_label(frame, view));
  return std::max(frame.theme.touch.secondary, text + .5f);
}

void draw_mistake(Frame& frame, const Rect& box, const model::ContactView& view) {
  if (view.mistake.empty()) return;
  Rect rest = box;
  const Palette& p = frame.theme.palette;
  const Rect sign = take_start(rest, sign_width(frame), frame.direction);
  icon(frame, Icon::warning, sign.centre(), frame.theme.type.small.size, p.error);
  frame.label(rest, mistake_label(frame, view));
}

KeyboardView keyboard_of(const model::ContactView& view) {
  return {.language = view.language,
          .state = view.keyboard,
          .typing = view.typing,
          .done_label = view.done,
          .space_label = view.space};
}

Words title_words(const Frame& frame, const model::ContactView& view) {
  Words words = sheet_words(frame, view.title);
  words.align = is_wide(frame) ? Align::start : Align::centre;
  words.title_lines = 2;
  return words;
}

bool all_fit(Frame& frame, const std::vector<Rect>& boxes, const model::ContactView& view) {
  const Mm least = least_field(frame);
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (boxes[i].w < least || !frame.fits(boxes[i].w, name_label(frame, view.fields[i].label))) return false;
  return true;
}

// The fields side by side above the keyboard, the buttons beside them.
Wish draw_wide(Frame& frame, Rect rest, const model::ContactView& view) {
  const Spacing& space = frame.theme.space;
  const KeyboardView keys = keyboard_of(view);
  Words words = title_words(frame, view);
  const Mm side_w = std::max(rest.w * .24f, 50.f);
  const Mm title_h = title_height(frame, rest.w - side_w - space.m, words, view);
  // On a low glass the keys give way, down to a finger's width.
  const Mm above =
      std::max(title_h + field_height(frame.theme), way_column_height(frame.theme)) + 2 * space.xs;
  const Mm keys_h = std::min(keyboard_height(frame, rest.w, keys), rest.h - above);
  const Rect keyboard_box = take_bottom(rest, keys_h, space.xs);
  const Rect side = take_end(rest, side_w, frame.direction, space.m);
  const Rect fields = take_bottom(rest, std::min(field_height(frame.theme), rest.h), space.xs);
  // Next to its fields, however high the glass. The mistake takes its place: there is no room for both.
  const Rect title = take_bottom(rest, title_h);
  if (!view.mistake.empty()) words.title = {};
  Wish wish = draw_titled_back(frame, title, words, view.way);
  Rect after_back = title;
  take_start(after_back, frame.theme.touch.secondary, frame.direction, space.s);
  draw_mistake(frame, after_back, view);
  const auto boxes = side_by_side(frame, fields, view);
  if (auto focus =
          all_fit(frame, boxes, view) ? draw_fields(frame, boxes, view) : draw_one_field(frame, fields, view))
    wish = focus;
  if (auto way = draw_way_column(frame, side, view.way)) wish = way;
  if (auto presses = keyboard(frame, keyboard_box, keys); !presses.empty())
    wish = model::Type{std::move(presses)};
  return wish;
}

// Below each other, where there is room for that.
Wish draw_tall(Frame& frame, Rect rest, const model::ContactView& view) {
  const Spacing& space = frame.theme.space;
  const KeyboardView keys = keyboard_of(view);
  const Rect way_box = take_bottom(rest, button_height(frame.theme), space.m);
  const Rect keyboard_box = take_bottom(rest, keyboard_height(frame, rest.w, keys), space.m);
  const int count = int(view.fields.size());
  const Mm each = field_height(frame.theme) + space.s, mistake = mistake_height(frame, rest.w, view);
  const Words words = fit_words(frame, rest.w, rest.h - each - space.s, title_words(frame, view));
  const Mm height = std::max(words_height(frame, rest.w, words), mistake);
  const bool fit = float(count) * each + height + space.m + mistake <= rest.h;
  // Below the fields, or in the title's place where there is no room for both.
  if (fit) draw_mistake(frame, take_bottom(rest, mistake, space.xs), view);
  const Rect fields =
      take_bottom(rest, fit ? float(count) * each - space.s : field_height(frame.theme), space.s);
  const Rect title{rest.x, std::max(rest.y, rest.bottom() - height - space.m), rest.w, height};
  if (fit || view.mistake.empty())
    draw_words(frame, title, words);
  else
    draw_mistake(frame, {title.x, title.bottom() - mistake, title.w, mistake}, view);  // at its field
  Wish wish = fit ? draw_fields(frame, split_rows(fields, count, space.s), view)
                  : draw_one_field(frame, fields, view);
  if (auto way = draw_way(frame, way_box, view.way)) wish = way;
  if (auto presses = keyboard(frame, keyboard_box, keys); !presses.empty())
    wish = model::Type{std::move(presses)};
  return wish;
}

}  // namespace

Wish draw_contact(Frame& frame, const Rect& area, const model::ContactView& view) {
  const Rect rest = narrowed(area, arms_travel);
  return is_wide(frame) ? draw_wide(frame, rest, view) : draw_tall(frame, rest, view);
}

}  // namespace halte::kiosk::screens
