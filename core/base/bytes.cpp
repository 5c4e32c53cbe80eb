// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytes.h"

#include <sodium.h>

#include <cctype>

namespace halte::base {

std::string to_hex(ByteView bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (std::uint8_t b : bytes) {
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes(text.size() / 2);
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end) != 0 ||
      size != bytes.size() || end != text.data() + text.size())
    return std::nullopt;
  return bytes;
}

std::string to_base64url(ByteView bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // libsodium ends it with a zero
  return text;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int crockford_value(char c) {
  c = char(std::toupper(static_cast<unsigned char>(c)));
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  auto at = crockford.find(c);
  return at == std::string_view::npos ? -1 : int(at);
}

}  // namespace

std::string to_crockford(ByteView bytes) {
  std::string text;
  unsigned buffer = 0;
  int bits = 0;
  for (std::uint8_t b : bytes) {
    buffer = (buffer << 8) | b;
    for (bits += 8; bits >= 5; bits -= 5) text += crockford[(buffer >> (bits - 5)) & 31];
  }
  if (bits > 0) text += crockford[(buffer << (5 - bits)) & 31];
  return text;
}

std::optional<Bytes> from_crockford(std::string_view text, std::size_t byte_count) {
  Bytes bytes;
  unsigned buffer = 0;
  int bits = 0;
  std::size_t characters = 0;
  for (char c : text) {
    if (c == '-' || c == ' ') continue;
    int value = crockford_value(c);
    if (value < 0) return std::nullopt;
    ++characters;
    buffer = (buffer << 5) | unsigned(value);
    bits += 5;
    if (bits >= 8) {
      bytes.push_back(std::uint8_t(buffer >> (bits - 8)));
      bits -= 8;
    }
  }
  bool spare_bits_zero = (buffer & ((1u << bits) - 1)) == 0;
  if (characters != (byte_count * 8 + 4) / 5 || bytes.size() != byte_count || !spare_bits_zero)
    return std::nullopt;
  return bytes;
}

std::string in_groups(std::string_view code, std::size_t group) {
  std::string text;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % group == 0) text += '-';
    text += code[i];
  }
  return text;
}

}  // namespace halte::base
