// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Text as ECMAScript measures and folds it. Input is UTF-8; a broken sequence counts as U+FFFD.
namespace halte::survey {

std::u32string decode_utf8(std::string_view text);

// String.prototype.toLowerCase, locale-independent, with the Greek final sigma.
std::string lower_case(std::string_view text);

// What String.prototype.trim takes off, and what \s matches.
bool is_space(char32_t code_point);

// String.prototype.trim: blanks, line ends, no-break and other Unicode spaces.
std::string_view trim(std::string_view text);

// String.prototype.length: UTF-16 code units.
std::size_t utf16_length(std::string_view text);

// Order by UTF-16 code units, as the script's < on strings: negative, 0, positive.
int compare_utf16(std::string_view a, std::string_view b);

}  // namespace halte::survey
