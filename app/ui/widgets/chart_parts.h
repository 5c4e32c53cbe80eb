// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/ui/frame.h"

// What the charts share.
namespace halte::ui {

using Words = std::span<const std::string_view>;

// The mark that glides from one choice to the next.
inline constexpr SpringSpec glide_spring{20, .8f};

// Words and figures of a chart.
TextStyle chart_words(const Theme& theme);
TextStyle chart_figures(const Theme& theme);
// No word of a chart is smaller: a capital is then seen under a quarter of a degree.
Mm least_words(const Theme& theme);

// Each word of them by itself: a line may end at a space.
std::vector<std::string_view> single_words(Words words);

// How wide a box has to be to set each of them in one line.
Mm widest(Frame& frame, const TextStyle& style, Words words);
// The style in the one size, at most its own, in which each of them stands in one line of this width; none:
// it would be less than `least`.
std::optional<TextStyle> fitted(Frame& frame, TextStyle style, Mm width, Words words, Mm least);
// Digits are compared by their last one, which is on the right in every language.
Align by_last_digit(Direction direction);
// Whether the label stands whole in such a box.
bool stands_in(Frame& frame, Mm width, Mm height, const Label& label);

// As near to the colour as is seen on a card at 3:1: for edges and marks (WCAG 1.4.11).
Color edge_color(const Palette& palette, Color color);
// Dark or light, whichever is read on it, at 4.5:1 or more.
Color words_on(Color background);

}  // namespace halte::ui
