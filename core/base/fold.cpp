// SPDX-License-Identifier: Apache-2.0
#include "core/base/fold.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>

#include "core/base/utf8.h"

namespace halte::base {
namespace {

constexpr char32_t first_latin = 0xC0;
// U+00C0 to U+017F, as their base letters; the two signs among them stay.
constexpr std::array<std::string_view, 0x180 - first_latin> latin{
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "",  "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s",
};

struct Range {
  char32_t first, last;
  bool holds(char32_t c) const { return c >= first && c <= last; }
};

// Accents that stand behind their letter, Arabic vowel signs and the stretching between letters.
constexpr std::array unheard{Range{0x300, 0x36F}, Range{0x640, 0x640}, Range{0x64B, 0x65F},
                             Range{0x670, 0x670}};

// Capitals whose small letters lie at one distance.
struct Capitals {
  Range range;
  char32_t to_small;
};
constexpr std::array capitals{Capitals{{0x391, 0x3A9}, 0x20}, Capitals{{0x410, 0x42F}, 0x20},
                              Capitals{{0x400, 0x40F}, 0x50}};

constexpr std::array<std::pair<char32_t, char32_t>, 6> same_letters{{{0x622, 0x627},    // alef with madda,
                                                                     {0x623, 0x627},    // with hamza above,
                                                                     {0x625, 0x627},    // and below
                                                                     {0x649, 0x64A},    // ya without dots
                                                                     {0x629, 0x647},    // ta marbuta
                                                                     {0x3C2, 0x3C3}}};  // last sigma

// Of a character that is whole.
char32_t decode(std::string_view c) {
  const auto byte = [&](std::size_t i) { return char32_t(static_cast<unsigned char>(c[i])); };
  if (c.size() == 2) return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
  if (c.size() == 3) return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return 0x10000;  // nothing beyond is folded
}

// All that is folded lies below U+0800.
void append(std::string& text, char32_t c) {
  text += char(0xC0 | c >> 6);
  text += char(0x80 | (c & 0x3F));
}

void append_folded(std::string& text, std::string_view character) {
  const char32_t c = decode(character);
  if (std::ranges::any_of(unheard, [c](Range r) { return r.holds(c); })) return;
  if (c >= first_latin && c - first_latin < latin.size() && !latin[c - first_latin].empty()) {
    text += latin[c - first_latin];
    return;
  }
  if (c == 0x1E9E) {  // capital sharp s
    text += "ss";
    return;
  }
  for (const auto& [range, to_small] : capitals)
    if (range.holds(c)) return append(text, c + to_small);
  for (const auto& [from, to] : same_letters)
    if (from == c) return append(text, to);
  text += character;
}

}  // namespace

std::string fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char first = text[at];
    const std::size_t length = character_length(text.substr(at));
    if (length <= 1)
      folded += first >= 'A' && first <= 'Z' ? char(first - 'A' + 'a') : first;
    else
      append_folded(folded, text.substr(at, length));
    at += std::max<std::size_t>(length, 1);
  }
  return folded;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::istringstream in(fold(text));
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

}  // namespace halte::base
