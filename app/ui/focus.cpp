// SPDX-License-Identifier: Apache-2.0
#include "app/ui/focus.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace halte::ui {
namespace {

using Order = std::vector<const Element*>;

Order::const_iterator place_of(const Order& order, const std::string& id) {
  return std::ranges::find(order, id, [](const Element* e) -> const std::string& { return e->id; });
}

// Rows count for more than columns: down means the next row, however far to the side it begins.
float distance(const Element& from, const Element& to, float way) {
  const Point a = from.rect_mm.centre(), b = to.rect_mm.centre();
  const float down = (b.y - a.y) * way;
  const float half = std::min(from.rect_mm.h, to.rect_mm.h) / 2;
  return down > half ? 4 * down + std::fabs(b.x - a.x) : std::numeric_limits<float>::infinity();
}

}  // namespace

Order focus_order(const Registry& registry) {
  Order order;
  for (const Element& element : reachable(registry))
    if (element.enabled && element.role != Role::image) order.push_back(&element);
  return order;
}

std::optional<Element> Focus::follow(const std::vector<Event>& events, const Registry& seen,
                                     Direction direction) {
  std::optional<Element> tapped;
  const int ahead = direction == Direction::right_to_left ? -1 : 1;
  for (const Event& event : events) {
    const auto* key = std::get_if<Key>(&event);
    if (key == nullptr) {
      clear();
      continue;
    }
    switch (key->code) {
      case Key::Code::right: step(seen, ahead); break;
      case Key::Code::left: step(seen, -ahead); break;
      case Key::Code::down: climb(seen, 1); break;
      case Key::Code::up: climb(seen, -1); break;
      case Key::Code::ok:
        if (const Element* at = seen.find(id_); at != nullptr && at->enabled) tapped = *at;
        break;
      case Key::Code::repeat:
      case Key::Code::louder:
      case Key::Code::softer:
      case Key::Code::faster:
      case Key::Code::slower: break;
    }
  }
  return tapped;
}

void Focus::step(const Registry& seen, int by) {
  const Order order = focus_order(seen);
  if (order.empty()) return clear();
  const auto here = place_of(order, id_);
  const auto count = static_cast<int>(order.size());
  const int from = here != order.end() ? static_cast<int>(here - order.begin()) : by > 0 ? -1 : count;
  id_ = order[static_cast<std::size_t>((from + by + count) % count)]->id;
}

void Focus::climb(const Registry& seen, float way) {
  const Order order = focus_order(seen);
  const auto here = place_of(order, id_);
  if (here == order.end()) return step(seen, way > 0 ? 1 : -1);
  const auto nearest =
      std::ranges::min_element(order, {}, [&](const Element* to) { return distance(**here, *to, way); });
  if (std::isfinite(distance(**here, **nearest, way))) id_ = (*nearest)->id;
}

}  // namespace halte::ui
