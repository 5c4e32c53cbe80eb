// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/icons.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

Icon icon_of(model::Mood mood) {
  switch (mood) {
    case model::Mood::busy: return Icon::clock;
    case model::Mood::sorry: return Icon::warning;
    case model::Mood::closed: return Icon::clock;
    case model::Mood::out_of_service: return Icon::info;
    case model::Mood::not_set_up: return Icon::info;
  }
  return Icon::info;
}

}  // namespace

Wish draw_message(Frame& frame, const Rect& area, const model::MessageView& view) {
  const Spacing& space = frame.theme.space;
  const Palette& p = frame.theme.palette;
  Rect rest = narrowed(area, 340);
  const Rect buttons = view.close.empty() ? Rect{} : take_bottom(rest, button_height(frame.theme), space.m);
  const Words wanted{.title = view.title,
                     .description = view.detail,
                     .style = frame.theme.type.title,
                     .least = frame.theme.type.title_least,
                     .align = Align::centre,
                     .background = p.background};
  const Mm radius = std::clamp(rest.h * .09f, 8.f, 24.f);
  const Words words = fit_words(frame, rest.w, rest.h - space.xl - 2 * radius, wanted);
  const Mm height = words_height(frame, rest.w, words);
  const Mm top = rest.y + std::max(0.f, rest.h - height - space.xl - 2 * radius) * .42f;
  const Point centre{rest.centre().x, top + radius};
  frame.paint.circle(centre, radius, p.tint);
  if (p.flat) frame.paint.stroke_circle(centre, radius, .7f, p.outline);
  icon(frame, icon_of(view.mood), centre, radius * 1.05f,
       view.mood == model::Mood::sorry ? p.error : p.accent);
  draw_words(frame, {rest.x, top + 2 * radius + space.xl, rest.w, height}, words);
  if (!view.close.empty() && button(frame, centred(buttons, std::min(buttons.w, 110.f), buttons.h),
                                    {.id = "dismiss", .label = view.close, .kind = ButtonKind::secondary}))
    return model::Dismiss{};
  return {};
}

}  // namespace halte::kiosk::screens
