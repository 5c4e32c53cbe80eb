// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "app/manager/model/views.h"
#include "app/ui/frame.h"
#include "app/ui/layout.h"

namespace halte::manager::screens {

// Draws the whole glass of the staff's view and says what the manager did, if anything. A pure function of
// its arguments, as the visitors' screens are. Each body has a function and a file of its own; `area` is what
// header and pages leave.
using Wish = std::optional<model::Intent>;
Wish draw(ui::Frame& frame, const model::View& view);

Wish draw_lock(ui::Frame& frame, const ui::Rect& area, const model::LockView& view);
void draw_scores(ui::Frame& frame, const ui::Rect& area, const model::ScoresView& view);
void draw_hours(ui::Frame& frame, const ui::Rect& area, const model::HoursView& view);
void draw_reasons(ui::Frame& frame, const ui::Rect& area, const model::ReasonsView& view);
Wish draw_list(ui::Frame& frame, const ui::Rect& area, const model::ListView& view);
Wish draw_code(ui::Frame& frame, const ui::Rect& area, const model::CodeView& view);
Wish draw_table(ui::Frame& frame, const ui::Rect& area, const model::TableView& view);

// Shared by the bodies.
bool is_wide(const ui::Frame& frame);
bool is_low(const ui::Frame& frame);    // a tablet lying across
bool is_tight(const ui::Frame& frame);  // that, or any small glass
// A label on a card: one line that shrinks, or up to `lines`.
ui::Label on_card(const ui::Frame& frame, std::string_view text, const ui::TextStyle& style, int lines = 1);
ui::Label soft_on_card(const ui::Frame& frame, std::string_view text, const ui::TextStyle& style,
                       int lines = 1);
// From the top of `rest`, as high as it needs; left out where there is no room, since the table says it too.
void put(ui::Frame& frame, ui::Rect& rest, const ui::Label& label, ui::Mm gap);

}  // namespace halte::manager::screens
