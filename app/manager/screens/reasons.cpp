// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {

using namespace ui;

namespace {

void draw_band(Frame& frame, const Rect& place, const std::string& title,
               const std::vector<model::BarLine>& reasons, const std::string& none, Color color) {
  const Theme& theme = frame.theme;
  card(frame, place);
  Rect rest = inset(place, is_low(frame) ? theme.space.m : theme.space.l);
  put(frame, rest, soft_on_card(frame, title, theme.type.label, 2), theme.space.m);
  if (reasons.empty()) {
    frame.label(rest, soft_on_card(frame, none, theme.type.body, 4));
    return;
  }
  std::vector<BarView> bars;
  for (const model::BarLine& line : reasons)
    bars.push_back({line.label, line.figure, line.share, line.low, line.high, color});
  // No more than stand there legibly; the table has them all.
  while (bars.size() > 1 && bar_list_height(theme, int(bars.size())) > rest.h) bars.pop_back();
  // A label may need two lines.
  bar_list(frame, take_top(rest, std::min(rest.h, bar_list_height(theme, int(bars.size())) * 1.5f)), bars);
}

}  // namespace

void draw_reasons(Frame& frame, const Rect& area, const model::ReasonsView& view) {
  const Palette& p = frame.theme.palette;
  // A bar beside its words needs the width of a low glass.
  const bool beside = is_wide(frame) && !is_low(frame);
  auto places =
      beside ? split_columns(area, 2, frame.theme.space.m) : split_rows(area, 2, frame.theme.space.m);
  if (beside && frame.is_rtl()) std::ranges::reverse(places);
  draw_band(frame, places[0], view.happy, view.happy_reasons, view.none, p.faces.back());
  draw_band(frame, places[1], view.unhappy, view.unhappy_reasons, view.none, p.faces.front());
}

}  // namespace halte::manager::screens
