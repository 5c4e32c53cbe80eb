// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace halte::ui {

// Every broken byte becomes U+FFFD; never reads past the end.
std::u32string decode_utf8(std::string_view text);
void append_utf8(std::string& text, char32_t code_point);
std::string encode_utf8(std::u32string_view text);

// The capital of a letter of the Latin, Greek and Cyrillic alphabets, others unchanged. In Turkish i has a
// dot: `language` "tr" or "az" gives İ for i. ß stays: its capital is rarely wanted.
char32_t upper_case(char32_t c, std::string_view language);

inline constexpr char32_t soft_hyphen = 0x00AD;
inline constexpr char32_t zero_width_space = 0x200B;

}  // namespace halte::ui
