// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/ui/units.h"

namespace halte::ui {

// One shape of a picture: the pixels it may touch, and a fingerprint of all that decides them.
struct Stroke {
  PixelRect box;
  std::uint64_t print = 0;
};

// Where two pictures of `glass` differ, as a few rectangles that cover every difference and do not overlap:
// what is translucent must not be drawn twice. Empty: they are the same. The strokes stand in the order in
// which they were drawn, and one that moved to another place in the order counts as a difference.
std::vector<PixelRect> damage(std::span<const Stroke> before, std::span<const Stroke> now,
                              const PixelRect& glass);

}  // namespace halte::ui
