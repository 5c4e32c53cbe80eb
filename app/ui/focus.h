// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/input.h"
#include "app/ui/registry.h"

namespace halte::ui {

// What keys can reach, in the order of left and right: as it was drawn, without what cannot be tapped.
std::vector<const Element*> focus_order(const Registry& registry);

// Where a visitor stands who uses keys instead of the glass. Right and left go to the next and the one
// before, in the language's direction, and round; up and down to the nearest in the row above or below; OK
// taps. Nothing has the focus until the first key, after another screen, and after a touch.
class Focus {
 public:
  // What the events did on the picture they were meant for. Returns what OK tapped.
  std::optional<Element> follow(const std::vector<Event>& events, const Registry& seen, Direction direction);
  void clear() { id_.clear(); }
  const std::string& id() const { return id_; }

 private:
  void step(const Registry& seen, int by);
  void climb(const Registry& seen, float way);
  std::string id_;
};

}  // namespace halte::ui
