// SPDX-License-Identifier: Apache-2.0
#include "app/ui/units.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halte::ui {

namespace {

// The least glass of each class, and of large the usual one.
struct Drawn {
  PanelClass panel;
  Mm longer, shorter;
};
constexpr std::array<Drawn, 3> drawn{{{PanelClass::small, 217.4f, 135.9f},
                                      {PanelClass::medium, 345.3f, 194.2f},
                                      {PanelClass::large, 475.9f, 267.7f}}};

struct Fit {
  PanelClass panel;
  float scale;  // so much larger may everything be
};

Fit fit_of(Mm longer, Mm shorter) {
  const auto scale = [&](const Drawn& d) { return std::min(longer / d.longer, shorter / d.shorter); };
  const Drawn& best =
      *std::ranges::min_element(drawn, {}, [&](const Drawn& d) { return std::abs(std::log(scale(d))); });
  return {best.panel, scale(best)};
}

Fit fit_of(const Display& d) {
  const auto [shorter, longer] = std::minmax(d.width_px, d.height_px);
  const float true_px_per_mm = d.px_per_mm / d.scale;
  return fit_of(float(longer) / true_px_per_mm, float(shorter) / true_px_per_mm);
}

}  // namespace

PanelClass Display::panel() const { return fit_of(*this).panel; }

Display fitted(const Display& measured) {
  const Fit fit = fit_of(measured);
  Display result = measured;
  result.scale = fit.panel == PanelClass::large ? std::min(fit.scale, 1.f) : fit.scale;
  result.px_per_mm = measured.px_per_mm * result.scale;
  return result;
}

Rect Display::usable() const {
  constexpr Mm within_reach = 300, tall = 450, highest = 1100;
  const Rect all = bounds();
  const Mm true_height = all.h * scale;
  Mm top = 0;
  if (above_floor > 0 && true_height > tall)
    top = std::clamp((above_floor + true_height - highest) / scale, 0.f, all.h / 2);
  if (reach && true_height > within_reach) top = all.h / 2;
  return {0, top, all.w, all.h - top};
}

Orientation Display::orientation() const {
  const Rect part = usable();
  return part.h >= part.w ? Orientation::portrait : Orientation::landscape;
}

Rect Display::safe_area() const {
  const Mm margin = bezel / scale + (panel() == PanelClass::small ? 7.f : 12.f);
  const Rect part = usable();
  return {part.x + margin, part.y + margin, std::max(0.f, part.w - 2 * margin),
          std::max(0.f, part.h - 2 * margin)};
}

float px_per_mm(int width_px, int height_px, double diagonal_inches) {
  return static_cast<float>(std::hypot(width_px, height_px) / (diagonal_inches * 25.4));
}

}  // namespace halte::ui
