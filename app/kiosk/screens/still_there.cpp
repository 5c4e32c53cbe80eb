// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {

using namespace ui;

Wish draw_still_there(Frame& frame, const model::StillThereView& view) {
  const Spacing& space = frame.theme.space;
  scrim(frame);
  const Rect safe = frame.display.safe_area();
  Words words{.title = view.title,
              .description = view.detail,
              .style = frame.theme.type.title,
              .least = frame.theme.type.title_least,
              .align = Align::centre,
              .background = frame.theme.palette.card};
  const Mm width = std::min(safe.w, 300.f), inner = width - 2 * space.l;
  const ButtonView finish{.id = "finish", .label = view.finish, .kind = ButtonKind::secondary};
  const ButtonView stay{.id = "stay", .label = view.stay, .kind = ButtonKind::primary};
  const Mm words_h = words_height(frame, inner, words);
  const Mm buttons_h = button_pair_height(frame, inner, finish, stay);
  const Mm fixed = words_h + buttons_h + 2 * space.l + 2 * space.l;
  const Mm radius = std::clamp((safe.h - fixed) / 2, 10.f, 24.f);
  const Rect plate = centred(safe, width, fixed + 2 * radius);
  card(frame, plate);
  Rect rest = inset(plate, space.l);
  const Rect ring = take_top(rest, 2 * radius, space.l);
  const float total = float((view.until - view.since).count());
  const float left = std::clamp(float((view.until - frame.now).count()) / total, 0.f, 1.f);
  countdown_ring(frame, ring.centre(), radius, left, int(left * total / 1000 + .999f));
  frame.wake_at(frame.now + base::Millis{frame.theme.motion == Motion::full ? 100 : 500});
  draw_words(frame, take_top(rest, words_h, space.l), words);
  const auto tapped = button_pair(frame, rest, finish, stay);
  if (!tapped) return {};
  return *tapped == 0 ? model::Intent(model::Finish{}) : model::Intent(model::StillHere{});
}

}  // namespace halte::kiosk::screens
