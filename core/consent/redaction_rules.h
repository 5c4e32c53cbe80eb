// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rules behind redact(): each finds one kind of thing in a folded text. Not for other callers.

#include <string>
#include <vector>

#include "core/consent/redaction.h"

namespace halte::consent::rules {

// Code points, where the text's look-alikes of ASCII digits, dashes and spaces are folded to ASCII and
// letters to lower case.
using Points = std::u32string;

struct Match {
  std::size_t begin;
  std::size_t end;
  Sensitive kind;
};

// A code point that an earlier rule has matched: a boundary for the next one.
inline constexpr char32_t taken = 0;

inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
// ASCII, and beyond it Latin, Greek and Cyrillic, not the punctuation above them.
inline bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c <= 0x52F && c != 0xD7 && c != 0xF7);
}
inline bool is_word(char32_t c) { return is_digit(c) || is_letter(c); }
inline char32_t point_at(const Points& text, std::size_t i) { return i < text.size() ? text[i] : taken; }
inline bool starts_with(const Points& text, std::size_t at, std::u32string_view prefix) {
  return std::u32string_view(text).substr(at < text.size() ? at : text.size()).starts_with(prefix);
}

// Each adds its matches and marks what they cover as taken. In this order: an address may hold digits, an
// IBAN may look like a phone number.
void find_emails(Points& text, std::vector<Match>& matches);
void find_ibans(Points& text, std::vector<Match>& matches);
void find_numbers(Points& text, std::vector<Match>& matches);  // phone and BSN

// Marks and adds one match.
void take(Points& text, std::vector<Match>& matches, const Match& match);

}  // namespace halte::consent::rules
