// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/scales.h"

namespace halte::kiosk::screens {

using namespace ui;

Wish draw_stars(Frame& frame, const Rect& area, const model::StarsView& view) {
  const bool columns = has_columns(frame);
  const ui::StarsView row{.count = view.count,
                          .selected = view.selected,
                          .low_label = view.low_label,
                          .high_label = view.high_label};
  const Words words = question_words(frame, view.question, columns ? Align::start : Align::centre);
  const Mm width = std::min(area.w, arms_travel);
  const Mm inner = columns ? width * .6f - frame.theme.space.xl : width;
  const Places places = place(frame, area, words, stars_height(frame, inner, row), view.way);
  draw_words(frame, places.question, places.words);
  Wish wish = draw_way(frame, places.way, view.way);
  if (auto tapped = stars(frame, places.answers, row)) wish = model::Choose{std::size_t(*tapped - 1)};
  return wish;
}

}  // namespace halte::kiosk::screens
