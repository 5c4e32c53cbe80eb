// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace halte::ui {

// The letters of a language as they lie on its usual keyboard, and those that it adds to them.
struct LetterTable {
  std::array<std::string_view, 3> rows;
  std::string_view accents;  // the row on top; may be empty
};

// By the language's code ("nl", "nl-BE"); an unknown one gives QWERTY with the common accents.
const LetterTable& letters_of(std::string_view language);

// What a long press on a letter offers; empty for most.
std::string_view variants_of(char32_t letter);

}  // namespace halte::ui
