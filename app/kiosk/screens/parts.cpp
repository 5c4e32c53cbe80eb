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
          .least = words.least,
          .balanced = true};
}

Label description_label(const Words& words, const Frame& frame) {
  TextStyle style = frame.theme.type.body;
  style.size *= words.shrink;
  return {.text = words.description,
          .style = style,
          .color = frame.theme.palette.ink_soft,
          .background = words.background,
          .align = words.align,
          .valign = VAlign::top,
          .max_lines = words.description_lines,
          .least = style.size * .7f,
          .balanced = true};
}

// Skip and Next in places of one size; a single one takes the last place.
std::optional<model::Intent> draw_onward(Frame& frame, const std::vector<Rect>& places,
                                         const model::WayView& way) {
  std::optional<model::Intent> wish;
  if (!way.skip.empty() && button(frame, places[way.next.empty() ? 1 : 0],
                                  {.id = "skip", .label = way.skip, .kind = ButtonKind::secondary}))
    wish = model::Skip{};
  if (!way.next.empty() &&
      button(frame, places[1],
             {.id = "next", .label = way.next, .kind = ButtonKind::primary, .enabled = way.can_go_on}))
    wish = model::Next{};
  return wish;
}

}  // namespace

bool is_wide(const Frame& frame) { return frame.display.orientation() == Orientation::landscape; }

bool has_columns(const Frame& frame) {
  constexpr Mm least = 420;
  return is_wide(frame) && frame.display.panel() == PanelClass::large && frame.display.usable().w > least;
}

Words question_words(const Frame& frame, const model::QuestionText& question, Align align) {
  return {.title = question.title,
          .description = question.description,
          .style = frame.theme.type.title,
          .least = frame.theme.type.title_least,
          .align = align,
          .background = frame.theme.palette.background,
          .title_lines = has_columns(frame) ? 5
                         : is_wide(frame)   ? 3
                                            : 4};
}

Words sheet_words(const Frame& frame, std::string_view title) {
  const bool is_tight = is_wide(frame) || frame.theme.least_text > 0;
  return {.title = title,
          .description = {},
          .style = is_tight ? frame.theme.type.heading : frame.theme.type.title,
          .least = frame.theme.type.heading.size * .7f,
          .align = Align::centre,
          .background = frame.theme.palette.background};
}

Words fit_words(Frame& frame, Mm width, Mm height, Words words) {
  while (words.shrink > .6f && words_height(frame, width, words) > height) {
    words.shrink -= .05f;
    words.style.size = std::max(words.least, words.style.size * .95f);
  }
  if (words.is_hint && words_height(frame, width, words) > height) words.description = {};
  return words;
}

Mm words_height(Frame& frame, Mm width, const Words& words) {
  Mm height = frame.label_height(width, title_label(words, frame));
  if (!words.description.empty())
    height += frame.theme.space.s + frame.label_height(width, description_label(words, frame));
  return height;
}

bool title_fits(Frame& frame, Mm width, const Words& words) {
  return frame.fits(width, title_label(words, frame));
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
  Rect row = centred(box, std::min(box.w, 300.f), button_height(frame.theme));
  const ButtonView back{.id = "back", .label = way.back, .kind = ButtonKind::quiet, .icon = Icon::back};
  const Mm width = button_width(frame, back);
  std::optional<model::Intent> wish;
  if (width > row.w * .32f) {
    // No room for the word: the arrow says it.
    const Rect place = take_start(row, row.h, frame.direction, gap);
    if (!way.back.empty() && icon_button(frame, place, {.id = "back", .icon = Icon::back, .label = way.back}))
      wish = model::Back{};
  } else {
    const Rect place = take_start(row, std::max(width, row.w * .24f), frame.direction, gap);
    if (!way.back.empty() && button(frame, place, back)) wish = model::Back{};
  }
  auto places = split_columns(row, 2, gap);
  if (frame.is_rtl()) std::ranges::reverse(places);
  if (auto onward = draw_onward(frame, places, way)) wish = onward;
  return wish;
}

std::optional<model::Intent> draw_way_column(Frame& frame, const Rect& box, const model::WayView& way) {
  if (way.skip.empty() && way.next.empty()) return {};
  // At the foot, nearest to the keyboard.
  const Mm height = way_column_height(frame.theme);
  const Rect column{box.x, box.bottom() - height, box.w, height};
  return draw_onward(frame, split_rows(column, 2, frame.theme.touch.gap), way);
}

Mm way_column_height(const Theme& theme) { return 2 * button_height(theme) + theme.touch.gap; }

std::optional<model::Intent> draw_titled_back(Frame& frame, Rect box, const Words& words,
                                              const model::WayView& way) {
  const Mm side = std::min(box.h, frame.theme.touch.secondary);
  std::optional<model::Intent> wish;
  if (!way.back.empty()) {
    const Rect place = take_start(box, side, frame.direction, frame.theme.space.s);
    if (icon_button(frame, centred(place, side, side), {.id = "back", .icon = Icon::back, .label = way.back}))
      wish = model::Back{};
  }
  if (words.title.empty()) return wish;
  frame.label(box, {.text = words.title,
                    .style = words.style,
                    .color = frame.theme.palette.ink,
                    .background = words.background,
                    .align = Align::start,
                    .max_lines = words.title_lines,
                    .least = words.least});
  return wish;
}

Places place(Frame& frame, const Rect& area, const Words& wanted, Mm answers_height,
             const model::WayView& way) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  Places places;
  if (!is_empty(way)) places.way = take_bottom(rest, button_height(frame.theme), space.m);
  if (has_columns(frame)) {
    places.align = Align::start;
    Rect left = take_start(rest, rest.w * .40f, frame.direction, space.xl);
    places.words = fit_words(frame, left.w, left.h, wanted);
    const Mm height = words_height(frame, left.w, places.words);
    const Mm middle = rest.y + rest.h * .45f;  // the optical centre
    const Mm lowest = std::max(left.y, left.bottom() - height);
    places.question = {left.x, std::clamp(middle - height / 2, left.y, lowest), left.w, height};
    const Mm tall = std::min(answers_height, rest.h);
    places.answers = {rest.x, std::clamp(middle - tall / 2, rest.y, rest.bottom() - tall), rest.w, tall};
    return places;
  }
  places.align = Align::centre;
  places.words = fit_words(frame, rest.w, rest.h - answers_height - space.m, wanted);
  const Mm height = words_height(frame, rest.w, places.words);
  const Mm tall = std::min(answers_height, rest.h - height);
  const Mm spare = std::max(0.f, rest.h - height - tall);
  // On a low glass the question stands nearer to the header than to the answers.
  const Mm between = std::min({std::max(spare * .4f, space.m), space.xxl, spare});
  Mm top = rest.y + (spare - between) * .42f;
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
