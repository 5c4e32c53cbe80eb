// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

Label paragraph_label(const Frame& frame, const std::string& text, float shrink) {
  TextStyle style = frame.theme.type.body;
  style.size *= shrink;
  return {.text = text,
          .style = style,
          .color = frame.theme.palette.ink,
          .background = frame.theme.palette.card,
          .valign = VAlign::top,
          .max_lines = 8};
}

Mm paragraphs_height(Frame& frame, Mm width, const model::PrivacyView& view, float shrink) {
  Mm height = -frame.theme.space.m * shrink;
  for (const std::string& text : view.paragraphs)
    height += frame.label_height(width, paragraph_label(frame, text, shrink)) + frame.theme.space.m * shrink;
  return height;
}

}  // namespace

Wish draw_privacy(Frame& frame, const Rect& area, const model::PrivacyView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, 360);
  const Rect buttons = take_bottom(rest, button_height(frame.theme), space.m);
  const Words words{.title = view.title,
                    .description = {},
                    .style = is_wide(frame) ? frame.theme.type.heading : frame.theme.type.title,
                    .least = frame.theme.type.heading.size * .7f,
                    .align = Align::centre,
                    .background = frame.theme.palette.background};
  const Mm pad = is_wide(frame) ? space.m : space.l;
  const Mm height = words_height(frame, rest.w, words), room = rest.h - height - space.l - 2 * pad;
  // Long languages on a small glass: all of it must be there, so it gets smaller.
  float shrink = 1;
  while (shrink > .55f && paragraphs_height(frame, rest.w - 2 * pad, view, shrink) > room) shrink -= .05f;
  const Mm text = paragraphs_height(frame, rest.w - 2 * pad, view, shrink);
  const Mm top = rest.y + std::max(0.f, room - text) * .4f;
  draw_words(frame, {rest.x, top, rest.w, height}, words);
  const Rect plate{rest.x, top + height + space.l, rest.w, text + 2 * pad};
  card(frame, plate);
  Rect lines = inset(plate, pad);
  for (const std::string& paragraph : view.paragraphs) {
    const Label label = paragraph_label(frame, paragraph, shrink);
    frame.label(take_top(lines, frame.label_height(lines.w, label), space.m * shrink), label);
  }
  if (button(frame, centred(buttons, std::min(buttons.w, 110.f), buttons.h),
             {.id = "dismiss", .label = view.close, .kind = ButtonKind::primary}))
    return model::ClosePrivacy{};
  return {};
}

}  // namespace halte::kiosk::screens
