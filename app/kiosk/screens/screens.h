// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "app/kiosk/model/views.h"
#include "app/ui/frame.h"

namespace halte::kiosk::screens {

// Draws the whole glass and says what the visitor did, if anything. A pure function of its arguments: no
// state, no clock, no I/O. Each body has a function and a file of its own; `area` is what header and footer
// leave.
std::optional<model::Intent> draw(ui::Frame& frame, const model::View& view);

using Wish = std::optional<model::Intent>;
Wish draw_rate(ui::Frame& frame, const ui::Rect& area, const model::RateView& view);
Wish draw_chips(ui::Frame& frame, const ui::Rect& area, const model::ChipsView& view);
Wish draw_numbers(ui::Frame& frame, const ui::Rect& area, const model::NumbersView& view);
Wish draw_stars(ui::Frame& frame, const ui::Rect& area, const model::StarsView& view);
Wish draw_writing(ui::Frame& frame, const ui::Rect& area, const model::WritingView& view);
Wish draw_statement(ui::Frame& frame, const ui::Rect& area, const model::StatementView& view);
Wish draw_decision(ui::Frame& frame, const ui::Rect& area, const model::DecisionView& view);
Wish draw_purposes(ui::Frame& frame, const ui::Rect& area, const model::PurposesView& view);
Wish draw_contact(ui::Frame& frame, const ui::Rect& area, const model::ContactView& view);
Wish draw_thanks(ui::Frame& frame, const ui::Rect& area, const model::ThanksView& view);
Wish draw_message(ui::Frame& frame, const ui::Rect& area, const model::MessageView& view);
Wish draw_privacy(ui::Frame& frame, const ui::Rect& area, const model::PrivacyView& view);
Wish draw_aids(ui::Frame& frame, const ui::Rect& area, const model::AidsView& view);
void draw_blocked(ui::Frame& frame, const model::BlockedView& view);
Wish draw_still_there(ui::Frame& frame, const model::StillThereView& view);

}  // namespace halte::kiosk::screens
