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

Mm field_height(const Theme& theme) {
  return theme.type.small.size * 1.35f + theme.space.xxs +
         std::max(theme.touch.secondary, theme.type.body.size * 1.9f);
}

Wish draw_fields(Frame& frame, const std::vector<Rect>& boxes, const model::ContactView& view) {
  Wish wish;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    Rect rest = boxes[i];
    const Rect name = take_top(rest, frame.theme.type.small.size * 1.35f, frame.theme.space.xxs);
    frame.label(name, {.text = view.fields[i].label,
                       .style = frame.theme.type.small,
                       .color = frame.theme.palette.ink,
                       .background = frame.theme.palette.background});
    if (text_field(frame, rest,
                   {.id = Id("field").at(int(i)),
                    .text = view.fields[i].text,
                    .max_length = 100,
                    .focused = int(i) == view.focus,
                    .counter = false}))
      wish = model::FocusField{i};
  }
  return wish;
}

std::vector<Rect> side_by_side(Rect box, const model::ContactView& view, Mm gap) {
  const auto share = [](const model::FieldView& field) { return field.is_long ? 2.f : 1.2f; };
  float shares = 0;
  for (const model::FieldView& field : view.fields) shares += share(field);
  const Mm width = box.w - gap * float(view.fields.size() - 1);
  std::vector<Rect> boxes;
  for (const model::FieldView& field : view.fields)
    boxes.push_back(take_left(box, width * share(field) / shares, gap));
  return boxes;
}

void draw_mistake(Frame& frame, const Rect& box, const model::ContactView& view) {
  if (view.mistake.empty()) return;
  Rect rest = box;
  const Palette& p = frame.theme.palette;
  const Mm size = frame.theme.type.small.size;
  icon(frame, Icon::warning, take_start(rest, size * 1.6f, frame.direction).centre(), size, p.error);
  frame.label(rest, {.text = view.mistake,
                     .style = frame.theme.type.small,
                     .color = p.error,
                     .background = p.background,
                     .max_lines = is_wide(frame) ? 1 : 2,
                     .least = size * .7f});
}

}  // namespace

Wish draw_contact(Frame& frame, const Rect& area, const model::ContactView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  const KeyboardView keys{.language = view.language,
                          .state = view.keyboard,
                          .email = view.email,
                          .done_label = view.done,
                          .space_label = view.space};
  Words words{.title = view.title,
              .description = {},
              .style = is_wide(frame) ? frame.theme.type.heading : frame.theme.type.title,
              .least = frame.theme.type.heading.size * .7f,
              .align = is_wide(frame) ? Align::start : Align::centre,
              .background = frame.theme.palette.background,
              .title_lines = is_wide(frame) ? 1 : 2};
  const int count = int(view.fields.size());
  const Mm line = frame.theme.type.small.size * (is_wide(frame) ? 1.4f : 2.7f);
  Wish wish;
  if (is_wide(frame)) {
    const Mm title_h = std::max(frame.theme.touch.secondary, words.style.size * 1.35f);
    // On a low glass the keys give way, down to a finger's width.
    const Mm above = title_h + field_height(frame.theme) + line + 2 * space.xs + space.s;
    const Mm keys_h = std::min(keyboard_height(frame, rest.w, keys), rest.h - above);
    const Rect keyboard_box = take_bottom(rest, keys_h, space.s);
    Rect side = take_end(rest, std::max(rest.w * .24f, 50.f), frame.direction, space.m);
    wish = draw_titled_back(frame, take_top(rest, title_h, space.xs), words, view.way);
    draw_mistake(frame, take_bottom(rest, line), view);
    const Rect fields = take_top(rest, std::min(field_height(frame.theme), rest.h), space.xs);
    if (auto focus = draw_fields(frame, side_by_side(fields, view, space.s), view)) wish = focus;
    if (auto way = draw_way_column(frame, side, view.way)) wish = way;
    if (auto presses = keyboard(frame, keyboard_box, keys); !presses.empty())
      wish = model::Type{std::move(presses)};
    return wish;
  }
  const Rect way_box = take_bottom(rest, button_height(frame.theme), space.m);
  const Rect keyboard_box = take_bottom(rest, keyboard_height(frame, rest.w, keys), space.m);
  draw_mistake(frame, take_bottom(rest, line, space.xs), view);
  const Mm tall = std::min(float(count) * (field_height(frame.theme) + space.s), rest.h * .75f);
  const Rect fields = take_bottom(rest, tall, space.l);
  const Mm height = words_height(frame, rest.w, words);
  draw_words(frame, {rest.x, std::max(rest.y, rest.bottom() - height), rest.w, height}, words);
  wish = draw_fields(frame, split_rows(fields, count, space.s), view);
  if (auto way = draw_way(frame, way_box, view.way)) wish = way;
  if (auto presses = keyboard(frame, keyboard_box, keys); !presses.empty())
    wish = model::Type{std::move(presses)};
  return wish;
}

}  // namespace halte::kiosk::screens
