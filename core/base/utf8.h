// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace halte::base {

// How many bytes at the beginning are whole UTF-8 (RFC 3629: no overlong form, no surrogate, nothing above
// U+10FFFF); text.size() where all are.
std::size_t valid_utf8(std::string_view text);

// The length in bytes of the character with which the text begins; 0 where it begins with none.
std::size_t character_length(std::string_view text);

// Each byte that is no UTF-8, and each NUL, as U+FFFD: what any reader of text takes.
std::string clean_utf8(std::string_view text);

}  // namespace halte::base
