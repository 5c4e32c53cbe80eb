// SPDX-License-Identifier: Apache-2.0
#include "app/ui/units.h"

#include <cmath>

namespace halte::ui {

PanelClass Display::panel() const {
  if (short_side() < 150) return PanelClass::small;
  return short_side() <= 240 ? PanelClass::medium : PanelClass::large;
}

Rect Display::usable() const {
  constexpr Mm within_reach = 300, tall = 450, highest = 1100;
  const Rect all = bounds();
  Mm top = 0;
  if (above_floor > 0 && all.h > tall) top = std::clamp(above_floor + all.h - highest, 0.f, all.h / 2);
  if (reach && all.h > within_reach) top = all.h / 2;
  return {0, top, all.w, all.h - top};
}

Orientation Display::orientation() const {
  const Rect part = usable();
  return part.h >= part.w ? Orientation::portrait : Orientation::landscape;
}

Rect Display::safe_area() const {
  const Mm margin = bezel + (panel() == PanelClass::small ? 7.f : 12.f);
  const Rect part = usable();
  return {part.x + margin, part.y + margin, std::max(0.f, part.w - 2 * margin),
          std::max(0.f, part.h - 2 * margin)};
}

float px_per_mm(int width_px, int height_px, double diagonal_inches) {
  return static_cast<float>(std::hypot(width_px, height_px) / (diagonal_inches * 25.4));
}

}  // namespace halte::ui
