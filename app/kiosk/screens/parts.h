// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "app/kiosk/model/views.h"
#include "app/ui/frame.h"
#include "app/ui/layout.h"

namespace halte::kiosk::screens {

// What several screens share: the frame around them, a question, the buttons under it.

bool is_wide(const ui::Frame& frame);      // landscape
bool has_columns(const ui::Frame& frame);  // a large wide panel: question left, answers right

// Content is never wider than an arm's travel.
inline constexpr ui::Mm arms_travel = 420;

struct Words {
  std::string_view title, description;
  ui::TextStyle style;  // of the title
  ui::Mm least = 0;
  ui::Align align = ui::Align::centre;
  ui::Color background;
  int title_lines = 3, description_lines = 4;
  bool is_hint = false;  // the description may go where the glass is too low for it
  float shrink = 1;      // of the description, where the glass is low
};
// The usual question: title size, on the glass itself.
Words question_words(const ui::Frame& frame, const model::QuestionText& question, ui::Align align);
// The title of a sheet that lies over a screen.
Words sheet_words(const ui::Frame& frame, std::string_view title);
// The same, smaller where they would not fit; never below the least size of the title.
Words fit_words(ui::Frame& frame, ui::Mm width, ui::Mm height, Words words);
ui::Mm words_height(ui::Frame& frame, ui::Mm width, const Words& words);
bool title_fits(ui::Frame& frame, ui::Mm width, const Words& words);
// From the top of `box`. Returns the height taken.
ui::Mm draw_words(ui::Frame& frame, const ui::Rect& box, const Words& words);

// Back, Skip and Next, in that order; Skip and Next of one size.
std::optional<model::Intent> draw_way(ui::Frame& frame, const ui::Rect& box, const model::WayView& way);
// Skip above Next, beside a field on a low glass; Back stands before the title there.
std::optional<model::Intent> draw_way_column(ui::Frame& frame, const ui::Rect& box,
                                             const model::WayView& way);
ui::Mm way_column_height(const ui::Theme& theme);
std::optional<model::Intent> draw_titled_back(ui::Frame& frame, ui::Rect box, const Words& words,
                                              const model::WayView& way);
bool is_empty(const model::WayView& way);

// Where a question and its answers stand: side by side on a large landscape panel, else one above the other
// with the answers in the lower part, within reach. `answers_height` is what the answers need.
struct Places {
  ui::Rect question, answers, way;
  ui::Align align;
  Words words;  // as they fit
};
Places place(ui::Frame& frame, const ui::Rect& area, const Words& words, ui::Mm answers_height,
             const model::WayView& way);

}  // namespace halte::kiosk::screens
