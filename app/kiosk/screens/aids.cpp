// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

std::vector<SwitchRowView> switches(const model::AidsView& view) {
  std::vector<SwitchRowView> rows;
  for (std::size_t i = 0; i < view.aids.size(); ++i)
    rows.push_back({.id = Id("aid").at(int(i)), .label = view.aids[i].label, .on = view.aids[i].on});
  return rows;
}

}  // namespace

Wish draw_aids(Frame& frame, const Rect& area, const model::AidsView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, 360);
  const Rect buttons = take_bottom(rest, button_height(frame.theme), space.m);
  const Words words = sheet_words(frame, view.title);
  const std::vector<SwitchRowView> rows = switches(view);
  const int columns = is_wide(frame) ? 2 : 1, lines = (int(rows.size()) + columns - 1) / columns;
  const Mm pad = space.m, width = (rest.w - 2 * pad - space.xl * float(columns - 1)) / float(columns);
  Mm tall = frame.theme.touch.secondary;
  for (const SwitchRowView& row : rows) tall = std::max(tall, switch_row_height(frame, width, row));
  const Mm title = words_height(frame, rest.w, words), room = rest.h - title - space.l - 2 * pad;
  const Mm gap = std::clamp((room - tall * float(lines)) / float(lines - 1), frame.theme.touch.gap, space.m);
  const Mm plate_h = tall * float(lines) + gap * float(lines - 1) + 2 * pad;
  const Mm top = rest.y + std::max(0.f, rest.h - title - space.l - plate_h) * .4f;
  draw_words(frame, {rest.x, top, rest.w, title}, words);
  const Rect plate{rest.x, top + title + space.l, rest.w, plate_h};
  card(frame, plate);
  Wish wish;
  auto halves = split_columns(inset(plate, pad), columns, space.xl);
  if (frame.is_rtl()) std::ranges::reverse(halves);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto lines_of_half = split_rows(halves[i / std::size_t(lines)], lines, gap);
    if (switch_row(frame, lines_of_half[i % std::size_t(lines)], rows[i]))
      wish = model::SwitchAid{view.aids[i].aid};
  }
  if (button(frame, centred(buttons, std::min(buttons.w, 110.f), buttons.h),
             {.id = "dismiss", .label = view.close, .kind = ButtonKind::primary}))
    wish = model::CloseSheet{};
  return wish;
}

}  // namespace halte::kiosk::screens
