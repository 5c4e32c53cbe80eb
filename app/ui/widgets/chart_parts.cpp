// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/chart_parts.h"

#include <algorithm>
#include <ranges>

namespace halte::ui {

namespace {

constexpr Mm hair = .4f;  // a pixel of rounding on each side

}  // namespace

TextStyle chart_words(const Theme& theme) {
  TextStyle style = theme.type.small;
  style.leading = 1.15f;
  return style;
}

TextStyle chart_figures(const Theme& theme) {
  TextStyle style = chart_words(theme);
  style.weight = Weight::semibold;
  style.tabular = true;
  return style;
}

Mm least_words(const Theme& theme) { return std::max(theme.type.small.size * .62f, theme.least_text); }

std::vector<std::string_view> single_words(Words words) {
  std::vector<std::string_view> single;
  for (const std::string_view text : words) {
    for (const auto part : std::views::split(text, ' ')) single.emplace_back(part.begin(), part.end());
  }
  return single;
}

Mm widest(Frame& frame, const TextStyle& style, Words words) {
  Mm width = 0;
  for (const std::string_view text : words) width = std::max(width, frame.text.measure(style, text));
  return width + hair;
}

std::optional<TextStyle> fitted(Frame& frame, TextStyle style, Mm width, Words words, Mm least) {
  const Mm wanted = widest(frame, style, words);
  if (wanted <= width) return style;
  style.size *= std::max(0.f, width - hair) / wanted * .985f;  // letters are whole pixels high
  if (style.size < std::max(least, frame.theme.least_text)) return std::nullopt;
  return style;
}

Align by_last_digit(Direction direction) {
  return direction == Direction::right_to_left ? Align::start : Align::end;
}

bool stands_in(Frame& frame, Mm width, Mm height, const Label& label) {
  return frame.fits(width, label) && frame.label_height(width, label) <= height;
}

Color edge_color(const Palette& palette, Color color) {
  constexpr double least_contrast = 3;
  return readable_brand(color, palette.card, least_contrast).accent;
}

Color words_on(Color background) {
  constexpr Color black = rgb(0x000000), soft_black = rgb(0x17121D), white = rgb(0xFFFFFF);
  const Color better = contrast(soft_black, background) > contrast(white, background) ? soft_black : white;
  if (contrast(better, background) >= 4.5) return better;
  return contrast(black, background) > contrast(white, background) ? black : white;
}

}  // namespace halte::ui
