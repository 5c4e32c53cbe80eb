// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/corner.h"

namespace halte::kiosk::shell {

bool Corner::held(const std::vector<ui::Event>& events, base::Millis now) {
  for (const ui::Event& event : events) {
    const auto* touch = std::get_if<ui::Touch>(&event);
    if (!touch) continue;
    const bool is_inside = touch->at.x < side && touch->at.y < side;
    if (touch->phase == ui::Touch::Phase::down && is_inside) since_ = touch->time;
    if (touch->phase == ui::Touch::Phase::up || !is_inside) since_.reset();
  }
  if (!since_ || now < *since_ + hold) return false;
  since_.reset();
  return true;
}

std::optional<base::Millis> Corner::next_deadline() const {
  if (!since_) return {};
  return *since_ + hold;
}

}  // namespace halte::kiosk::shell
