// SPDX-License-Identifier: Apache-2.0
#include "app/ui/unicode.h"

namespace halte::ui {
namespace {

constexpr char32_t replacement = 0xFFFD;

// The code point at the start of `rest`, and how many bytes it takes.
struct Decoded {
  char32_t code_point;
  std::size_t bytes;
};

Decoded decode_one(std::string_view rest) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || rest.size() < length) return {replacement, 1};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return {replacement, 1};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[length] || value > 0x10FFFF || surrogate) return {replacement, 1};
  return {value, length};
}

}  // namespace

std::u32string decode_utf8(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Decoded next = decode_one(text);
    result.push_back(next.code_point);
    text.remove_prefix(next.bytes);
  }
  return result;
}

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&](char32_t bits) { text.push_back(static_cast<char>(bits)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

std::string encode_utf8(std::u32string_view text) {
  std::string result;
  for (const char32_t c : text) append_utf8(result, c);
  return result;
}

char32_t upper_case(char32_t c, std::string_view language) {
  const auto in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (c == U'i' && (language.starts_with("tr") || language.starts_with("az"))) return U'İ';
  if (c == U'ı') return U'I';
  if (c == U'ÿ') return U'Ÿ';
  if (c == U'ς') return U'Σ';
  if (c == U'ά') return U'Ά';
  if (c == U'ό') return U'Ό';
  if (c == U'ύ' || c == U'ώ') return c - 63;
  if (in(U'έ', U'ί')) return c - 37;
  if (in(U'a', U'z') || (in(0xE0, 0xFE) && c != 0xF7)) return c - 32;
  if (in(U'α', U'ϋ') || in(U'а', U'я')) return c - 32;
  if (in(0x450, 0x45F)) return c - 80;
  // Latin Extended-A and Cyrillic ґ stand in pairs; from ĺ to ň and from ź to ž the odd one is the capital.
  const bool odd_capitals = in(0x139, 0x148) || in(0x179, 0x17E);
  if (in(0x100, 0x17F) || in(0x218, 0x21B) || in(0x490, 0x491)) {
    const bool is_small = (c % 2 == 1) != odd_capitals;
    return is_small && c != 0x138 && c != 0x149 && c != 0x17F ? c - 1 : c;
  }
  return c;
}

}  // namespace halte::ui
