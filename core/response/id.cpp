// SPDX-License-Identifier: Apache-2.0
#include "core/response/id.h"

#include <algorithm>

namespace halte::response {

int Id::day() const {
  return int(std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16 | std::uint32_t(bytes[2]) << 8 |
             bytes[3]);
}

Id make_id(base::Instant coarsened, base::Random& random) {
  Id id;
  // A clock before 1970 must still give an id; the server sees from `clock` that it was unsynced.
  auto day = std::uint32_t(std::max(0, base::days_since_epoch(coarsened)));
  for (int i = 0; i < 4; ++i) id.bytes[std::size_t(i)] = std::uint8_t(day >> (24 - 8 * i));
  random.fill(std::span(id.bytes).subspan(4));
  return id;
}

std::string to_hex(const Id& id) { return base::to_hex(id.view()); }

std::optional<Id> parse_id(std::string_view hex) {
  if (hex.size() != 32) return std::nullopt;
  auto bytes = base::from_hex(hex);
  return bytes ? id_from_bytes(*bytes) : std::nullopt;
}

std::optional<Id> id_from_bytes(base::ByteView bytes) {
  Id id;
  if (bytes.size() != id.bytes.size()) return std::nullopt;
  std::ranges::copy(bytes, id.bytes.begin());
  return id;
}

}  // namespace halte::response
