// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.h"

#include <cstdint>

namespace halte::base {
namespace {

struct Form {
  std::size_t length;   // in bytes
  std::uint8_t lowest;  // of the second byte: what lies below would be overlong
  std::uint8_t highest;
};

// By the first byte: RFC 3629, section 4. Length 0: none begins so.
Form form_of(std::uint8_t first) {
  if (first < 0x80) return {1, 0, 0};
  if (first < 0xC2) return {0, 0, 0};
  if (first < 0xE0) return {2, 0x80, 0xBF};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first < 0xF0) return {3, 0x80, 0xBF};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first < 0xF4) return {4, 0x80, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// The length of the character that begins there; 0 where none does.
std::size_t character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) { return std::uint8_t(text[at + offset]); };
  const Form form = form_of(byte(0));
  if (form.length < 2) return form.length;
  if (text.size() - at < form.length || byte(1) < form.lowest || byte(1) > form.highest) return 0;
  for (std::size_t i = 2; i < form.length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  return form.length;
}

}  // namespace

std::size_t valid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = character_at(text, at);
    if (length == 0) break;
    at += length;
  }
  return at;
}

std::size_t character_length(std::string_view text) { return text.empty() ? 0 : character_at(text, 0); }

std::string clean_utf8(std::string_view text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '\0' ? 0 : character_at(text, at);
    clean += length == 0 ? replacement : text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return clean;
}

}  // namespace halte::base
