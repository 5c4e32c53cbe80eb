// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "app/ui/damage.h"

struct ImDrawList;

// Internal to Paint: what it has drawn, shape by shape, and the same cut down to a few rectangles.
namespace halte::ui {

// Where a shape of the list begins.
struct DrawMark {
  int vertex = 0, index = 0;
};

std::vector<Stroke> strokes_of(const ImDrawList& list, std::span<const DrawMark> marks);

// Leaves of the list's commands what draws into `parts`. `marks` and `strokes` as of strokes_of().
void cut(ImDrawList& list, std::span<const DrawMark> marks, std::span<const Stroke> strokes,
         std::span<const PixelRect> parts);

}  // namespace halte::ui
