// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/text.h"
#include "app/ui/text_fonts.h"

namespace halte::ui {

// A glyph in visual order with its pen position, and the code point it comes from.
struct ShapedGlyph {
  Font* font;
  std::uint32_t index;
  Px x, y;
  Px advance;
  std::uint32_t cluster;
};

struct Shaped {
  std::vector<ShapedGlyph> glyphs;
  Px width = 0;
};

// One line: embedding levels (FriBidi, UAX #9) cut it into runs of one level, font and script; the runs are
// put in visual order (rule L2) and shaped by HarfBuzz. Tracking is left out in joined scripts.
// Tabular: digits of one width, where the font has them.
Shaped shape_line(std::u32string_view line, FontChain& fonts, Direction direction, Px tracking,
                  bool tabular = false);

// Of the first letter that has one (UAX #9, P2 and P3); left to right if none has.
Direction direction_of(std::u32string_view text);

}  // namespace halte::ui
