// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"

namespace halte::kiosk::screens {

using namespace ui;

// Both answers have the same size, weight and colour: neither is the one that is wanted.
Wish draw_decision(Frame& frame, const Rect& area, const model::DecisionView& view) {
  const Spacing& space = frame.theme.space;
  const bool columns = has_columns(frame);
  Words words = question_words(frame, view.question, columns ? Align::start : Align::centre);
  words.description_lines = 7;
  const auto kind = [&](int i) { return view.selected == i ? ButtonKind::primary : ButtonKind::secondary; };
  const ButtonView no{.id = "no", .label = view.no, .kind = kind(0)};
  const ButtonView yes{.id = "yes", .label = view.yes, .kind = kind(1)};
  const Mm width = std::min({columns ? area.w * .6f - space.xl : area.w, 300.f});
  const Mm line = frame.theme.type.label.size * 1.35f;
  Rect room = area;
  if (!view.above.empty()) take_top(room, line, space.s);
  const Places places =
      place(frame, room, words, button_pair_height(frame, width, no, yes) + space.s, view.way);
  if (!view.above.empty()) {
    const Rect above{places.question.x, places.question.y - line - space.s, places.question.w, line};
    frame.label(above, {.text = view.above,
                        .style = frame.theme.type.label,
                        .color = frame.theme.palette.ok,
                        .background = frame.theme.palette.background,
                        .align = places.align,
                        .least = frame.theme.type.label.size * .7f});
  }
  draw_words(frame, places.question, places.words);
  Wish wish = draw_way(frame, places.way, view.way);
  if (auto tapped = button_pair(frame, narrowed(places.answers, 300), no, yes))
    wish = *tapped == 0 ? view.on_no : view.on_yes;
  return wish;
}

}  // namespace halte::kiosk::screens
