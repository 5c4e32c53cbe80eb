// SPDX-License-Identifier: Apache-2.0
#include "app/ui/text_wrap.h"

#include <algorithm>
#include <limits>
#include <numeric>

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

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Latin, Greek and Cyrillic: the scripts that have words of one letter.
bool is_letter(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0xC0 && c <= 0x24F) ||
         (c >= 0x370 && c <= 0x52F);
}

// Whether what ends before `end` is one letter after a space: "w", "à", the E of "E-Mail".
bool is_lone_letter(std::u32string_view text, std::size_t end) {
  return end > 0 && is_letter(text[end - 1]) && (end == 1 || is_space(text[end - 2]));
}

// Whether what ends before `end` is a number: "30" of "30 days".
bool is_number(std::u32string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  return begin < end && (begin == 0 || is_space(text[begin - 1]));
}

// A word of one letter goes with what follows: in Polish a rule of the schools, good to read everywhere. Not
// in a row of them, which could have no end. And a number goes with what it counts.
bool belongs_to_next(std::u32string_view text, std::size_t space) {
  const bool counts = is_number(text, space) && space + 1 < text.size() && is_letter(text[space + 1]);
  return counts || (is_lone_letter(text, space) && !(space >= 2 && is_lone_letter(text, space - 2)));
}

// After a hyphen or a slash only inside a word: "-5", "24/7" and "--server" stay whole, and so does "E-Mail".
bool can_break_before(std::u32string_view text, std::size_t i) {
  if (i == 0 || i >= text.size() || !breaks_after(text[i - 1])) return false;
  if (is_space(text[i]) || closes_sentence(text[i])) return false;
  if (is_space(text[i - 1])) return !belongs_to_next(text, i - 1);
  if (is_between_groups(text, i)) return true;
  if (text[i - 1] == U'-' && is_lone_letter(text, i - 1)) return false;
  return i >= 2 && !breaks_after(text[i - 2]) && !is_digit(text[i]);
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

namespace {

using Lines = std::vector<LineRange>;

Px width_of(const WrapInput& in, const LineRange& line) {
  const auto first = in.advances.begin();
  return std::accumulate(first + std::ptrdiff_t(line.begin), first + std::ptrdiff_t(line.end),
                         line.hyphen ? in.hyphen_width : Px{0});
}

Px longest_of(const WrapInput& in, const Lines& lines) {
  Px longest = 0;
  for (const LineRange& line : lines) longest = std::max(longest, width_of(in, line));
  return longest;
}

// A last line of one word, under lines of more.
bool has_widow(const WrapInput& in, const Lines& lines) {
  if (lines.size() < 2) return false;
  const LineRange& last = lines.back();
  return std::ranges::none_of(in.text.substr(last.begin, last.end - last.begin), is_space);
}

auto badly_broken(const Lines& lines) {
  return std::ranges::count_if(lines, [](const LineRange& l) { return l.broken_word || l.hyphen; });
}

// How uneven lines are: the squares of what each lacks to the longest one. A word in two halves is as bad as
// an empty line, a word left over worse than all of it.
float raggedness(const WrapInput& in, const Lines& lines) {
  const Px longest = longest_of(in, lines);
  float sum = has_widow(in, lines) ? longest * longest * float(lines.size()) : 0;
  for (const LineRange& line : lines) {
    const Px lacking = longest - width_of(in, line);
    sum += lacking * lacking;
    if (line.end > line.begin && in.text[line.end - 1] == U'-') sum += longest * longest;
  }
  return sum;
}

// Calls `judge(width, lines)` for narrower and narrower widths, as long as it says so, no line more is needed
// and no word more is broken.
template <class Judge>
void try_narrower(const WrapInput& input, Judge judge) {
  Lines lines = wrap_lines(input);
  bool goes_on = judge(input.width, lines);
  const std::size_t most = lines.size();
  const auto most_broken = badly_broken(lines);
  WrapInput narrower = input;
  while (goes_on && most > 1) {
    // One pixel less than the longest line has to break elsewhere.
    const Px next = longest_of(input, lines) - 1;
    // A line is never less than a letter, however narrow: then there is nothing more to try.
    if (next <= 0 || next >= narrower.width) return;
    narrower.width = next;
    lines = wrap_lines(narrower);
    if (lines.size() > most || badly_broken(lines) > most_broken) return;
    goes_on = judge(narrower.width, lines);
  }
}

}  // namespace

Px balanced_width(const WrapInput& input) {
  Px best = input.width;
  float least = std::numeric_limits<float>::max();
  try_narrower(input, [&](Px width, const Lines& lines) {
    if (const float ragged = raggedness(input, lines); ragged < least) least = ragged, best = width;
    return true;
  });
  return best;
}

Px width_without_widow(const WrapInput& input) {
  Px best = input.width;
  try_narrower(input, [&](Px width, const Lines& lines) {
    const bool is_good = !has_widow(input, lines);
    if (is_good) best = width;
    return !is_good;
  });
  return best;
}

}  // namespace halte::ui
