// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>
#include <vector>

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

using Paragraphs = std::span<const std::string>;

Mm paragraphs_height(Frame& frame, Mm width, Paragraphs paragraphs, float shrink) {
  Mm height = -frame.theme.space.m * shrink;
  for (const std::string& text : paragraphs)
    height += frame.label_height(width, paragraph_label(frame, text, shrink)) + frame.theme.space.m * shrink;
  return height;
}

// In large letters, which may not get smaller, the paragraphs are laid on as many pages as they need.
std::vector<Paragraphs> pages_of(Frame& frame, Mm width, Mm room, Paragraphs all, float shrink) {
  std::vector<Paragraphs> pages;
  while (!all.empty()) {
    std::size_t count = 1;
    while (count < all.size() && paragraphs_height(frame, width, all.first(count + 1), shrink) <= room)
      ++count;
    pages.push_back(all.first(count));
    all = all.subspan(count);
  }
  return pages;
}

Wish draw_buttons(Frame& frame, const Rect& box, const model::PrivacyView& view, int page, int pages) {
  const ButtonView close{.id = "dismiss", .label = view.close, .kind = ButtonKind::primary};
  if (pages == 1) {
    if (button(frame, centred(box, std::min(box.w, 110.f), box.h), close)) return model::CloseSheet{};
    return {};
  }
  const ButtonView next{.id = "next", .label = view.next, .kind = ButtonKind::secondary};
  const auto tapped = button_pair(frame, narrowed(box, 240), next, close);
  if (!tapped) return {};
  return *tapped == 0 ? model::Intent(model::TurnSheet{(page + 1) % pages})
                      : model::Intent(model::CloseSheet{});
}

}  // namespace

Wish draw_privacy(Frame& frame, const Rect& area, const model::PrivacyView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, 360);
  const Rect buttons = take_bottom(rest, button_height(frame.theme), space.m);
  const Words words = sheet_words(frame, view.title);
  const Mm pad = is_wide(frame) ? space.m : space.l, width = rest.w - 2 * pad;
  const Mm height = words_height(frame, rest.w, words), room = rest.h - height - space.l - 2 * pad;
  float shrink = 1;
  const bool may_shrink = frame.theme.least_text == 0;
  while (may_shrink && shrink > .55f && paragraphs_height(frame, width, view.paragraphs, shrink) > room)
    shrink -= .05f;
  const auto pages = pages_of(frame, width, room, view.paragraphs, shrink);
  const int page = std::min(view.page, int(pages.size()) - 1);
  const Paragraphs shown = pages[std::size_t(page)];
  const Mm text = paragraphs_height(frame, width, shown, shrink);
  const Mm top = rest.y + std::max(0.f, room - text) * .4f;
  draw_words(frame, {rest.x, top, rest.w, height}, words);
  const Rect plate{rest.x, top + height + space.l, rest.w, text + 2 * pad};
  card(frame, plate);
  Rect lines = inset(plate, pad);
  for (const std::string& paragraph : shown) {
    const Label label = paragraph_label(frame, paragraph, shrink);
    frame.label(take_top(lines, frame.label_height(lines.w, label), space.m * shrink), label);
  }
  return draw_buttons(frame, buttons, view, page, int(pages.size()));
}

}  // namespace halte::kiosk::screens
