// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {

using namespace ui;

namespace {

// The whole text stands on the glass; its first sentence is set larger.
std::pair<std::string_view, std::string_view> first_sentence(std::string_view text) {
  const std::size_t end = text.find(". ");
  if (end == text.npos) return {text, {}};
  return {text.substr(0, end + 1), text.substr(end + 2)};
}

}  // namespace

Wish draw_purposes(Frame& frame, const Rect& area, const model::PurposesView& view) {
  const Spacing& space = frame.theme.space;
  const bool columns = has_columns(frame);
  Words words = question_words(frame, view.question, columns ? Align::start : Align::centre);
  const Mm width = std::min(area.w, arms_travel);
  const Mm inner = (columns ? width * .6f - space.xl : width) - 2 * space.m;
  std::vector<SwitchRowView> rows;
  Mm height = 2 * space.m + space.s * float(view.purposes.size() - 1);
  for (std::size_t i = 0; i < view.purposes.size(); ++i) {
    const auto [label, detail] = first_sentence(view.purposes[i].label);
    rows.push_back(
        {.id = Id("purpose").at(int(i)), .label = label, .detail = detail, .on = view.purposes[i].on});
    height += switch_row_height(frame, inner, rows.back());
  }
  const Places places = place(frame, area, words, height, view.way);
  draw_words(frame, places.question, places.words);
  Wish wish = draw_way(frame, places.way, view.way);
  card(frame, places.answers);
  Rect rest = inset(places.answers, space.m);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Rect row = take_top(rest, switch_row_height(frame, rest.w, rows[i]), space.s);
    if (switch_row(frame, row, rows[i])) wish = model::SwitchPurpose{view.purposes[i].purpose};
  }
  return wish;
}

}  // namespace halte::kiosk::screens
