// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/screens/parts.h"

#include <algorithm>

#include "app/ui/widgets/controls.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

Label title_label(const Words& words, const Frame& frame) {
  return {.text = words.title,
          .style = words.style,
          .color = frame.theme.palette.ink,
          .background = words.background,
          .align = words.align,
          .valign = VAlign::top,
          .max_lines = words.title_lines,
          .least = words.least};
}

Label description_label(const Words& words, const Frame& frame) {
  return {.text = words.description,
          .style = frame.theme.type.body,
          .color = frame.theme.palette.ink_soft,
          .background = words.background,
          .align = words.align,
          .valign = VAlign::top,
          .max_lines = words.description_lines,
          .least = frame.theme.type.body.size * .7f};
}

std::optional<model::Intent> draw_buttons(Frame& frame, const std::vector<Rect>& places,
                                          const model::WayView& way) {
  std::optional<model::Intent> wish;
  const Icon arrow = frame.is_rtl() ? Icon::forward : Icon::back;
  if (!way.back.empty() &&
      button(frame, places[0], {.id = "back", .label = way.back, .kind = ButtonKind::quiet, .icon = arrow}))
    wish = model::Back{};
  if (!way.skip.empty() && button(frame, places[way.next.empty() ? 2 : 1],
                                  {.id = "skip", .label = way.skip, .kind = ButtonKind::secondary}))
    wish = model::Skip{};
  if (!way.next.empty() &&
      button(frame, places[2],
             {.id = "next", .label = way.next, .kind = ButtonKind::primary, .enabled = way.can_go_on}))
    wish = model::Next{};
  return wish;
}

}  // namespace

bool is_wide(const Frame& frame) { return frame.display.orientation() == Orientation::landscape; }

bool has_columns(const Frame& frame) { return is_wide(frame) && frame.display.panel() == PanelClass::large; }

Words question_words(const Frame& frame, const model::QuestionText& question, Align align) {
  return {.title = question.title,
          .description = question.description,
          .style = frame.theme.type.title,
          .least = frame.theme.type.title_least,
          .align = align,
          .background = frame.theme.palette.background};
}

Mm words_height(Frame& frame, Mm width, const Words& words) {
  Mm height = frame.label_height(width, title_label(words, frame));
  if (!words.description.empty())
    height += frame.theme.space.s + frame.label_height(width, description_label(words, frame));
  return height;
}

Mm draw_words(Frame& frame, const Rect& box, const Words& words) {
  Rect rest = box;
  const Label title = title_label(words, frame);
  const Mm height = words_height(frame, box.w, words);
  frame.label(take_top(rest, frame.label_height(box.w, title), frame.theme.space.s), title);
  if (!words.description.empty()) frame.label(rest, description_label(words, frame));
  return height;
}

bool is_empty(const model::WayView& way) { return way.back.empty() && way.skip.empty() && way.next.empty(); }

std::optional<model::Intent> draw_way(Frame& frame, const Rect& box, const model::WayView& way) {
  if (is_empty(way)) return {};
  const Mm gap = std::max(frame.theme.touch.gap, frame.theme.space.s);
  const Rect row = centred(box, std::min(box.w, 260.f), button_height(frame.theme));
  // Three equal places: Skip and Next are of one size, and nothing moves from screen to screen.
  auto places = split_columns(row, 3, gap);
  if (frame.is_rtl()) std::ranges::reverse(places);
  return draw_buttons(frame, places, way);
}

std::optional<model::Intent> draw_way_column(Frame& frame, const Rect& box, const model::WayView& way) {
  if (is_empty(way)) return {};
  const Mm gap = frame.theme.touch.gap, height = std::min(button_height(frame.theme), (box.h - 2 * gap) / 3);
  // The last one stands at the foot, nearest to the keyboard.
  const Rect column{box.x, box.bottom() - 3 * height - 2 * gap, box.w, 3 * height + 2 * gap};
  return draw_buttons(frame, split_rows(column, 3, gap), way);
}

Places place(Frame& frame, const Rect& area, const Words& words, Mm answers_height,
             const model::WayView& way) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  Places places;
  if (!is_empty(way)) places.way = take_bottom(rest, button_height(frame.theme), space.m);
  if (has_columns(frame)) {
    places.align = Align::start;
    Rect left = take_start(rest, rest.w * .40f, frame.direction, space.xl);
    const Mm height = words_height(frame, left.w, words);
    const Mm middle = rest.y + rest.h * .45f;  // the optical centre
    places.question = {left.x, std::max(left.y, middle - height / 2), left.w, height};
    const Mm tall = std::min(answers_height, rest.h);
    places.answers = {rest.x, std::clamp(middle - tall / 2, rest.y, rest.bottom() - tall), rest.w, tall};
    return places;
  }
  places.align = Align::centre;
  const Mm height = words_height(frame, rest.w, words), tall = std::min(answers_height, rest.h - height);
  const Mm spare = std::max(0.f, rest.h - height - tall);
  const Mm between = std::min(spare * .4f, space.xxl);
  Mm top = rest.y + (spare - between) * .35f;
  // Portrait: the answers begin no higher than 40 % of the glass.
  if (!is_wide(frame)) {
    const Mm least = frame.display.bounds().h * .4f - height - between;
    top = std::clamp(least, top, std::max(top, rest.bottom() - tall - between - height));
  }
  places.question = {rest.x, top, rest.w, height};
  places.answers = {rest.x, top + height + between, rest.w, tall};
  return places;
}

}  // namespace halte::kiosk::screens
