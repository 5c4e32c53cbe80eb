// SPDX-License-Identifier: Apache-2.0
#include "app/ui/text_wrap.h"

#include <algorithm>

#include "app/ui/unicode.h"

namespace halte::ui {
namespace {

bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == zero_width_space; }

bool breaks_after(char32_t c) {
  return is_space(c) || c == U'-' || c == U'/' || c == 0x2010 || c == 0x2013 || c == 0x2014 ||
         c == soft_hyphen;
}

// French sets a space before these; they stay with their word all the same (UAX #14, rule LB13).
bool closes_sentence(char32_t c) {
  constexpr char32_t arabic_question_mark = 0x061F, guillemet = 0xBB;
  return c == U'?' || c == U'!' || c == U':' || c == U';' || c == guillemet || c == arabic_question_mark;
}

bool is_alphanumeric(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

// Between the groups of a code: "TQFR-9VQ3".
bool is_between_groups(std::u32string_view text, std::size_t i) {
  constexpr std::size_t group = 4;
  return i > group && i + group <= text.size() && text[i - 1] == U'-' &&
         std::ranges::all_of(text.substr(i - 1 - group, group), is_alphanumeric) &&
         std::ranges::all_of(text.substr(i, group), is_alphanumeric);
}

// After a hyphen or a slash only inside a word: "-5", "24/7" and "--server" stay whole.
bool can_break_before(std::u32string_view text, std::size_t i) {
  if (i == 0 || i >= text.size() || !breaks_after(text[i - 1])) return false;
  if (is_space(text[i]) || closes_sentence(text[i])) return false;
  if (is_space(text[i - 1])) return true;
  if (is_between_groups(text, i)) return true;
  const bool digit_follows = text[i] >= U'0' && text[i] <= U'9';
  return i >= 2 && !breaks_after(text[i - 2]) && !digit_follows;
}

LineRange trimmed(std::u32string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && is_space(text[end - 1])) --end;
  return {begin, end};
}

}  // namespace

std::vector<LineRange> wrap_lines(const WrapInput& in) {
  std::vector<LineRange> lines;
  std::size_t begin = 0, last_break = 0;
  Px width = 0;
  const auto start_line = [&](std::size_t at) {
    begin = last_break = at;
    width = 0;
  };
  for (std::size_t i = 0; i < in.text.size(); ++i) {
    if (in.text[i] == U'\n') {
      lines.push_back(trimmed(in.text, begin, i));
      start_line(i + 1);
      continue;
    }
    // The hyphen that a soft one shows has to fit as well; a space may stick out.
    const bool fits = i == begin || in.text[i - 1] != soft_hyphen || width + in.hyphen_width <= in.width;
    if (i > begin && can_break_before(in.text, i) && fits) last_break = i;
    const Px advance = in.advances[i];
    const bool too_wide = width + advance > in.width && !is_space(in.text[i]) && i > begin;
    if (too_wide && last_break > begin) {
      LineRange line = trimmed(in.text, begin, last_break);
      line.hyphen = in.text[last_break - 1] == soft_hyphen;
      lines.push_back(line);
      start_line(last_break);
      i = last_break - 1;  // what goes to the next line may have to break in it
      continue;
    }
    if (too_wide) {
      LineRange line{begin, i};
      line.broken_word = true;
      lines.push_back(line);
      start_line(i);
    }
    width += advance;
  }
  lines.push_back(trimmed(in.text, begin, in.text.size()));
  return lines;
}

Px balanced_width(const WrapInput& input) {
  const auto broken = [](const std::vector<LineRange>& lines) {
    return std::ranges::count_if(lines, [](const LineRange& l) { return l.broken_word || l.hyphen; });
  };
  const std::vector<LineRange> widest = wrap_lines(input);
  if (widest.size() < 2) return input.width;
  Px low = input.width / 2, high = input.width;
  while (high - low > 1) {
    WrapInput narrower = input;
    narrower.width = (low + high) / 2;
    const std::vector<LineRange> lines = wrap_lines(narrower);
    const bool good = lines.size() <= widest.size() && broken(lines) <= broken(widest);
    (good ? high : low) = narrower.width;
  }
  return high;
}

}  // namespace halte::ui
