// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/manager/model/views.h"
#include "app/manager/print/paper.h"
#include "app/ui/theme.h"

// The figures of the sheet as shapes. Each draws below the top of its box, as wide as that, and returns how
// high it became. What a colour says, a length and a word say too: the sheet is read in grey as well.
namespace halte::manager::print {

// How large words are (k) and how much white is between them (air), and the colours of the kiosk in its light
// scheme.
struct Style {
  float k = 1, air = 1;
  ui::Palette palette = ui::palette_of(ui::Scheme::light);

  Type heading() const { return {.size = 3.7f * k, .weight = Weight::semibold, .color = palette.ink}; }
  Type body() const { return {.size = 3.1f * k, .color = palette.ink}; }
  Type small() const { return {.size = 2.7f * k, .color = palette.ink_soft}; }
  Type figure() const {
    return {.size = 3.1f * k,
            .weight = Weight::medium,
            .color = palette.ink,
            .align = Align::end,
            .figure = true};
  }
};

// The score on its scale: a band for the interval, a mark for the value, a ring where it stood before.
Mm draw_scale(Paper& paper, const Rect& box, const model::ScaleView& scale, const Style& style);

// One bar a line: label, bar, figure. `colors` one a bar, or one for all.
Mm draw_bars(Paper& paper, const Rect& box, const std::vector<model::BarLine>& bars,
             const std::vector<Color>& colors, const Style& style);

// The hours of one day side by side, each a column as high as its value; `chart` is the height of a full one.
Mm draw_hours(Paper& paper, const Rect& box, const model::HoursView& hours, Mm chart, const Style& style);

// A small sample of what too few answers look like.
void draw_too_few(Paper& paper, const Rect& box, const Style& style);

}  // namespace halte::manager::print
