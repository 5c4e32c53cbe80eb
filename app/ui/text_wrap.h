// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/units.h"

namespace halte::ui {

// Where lines end, from the advance of each code point alone: pure, so that it can be tested with numbers.
struct LineRange {
  std::size_t begin, end;    // code points, spaces at the end left out
  bool hyphen = false;       // ends at a soft hyphen: a hyphen is shown
  bool broken_word = false;  // ends between letters because the word is wider than the line
};

struct WrapInput {
  std::u32string_view text;
  const std::vector<Px>& advances;  // one for each code point; 0 for soft hyphens and the like
  Px hyphen_width;
  Px width;
};
// Greedy; breaks after spaces, hyphens, dashes and slashes, at soft hyphens and zero-width spaces, and at
// '\n' always. One letter stays with what follows it. Empty text: one empty line.
std::vector<LineRange> wrap_lines(const WrapInput& input);

// The width at which the lines are most even, and no last line is one word where that can be helped. It needs
// no more lines than `input.width` does and breaks no more words.
Px balanced_width(const WrapInput& input);
// `input.width`, or the next smaller one at which no last line is one word, at the same price.
Px width_without_widow(const WrapInput& input);

}  // namespace halte::ui
