// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

namespace halte::ui {

// Everything a screen or a widget says is in millimetres on the glass, origin top left, y down; on a glass
// between the sizes that screens are drawn for they are larger or smaller ones (Display::scale). Pixels exist
// in Paint, Text and app/platform only. A plain float: the names say the unit.
using Mm = float;
using Px = float;

struct Point {
  Mm x = 0, y = 0;
  friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Point operator*(Point a, float k) { return {a.x * k, a.y * k}; }
  friend constexpr bool operator==(Point, Point) = default;
};

struct Rect {
  Mm x = 0, y = 0, w = 0, h = 0;

  constexpr Mm right() const { return x + w; }
  constexpr Mm bottom() const { return y + h; }
  constexpr Point centre() const { return {x + w / 2, y + h / 2}; }
  constexpr bool empty() const { return w <= 0 || h <= 0; }
  constexpr bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  constexpr bool contains(const Rect& r) const {
    return r.x >= x && r.y >= y && r.right() <= right() && r.bottom() <= bottom();
  }
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

// Whole pixels, origin top left.
struct PixelRect {
  int x = 0, y = 0, w = 0, h = 0;

  constexpr int right() const { return x + w; }
  constexpr int bottom() const { return y + h; }
  constexpr bool empty() const { return w <= 0 || h <= 0; }
  friend constexpr bool operator==(const PixelRect&, const PixelRect&) = default;
};

// Smallest rectangle around both, of either kind; an empty one counts as nothing.
template <class R>
constexpr R unite(const R& a, const R& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  const auto x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}
template <class R>
constexpr R intersect(const R& a, const R& b) {
  const auto x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(decltype(x){0}, std::min(a.right(), b.right()) - x),
          std::max(decltype(y){0}, std::min(a.bottom(), b.bottom()) - y)};
}

enum class Orientation { portrait, landscape };

// The three that screens are drawn for: small is 10.1" (16:10), medium 15.6", large 21.5" and more.
enum class PanelClass { small, medium, large };

enum class Direction { left_to_right, right_to_left };

// The glass. px_per_mm decides every size; screens ask for millimetres and classes only. `bezel` and
// `above_floor` are true millimetres.
struct Display {
  int width_px = 1080;
  int height_px = 1920;
  float px_per_mm = 4.03f;  // 21.5" Full HD
  Mm bezel = 0;             // hidden by a frame around the glass, on each side
  bool reach = false;       // for people who reach no higher than half-way up a tall glass
  Mm above_floor = 0;       // of its lower edge; 0: not known
  float scale = 1;          // a millimetre of the screens is so many true ones

  Rect bounds() const { return {0, 0, width_px / px_per_mm, height_px / px_per_mm}; }
  Mm short_side() const { return static_cast<float>(std::min(width_px, height_px)) / px_per_mm; }
  // The class whose screens stand on this glass with the least change of size.
  PanelClass panel() const;
  // Where words and targets may stand: all of the glass, or its lower half. A glass of at most 300 mm is
  // within reach as a whole. Where a glass taller than 450 mm ends higher than 1100 mm above the floor, which
  // is as far as somebody who sits reaches, it is left empty there, though never more than its upper half.
  Rect usable() const;
  // Of the usable part.
  Orientation orientation() const;
  // The usable part less bezel and the screen's margin (12 mm; 7 mm on a small panel).
  Rect safe_area() const;

  friend bool operator==(const Display&, const Display&) = default;
};

// Of a glass as it was measured (scale 1): its screens as large as they just fit, whole and with no target on
// another. A large glass shows them in true size, with more room around.
Display fitted(const Display& measured);

// px_per_mm of a panel from its resolution and diagonal: sqrt(w² + h²) / (inches · 25.4).
float px_per_mm(int width_px, int height_px, double diagonal_inches);

}  // namespace halte::ui
