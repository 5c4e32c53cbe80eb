// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halte::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_hex(ByteView bytes);  // lower case
std::optional<Bytes> from_hex(std::string_view text);

// RFC 4648 section 5, without padding. Reading refuses padding and foreign characters.
std::string to_base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);

// Crockford's base 32: no I, L, O, U. Reading takes lower case, I and L as 1, O as 0, and skips dashes
// and spaces. The last character's spare bits are zero.
std::string to_crockford(ByteView bytes);
std::optional<Bytes> from_crockford(std::string_view text, std::size_t byte_count);
// "ABCD-EFGH-…": groups of four, for reading aloud.
std::string in_groups(std::string_view code, std::size_t group = 4);

}  // namespace halte::base
