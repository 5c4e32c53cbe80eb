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

struct Receipt {
  Label sentence, code;
  Mm qr, words;  // side of the plate; width of the words
  Mm sentence_h, height;
};

// The words beside the plate decide how high the card is; where that is more than the room, they get smaller.
Receipt lay_out(Frame& frame, Mm width, Mm room, const model::ThanksView& view) {
  const Theme& theme = frame.theme;
  const Palette& p = theme.palette;
  Receipt r{.sentence = {.text = view.receipt,
                         .style = theme.type.body,
                         .color = p.ink_soft,
                         .background = p.card,
                         .valign = VAlign::top,
                         .max_lines = 9,
                         .least = theme.type.body.size * .7f},
            .code = {.text = view.code,
                     .style = theme.type.heading,
                     .color = p.ink,
                     .background = p.card,
                     .valign = VAlign::top,
                     .least = theme.type.heading.size * .55f,
                     .balanced = true,
                     .whose = Whose::visitor}};
  const Mm inner = width - 2 * theme.space.m;
  r.qr = view.qr ? std::min(qr_side, inner * .4f) : 0;
  r.words = inner - (view.qr ? r.qr + theme.space.l : 0);
  // In two lines, between its groups, where it would get too small to be copied.
  r.code.max_lines = frame.fits(r.words, r.code) ? 1 : 2;
  const Mm least = std::max(theme.type.body.size * .6f, theme.least_text);
  for (;; r.sentence.style.size = std::max(least, r.sentence.style.size * .94f)) {
    r.sentence_h = frame.label_height(r.words, r.sentence);
    const Mm words = r.sentence_h + theme.space.s + frame.label_height(r.words, r.code);
    r.height = std::max(r.qr, words) + 2 * theme.space.m;
    if (r.height <= room || r.sentence.style.size <= least) break;
  }
  return r;
}

void draw_receipt(Frame& frame, const Rect& box, const model::ThanksView& view, const Receipt& r) {
  card(frame, box);
  Rect rest = inset(box, frame.theme.space.m);
  if (view.qr) {
    const Rect place = take_start(rest, r.qr, frame.direction, frame.theme.space.l);
    qr_plate(frame, centred(place, r.qr, r.qr), *view.qr);
  }
  const Mm code_h = frame.label_height(r.words, r.code);
  Rect words = centred(rest, rest.w, r.sentence_h + frame.theme.space.s + code_h);
  frame.label(take_top(words, r.sentence_h, frame.theme.space.s), r.sentence);
  frame.label(words, r.code);
}

ButtonView close_button(const model::ThanksView& view) {
  return {.id = "dismiss", .label = view.close, .kind = ButtonKind::secondary};
}
ButtonView withdraw_button(const model::ThanksView& view) {
  return {.id = "withdraw", .label = view.withdraw, .kind = ButtonKind::secondary};
}
constexpr Mm pair_width = 300;  // beyond it, two buttons are too far apart to be one choice

// Both with their words on one line. Their widths may differ: neither is an answer that the other must
// balance.
struct Row {
  Mm withdraw, close, gap;
  Mm width() const { return withdraw + gap + close; }
};
Row row_of(Frame& frame, const model::ThanksView& view) {
  return {.withdraw = button_width(frame, withdraw_button(view)),
          .close = button_width(frame, close_button(view)),
          .gap = std::max(frame.theme.touch.gap, frame.theme.space.s)};
}

Mm buttons_height(Frame& frame, Mm width, const model::ThanksView& view) {
  if (view.withdraw.empty() || row_of(frame, view).width() <= width) return button_height(frame.theme);
  return button_pair_height(frame, std::min(width, pair_width), withdraw_button(view), close_button(view));
}

std::optional<int> draw_pair(Frame& frame, const Rect& box, const model::ThanksView& view) {
  const Row row = row_of(frame, view);
  if (row.width() > box.w)
    return button_pair(frame, narrowed(box, pair_width), withdraw_button(view), close_button(view));
  const Mm spare = std::max(0.f, std::min(box.w, pair_width) - row.width()) / 2;
  Rect rest = narrowed(box, row.width() + 2 * spare);
  const Rect first = take_start(rest, row.withdraw + spare, frame.direction, row.gap);
  if (button(frame, first, withdraw_button(view))) return 0;
  if (button(frame, rest, close_button(view))) return 1;
  return {};
}

std::optional<model::Intent> draw_buttons(Frame& frame, const Rect& box, const model::ThanksView& view) {
  if (view.withdraw.empty()) {
    if (button(frame, centred(box, std::min(box.w, 110.f), box.h), close_button(view)))
      return model::Dismiss{};
    return {};
  }
  const auto tapped = draw_pair(frame, box, view);
  if (!tapped) return {};
  return *tapped == 0 ? model::Intent(model::WithdrawConsent{}) : model::Intent(model::Dismiss{});
}

}  // namespace

Wish draw_thanks(Frame& frame, const Rect& area, const model::ThanksView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  const Rect buttons = take_bottom(rest, buttons_height(frame, rest.w, view), space.m);
  const bool has_receipt = !view.code.empty(), columns = is_wide(frame) && has_receipt;
  const Words words{.title = view.title,
                    .description = view.withdrawn.empty() ? view.detail : view.withdrawn,
                    .style = is_wide(frame) ? frame.theme.type.title : frame.theme.type.display,
                    .least = frame.theme.type.title_least,
                    .align = Align::centre,
                    .background = frame.theme.palette.background,
                    .title_lines = 2};
  Rect left = rest;
  if (has_receipt) {
    const Mm half = columns ? (rest.w - space.l) * .58f : rest.w;
    const Receipt receipt = lay_out(frame, half, left.h, view);
    const Rect box = columns ? centred(take_end(left, half, frame.direction, space.l), half, receipt.height)
                             : take_bottom(left, receipt.height, space.xl);
    draw_receipt(frame, box, view, receipt);
  }
  const Mm height = words_height(frame, left.w, words);
  const Mm radius = std::clamp((left.h - height - space.l) * .36f, 0.f, 58.f);
  const Mm top = left.y + std::max(0.f, left.h - height - space.l - 2 * radius) * .45f;
  // The face rises once.
  const float risen = frame.entering(base::Millis{80});
  living_face(frame, "thanks", {left.centre().x, top + radius + (1 - risen) * 14}, radius, 2 + risen);
  draw_words(frame, {left.x, top + 2 * radius + space.l, left.w, height}, words);
  return draw_buttons(frame, buttons, view);
}

}  // namespace halte::kiosk::screens
