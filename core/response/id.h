// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/crypto.h"
#include "core/base/time.h"

namespace halte::response {

// 4 bytes of day number (days since 1970 of the coarsened time, big-endian), then 12 random bytes.
// Made at the first touch and never again: it sorts by day and tells no finer time.
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Id&) const = default;
  int day() const;
  base::ByteView view() const { return bytes; }
};

Id make_id(base::Instant coarsened, base::Random& random);
std::string to_hex(const Id& id);  // 32 lower-case digits
std::optional<Id> parse_id(std::string_view hex);
std::optional<Id> id_from_bytes(base::ByteView bytes);

}  // namespace halte::response
