// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/icons.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {

using namespace ui;

void draw_blocked(Frame& frame, const model::BlockedView& view) {
  const Spacing& space = frame.theme.space;
  const Palette& p = frame.theme.palette;
  scrim(frame);
  const Rect safe = frame.display.safe_area();
  const Words words{.title = view.title,
                    .description = view.detail,
                    .style = frame.theme.type.title,
                    .least = frame.theme.type.title_least,
                    .align = Align::centre,
                    .background = p.card};
  const Mm width = std::min(safe.w, 300.f), words_h = words_height(frame, width - 2 * space.l, words);
  const Mm radius = std::clamp((safe.h - words_h - 4 * space.l) / 2, 8.f, 20.f);
  const Rect plate = centred(safe, width, words_h + 2 * radius + 3 * space.l);
  card(frame, plate);
  Rect rest = inset(plate, space.l);
  const Point centre = take_top(rest, 2 * radius, space.l).centre();
  frame.paint.circle(centre, radius, p.tint);
  if (p.flat) frame.paint.stroke_circle(centre, radius, .7f, p.outline);
  icon(frame, Icon::info, centre, radius * 1.05f, p.accent);
  draw_words(frame, rest, words);
}

}  // namespace halte::kiosk::screens
