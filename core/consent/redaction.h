// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace halte::consent {

// What free text must not carry into the store.
enum class Sensitive {
  email,
  phone,  // Dutch, Belgian, German, French, British and +-international shapes
  iban,   // country code, length and ISO 7064 mod 97-10 are right
  bsn,    // Dutch citizen number: 9 digits, or 8 without the leading zero, that pass the eleven-test
};

// The word that stands in its place: "[e-mail]", "[phone]", "[iban]", "[bsn]".
std::string_view replacement(Sensitive kind);

struct Redaction {
  std::string text;
  std::vector<Sensitive> replaced;  // in the order of the text; the values themselves are gone
  bool cut = false;                 // the text was longer than the limit
};

inline constexpr std::size_t free_text_limit = 500;  // code points

// Runs before the first write. Replaces first and cuts after, at a code point and never inside a
// replacement; changes nothing else. Time is linear in the text's length. Invalid UTF-8 passes as it is,
// one code point a byte.
Redaction redact(std::string_view text, std::size_t limit = free_text_limit);

}  // namespace halte::consent
