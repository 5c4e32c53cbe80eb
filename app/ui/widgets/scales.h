// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "app/ui/frame.h"

namespace halte::ui {

// The order on the glass is chosen per installation and never follows the language by itself.
enum class ScaleOrder { worst_left, best_left };

// Two to five faces with a word below each. Faces are min(0.78 of the pitch, 46 mm), at least 22 mm.
struct FaceScaleView {
  Id id = "face";
  std::span<const std::string_view> labels;  // worst first; as many faces as labels
  int selected = -1;
  ScaleOrder order = ScaleOrder::worst_left;
};
// The answer tapped: 0 is the worst, whatever the order. Registered as "face/0" …
std::optional<int> face_scale(Frame& frame, const Rect& area, const FaceScaleView& view);
Mm face_scale_height(Frame& frame, Mm width, const FaceScaleView& view);

// Keys low … high (0 … 10, 1 … 7, …; low < high), never coloured by score. One row where the pitch is ≥ 15
// mm, else two rows of equal keys. The words for the ends stand under them; with two rows and height for it,
// those of the low end above the first.
struct NumberRowView {
  Id id = "number";
  int low = 0, high = 10;
  std::optional<int> selected;
  std::string_view low_label, high_label;
  ScaleOrder order = ScaleOrder::worst_left;
};
// The number tapped. Registered as "number/0" …
std::optional<int> number_row(Frame& frame, const Rect& area, const NumberRowView& view);
Mm number_row_height(Frame& frame, Mm width, const NumberRowView& view);

struct StarsView {
  Id id = "star";
  int count = 5;
  int selected = 0;  // 0: none yet
  std::string_view low_label, high_label;
};
// 1 … count. Registered as "star/1" …
std::optional<int> stars(Frame& frame, const Rect& area, const StarsView& view);
Mm stars_height(Frame& frame, Mm width, const StarsView& view);

}  // namespace halte::ui
