// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halte::base {

// Text as a search compares it, so that people find what they mean: small letters, without accents, "ß" as
// "ss", each of the four Turkish i's as "i" (whatever language it is in), Arabic without vowel signs and
// stretching, and with one alef, one ya and one ha. Latin, Greek, Cyrillic and Arabic; other scripts stay as
// they are, and so do bytes that are no UTF-8.
std::string fold(std::string_view text);

// The folded words between spaces; each of them stands somewhere in what is sought.
std::vector<std::string> folded_words(std::string_view text);

}  // namespace halte::base
