// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

HeatCell cell_of(const model::HourCell& cell) {
  switch (cell.kind) {
    case model::HourCell::Kind::value: return {HeatCell::Kind::value, cell.value, cell.text};
    case model::HourCell::Kind::too_few: return {HeatCell::Kind::too_few, 0, {}};
    case model::HourCell::Kind::none: break;
  }
  return {};
}

}  // namespace

void draw_hours(Frame& frame, const Rect& area, const model::HoursView& view) {
  const Theme& theme = frame.theme;
  const Mm title = theme.type.label.size * 1.5f;
  const Mm wanted = heat_map_height(theme, 7) + title + theme.space.m + 2 * theme.space.l;
  Rect place = area;
  place = take_top(place, std::min(place.h, std::max(wanted, area.h * .7f)));
  card(frame, place);
  Rect rest = inset(place, theme.space.l);
  put(frame, rest, soft_on_card(frame, view.title, theme.type.label), theme.space.m);
  if (view.days.empty()) {
    frame.label(rest, soft_on_card(frame, view.none, theme.type.body, 4));
    return;
  }
  const std::vector<std::string_view> days(view.days.begin(), view.days.end()),
      hours(view.hours.begin(), view.hours.end());
  std::vector<HeatCell> cells;
  std::ranges::transform(view.cells, std::back_inserter(cells), cell_of);
  heat_map(frame, rest,
           {.rows = days,
            .columns = hours,
            .cells = cells,
            .low = mix(theme.palette.card, theme.palette.accent, .08f),
            // White words keep their 7:1 on the strongest of high contrast.
            .high = mix(theme.palette.card, theme.palette.accent, theme.palette.flat ? .2f : 1.f)});
}

}  // namespace halte::manager::screens
