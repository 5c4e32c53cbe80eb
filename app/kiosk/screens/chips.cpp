// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/face.h"

namespace halte::kiosk::screens {

using namespace ui;

Wish draw_chips(Frame& frame, const Rect& area, const model::ChipsView& view) {
  const Spacing& space = frame.theme.space;
  const bool columns = has_columns(frame);
  std::vector<ChipView> chips;
  for (std::size_t i = 0; i < view.labels.size(); ++i) chips.push_back({view.labels[i], view.selected[i]});
  const ChipGroupView group{.chips = chips, .centred = !columns, .single = view.single};

  Words words = question_words(frame, view.question, columns ? Align::start : Align::centre);
  words.is_hint = true;
  const Mm width = std::min(area.w, arms_travel);
  const Mm height = chip_group_height(frame, columns ? width * .6f - space.xl : width, group);
  Places places = place(frame, area, words, height, view.way);

  // The face given before looks on, where there is room for it: clear of the header, and in columns with the
  // question a little lower, so that the two stand in the middle together.
  if (columns && view.mood)
    places.question.y += std::clamp(places.way.y - places.question.bottom() - space.xl, 0.f, 16.f);
  const Mm above = places.question.y - area.y;
  const Mm radius = std::min(30.f, (above - space.l - space.m) / 2);
  if (view.mood && radius > 11) {
    const Mm x = columns ? (frame.is_rtl() ? places.question.right() - radius : places.question.x + radius)
                         : places.question.centre().x;
    living_face(frame, "hero", {x, places.question.y - space.l - radius}, radius, *view.mood);
  }
  draw_words(frame, places.question, places.words);
  Wish wish = draw_way(frame, places.way, view.way);
  if (auto tapped = chip_group(frame, places.answers, group)) wish = model::Choose{std::size_t(*tapped)};
  return wish;
}

}  // namespace halte::kiosk::screens
