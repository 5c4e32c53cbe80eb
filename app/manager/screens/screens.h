// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

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
Wish draw_settings(ui::Frame& frame, const ui::Rect& area, const model::SettingsView& view);
Wish draw_form(ui::Frame& frame, const ui::Rect& area, const model::FormView& view);
Wish draw_approval(ui::Frame& frame, const ui::Rect& area, const model::ApprovalView& view);
Wish draw_measure(ui::Frame& frame, const ui::Rect& area, const model::MeasureView& view);
Wish draw_touch_test(ui::Frame& frame, const ui::Rect& area, const model::TouchTestView& view);
Wish draw_table(ui::Frame& frame, const ui::Rect& area, const model::TableView& view);

// Shared by the bodies.
bool is_wide(const ui::Frame& frame);
bool is_low(const ui::Frame& frame);    // a tablet lying across
bool is_tight(const ui::Frame& frame);  // that, or any small glass
// A label on a card: one line that shrinks, or up to `lines`.
ui::Label on_card(const ui::Frame& frame, std::string_view text, const ui::TextStyle& style, int lines = 1);
ui::Label soft_on_card(const ui::Frame& frame, std::string_view text, const ui::TextStyle& style,
                       int lines = 1);
// A label on the glass itself, up to `lines`.
ui::Label on_glass(const ui::Frame& frame, std::string_view text, const ui::TextStyle& style, ui::Color color,
                   int lines = 1);
// Buttons of equal width in a row, from where reading starts. `repeats`: quick taps in a row are all meant.
Wish draw_row(ui::Frame& frame, const ui::Rect& place, std::span<const model::ActionView> actions,
              bool repeats = false);
// Buttons in a row, or below each other on a tall glass that has the height; and how high they are together.
Wish draw_actions(ui::Frame& frame, const ui::Rect& place, const std::vector<model::ActionView>& actions);
ui::Mm actions_height(const ui::Frame& frame, int count);
// What the last button brought, from the bottom of `rest`.
void draw_said(ui::Frame& frame, ui::Rect& rest, const std::string& said, bool is_trouble);
// Words and their value, on one line.
void draw_fact(ui::Frame& frame, ui::Rect row, const model::FactView& fact);
// In a low row one line, as small as it has to be.
ui::Label fit_row(ui::Label label, ui::Mm row);
// From the top of `rest`, as high as it needs; left out where there is no room, since the table says it too.
void put(ui::Frame& frame, ui::Rect& rest, const ui::Label& label, ui::Mm gap);

}  // namespace halte::manager::screens
