// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/face.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

constexpr Mm qr_side = 62;  // read from half a metre: a tenth of it and the quiet zone

void draw_receipt(Frame& frame, const Rect& box, const model::ThanksView& view) {
  card(frame, box);
  Rect rest = inset(box, frame.theme.space.m);
  const Palette& p = frame.theme.palette;
  if (view.qr) {
    const Mm side = std::min({qr_side, rest.h, rest.w * .45f});
    const Rect place = take_start(rest, side, frame.direction, frame.theme.space.l);
    qr_plate(frame, centred(place, side, side), *view.qr);
  }
  const Label sentence{.text = view.receipt,
                       .style = frame.theme.type.body,
                       .color = p.ink_soft,
                       .background = p.card,
                       .valign = VAlign::top,
                       .max_lines = 4,
                       .least = frame.theme.type.body.size * .6f};
  TextStyle digits = frame.theme.type.heading;
  digits.tracking = .02f;
  const Mm code_h = digits.size * 1.35f, words_h = frame.label_height(rest.w, sentence);
  Rect words = centred(rest, rest.w, std::min(rest.h, words_h + frame.theme.space.s + code_h));
  frame.label(take_top(words, words_h, frame.theme.space.s), sentence);
  frame.label(words, {.text = view.code,
                      .style = digits,
                      .color = p.ink,
                      .background = p.card,
                      .valign = VAlign::top,
                      .least = digits.size * .45f});
}

std::optional<model::Intent> draw_buttons(Frame& frame, const Rect& box, const model::ThanksView& view) {
  const ButtonView close{.id = "dismiss", .label = view.close, .kind = ButtonKind::secondary};
  if (view.withdraw.empty()) {
    if (button(frame, centred(box, std::min(box.w, 110.f), button_height(frame.theme)), close))
      return model::Dismiss{};
    return {};
  }
  const ButtonView withdraw{.id = "withdraw", .label = view.withdraw, .kind = ButtonKind::secondary};
  const auto tapped = button_pair(frame, narrowed(box, 300), withdraw, close);
  if (!tapped) return {};
  return *tapped == 0 ? model::Intent(model::WithdrawConsent{}) : model::Intent(model::Dismiss{});
}

}  // namespace

Wish draw_thanks(Frame& frame, const Rect& area, const model::ThanksView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  const Rect buttons = take_bottom(rest, button_height(frame.theme), space.m);
  const bool has_receipt = !view.code.empty(), columns = is_wide(frame) && has_receipt;
  const Words words{.title = view.title,
                    .description = view.withdrawn.empty() ? view.detail : view.withdrawn,
                    .style = frame.theme.type.display,
                    .least = frame.theme.type.display_least,
                    .align = Align::centre,
                    .background = frame.theme.palette.background,
                    .title_lines = 2};
  Rect left = rest;
  if (has_receipt) {
    const Mm tall = std::min(qr_side + 2 * space.m, rest.h);
    const Mm half = (rest.w - space.xl) / 2;
    if (columns)
      draw_receipt(frame, centred(take_end(left, half, frame.direction, space.xl), half, tall), view);
    else
      draw_receipt(frame, take_bottom(left, tall, space.xl), view);
  }
  const Mm height = words_height(frame, left.w, words);
  const Mm radius = std::clamp((left.h - height - space.l) * .36f, 12.f, 58.f);
  const Mm top = left.y + std::max(0.f, left.h - height - space.l - 2 * radius) * .45f;
  // The face rises once.
  const float risen = frame.entering(base::Millis{80});
  living_face(frame, "thanks", {left.centre().x, top + radius + (1 - risen) * 14}, radius, 2 + 1.6f * risen);
  draw_words(frame, {left.x, top + 2 * radius + space.l, left.w, height}, words);
  return draw_buttons(frame, buttons, view);
}

}  // namespace halte::kiosk::screens
