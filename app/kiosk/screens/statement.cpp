// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"

namespace halte::kiosk::screens {

using namespace ui;

Wish draw_statement(Frame& frame, const Rect& area, const model::StatementView& view) {
  Words words = question_words(frame, view.question, Align::centre);
  words.style = frame.theme.type.heading;
  words.least = frame.theme.type.body.size;
  words.title_lines = 10;
  Rect rest = narrowed(area, 300);
  const Rect way = take_bottom(rest, frame.theme.touch.answer + 4, frame.theme.space.m);
  const Mm height = words_height(frame, rest.w, words);
  draw_words(frame, {rest.x, rest.y + std::max(0.f, rest.h - height) * .42f, rest.w, height}, words);
  return draw_way(frame, way, view.way);
}

}  // namespace halte::kiosk::screens
