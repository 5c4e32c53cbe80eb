// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/ui/units.h"

namespace halte::ui {

// Rectangles are cut off a rest: `const Rect header = take_top(rest, 30);`. No state, no tree.
// Taking more than there is gives all of it and leaves an empty rest.
Rect take_top(Rect& rest, Mm height, Mm gap = 0);
Rect take_bottom(Rect& rest, Mm height, Mm gap = 0);
Rect take_left(Rect& rest, Mm width, Mm gap = 0);
Rect take_right(Rect& rest, Mm width, Mm gap = 0);
// The side where reading starts, or ends.
Rect take_start(Rect& rest, Mm width, Direction direction, Mm gap = 0);
Rect take_end(Rect& rest, Mm width, Direction direction, Mm gap = 0);

Rect inset(const Rect& r, Mm by);
Rect inset(const Rect& r, Mm horizontal, Mm vertical);
Rect grow(const Rect& r, Mm by);
Rect square(Point centre, Mm half_side);

// n ≥ 1 equal parts with a gap between.
std::vector<Rect> split_columns(const Rect& r, int n, Mm gap = 0);
std::vector<Rect> split_rows(const Rect& r, int n, Mm gap = 0);

// A box of this size in the middle of r; larger than r is allowed and sticks out evenly.
Rect centred(const Rect& r, Mm width, Mm height);
// At most this wide, centred: content is never wider than 420 mm (arm's travel).
Rect narrowed(const Rect& r, Mm most);
// The mirror image of `inner` inside `outer` for right to left, itself otherwise.
Rect mirrored(const Rect& inner, const Rect& outer, Direction direction);

// Boxes of given widths in rows from the start, wrapped where the next does not fit; a box wider than the
// area is cut to it. Rows keep their place for right to left, boxes run from the right.
struct Flow {
  std::vector<Rect> boxes;
  Mm height = 0;
};
Flow flow(const Rect& area, const std::vector<Mm>& widths, Mm box_height, Mm gap, Direction direction,
          bool centre_rows = false);

}  // namespace halte::ui
