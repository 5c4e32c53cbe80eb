// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace halte::ui {

// The letters of a language as they lie on its usual keyboard, and those that it adds to them.
struct LetterTable {
  std::array<std::string_view, 3> rows;
  std::string_view accents;         // the row on top; may be empty
  std::string_view sample = "ABC";  // what leads back to these letters
};

// By the language's code ("nl", "nl-BE"); an unknown one gives QWERTY with the common accents.
const LetterTable& letters_of(std::string_view language);

// Whether e-mail addresses can be typed with these letters.
bool is_latin(const LetterTable& table);
// The ending of most addresses of people who read the language: ".nl". Others by long press, ".com" apart.
std::string_view domain_of(std::string_view language);
std::span<const std::string_view> other_domains();

// What a long press on a letter offers; empty for most.
std::string_view variants_of(char32_t letter);

}  // namespace halte::ui
