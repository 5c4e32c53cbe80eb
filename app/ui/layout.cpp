// SPDX-License-Identifier: Apache-2.0
#include "app/ui/layout.h"

#include <algorithm>

namespace halte::ui {

Rect take_top(Rect& rest, Mm height, Mm gap) {
  const Mm taken = std::clamp(height, 0.f, rest.h);
  const Rect part{rest.x, rest.y, rest.w, taken};
  const Mm used = std::min(taken + gap, rest.h);
  rest = {rest.x, rest.y + used, rest.w, rest.h - used};
  return part;
}

Rect take_bottom(Rect& rest, Mm height, Mm gap) {
  const Mm taken = std::clamp(height, 0.f, rest.h);
  const Rect part{rest.x, rest.bottom() - taken, rest.w, taken};
  rest.h -= std::min(taken + gap, rest.h);
  return part;
}

Rect take_left(Rect& rest, Mm width, Mm gap) {
  const Mm taken = std::clamp(width, 0.f, rest.w);
  const Rect part{rest.x, rest.y, taken, rest.h};
  const Mm used = std::min(taken + gap, rest.w);
  rest = {rest.x + used, rest.y, rest.w - used, rest.h};
  return part;
}

Rect take_right(Rect& rest, Mm width, Mm gap) {
  const Mm taken = std::clamp(width, 0.f, rest.w);
  const Rect part{rest.right() - taken, rest.y, taken, rest.h};
  rest.w -= std::min(taken + gap, rest.w);
  return part;
}

Rect take_start(Rect& rest, Mm width, Direction direction, Mm gap) {
  return direction == Direction::left_to_right ? take_left(rest, width, gap) : take_right(rest, width, gap);
}

Rect take_end(Rect& rest, Mm width, Direction direction, Mm gap) {
  return direction == Direction::left_to_right ? take_right(rest, width, gap) : take_left(rest, width, gap);
}

Rect inset(const Rect& r, Mm by) { return inset(r, by, by); }

Rect inset(const Rect& r, Mm horizontal, Mm vertical) {
  const Mm dx = std::min(horizontal, r.w / 2), dy = std::min(vertical, r.h / 2);
  return {r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy};
}

Rect grow(const Rect& r, Mm by) { return {r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by}; }
Rect square(Point centre, Mm half_side) {
  return {centre.x - half_side, centre.y - half_side, 2 * half_side, 2 * half_side};
}

std::vector<Rect> split_columns(const Rect& r, int n, Mm gap) {
  std::vector<Rect> parts;
  parts.reserve(static_cast<std::size_t>(n));
  const Mm width = (r.w - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
  for (int i = 0; i < n; ++i) parts.push_back({r.x + static_cast<float>(i) * (width + gap), r.y, width, r.h});
  return parts;
}

std::vector<Rect> split_rows(const Rect& r, int n, Mm gap) {
  std::vector<Rect> parts;
  parts.reserve(static_cast<std::size_t>(n));
  const Mm height = (r.h - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
  for (int i = 0; i < n; ++i)
    parts.push_back({r.x, r.y + static_cast<float>(i) * (height + gap), r.w, height});
  return parts;
}

Rect centred(const Rect& r, Mm width, Mm height) {
  return {r.x + (r.w - width) / 2, r.y + (r.h - height) / 2, width, height};
}

Rect narrowed(const Rect& r, Mm most) { return r.w <= most ? r : centred(r, most, r.h); }

Rect mirrored(const Rect& inner, const Rect& outer, Direction direction) {
  if (direction == Direction::left_to_right) return inner;
  return {outer.x + outer.right() - inner.right(), inner.y, inner.w, inner.h};
}

Flow flow(const Rect& area, const std::vector<Mm>& widths, Mm box_height, Mm gap, Direction direction,
          bool centre_rows) {
  Flow result;
  result.boxes.reserve(widths.size());
  Mm x = area.x, y = area.y;
  std::size_t row_start = 0;
  const auto end_row = [&] {
    const Mm spare = area.right() - (x - gap);
    for (std::size_t i = row_start; centre_rows && i < result.boxes.size(); ++i)
      result.boxes[i].x += spare / 2;
    row_start = result.boxes.size();
  };
  for (const Mm wanted : widths) {
    const Mm width = std::min(wanted, area.w);
    // A hair of tolerance: a row that fits exactly must not wrap by a rounding error.
    if (x > area.x && x + width > area.right() + 0.01f) {
      end_row();
      x = area.x;
      y += box_height + gap;
    }
    result.boxes.push_back({x, y, width, box_height});
    x += width + gap;
  }
  end_row();
  for (Rect& box : result.boxes) box = mirrored(box, area, direction);
  result.height = widths.empty() ? 0 : y + box_height - area.y;
  return result;
}

}  // namespace halte::ui
