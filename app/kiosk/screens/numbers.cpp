// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/scales.h"

namespace halte::kiosk::screens {

using namespace ui;

Wish draw_numbers(Frame& frame, const Rect& area, const model::NumbersView& view) {
  const bool columns = has_columns(frame);
  const NumberRowView row{.low = view.low,
                          .high = view.high,
                          .selected = view.selected,
                          .low_label = view.low_label,
                          .high_label = view.high_label,
                          .order = view.worst_first ? ScaleOrder::worst_left : ScaleOrder::best_left};
  const Words words = question_words(frame, view.question, columns ? Align::start : Align::centre);
  const Mm width = std::min(area.w, arms_travel);
  const Mm inner = columns ? width * .6f - frame.theme.space.xl : width;
  const Places places = place(frame, area, words, number_row_height(frame, inner, row), view.way);
  draw_words(frame, places.question, places.words);
  Wish wish = draw_way(frame, places.way, view.way);
  if (auto tapped = number_row(frame, places.answers, row))
    wish = model::Choose{std::size_t(*tapped - view.low)};
  return wish;
}

}  // namespace halte::kiosk::screens
