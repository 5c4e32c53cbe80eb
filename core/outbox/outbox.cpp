// SPDX-License-Identifier: Apache-2.0
#include "core/outbox/outbox.h"

namespace halte::outbox {

std::string_view to_string(ItemType type) {
  switch (type) {
    case ItemType::response: return "response";
    case ItemType::erasure: return "erasure";
    case ItemType::withdrawal: return "withdrawal";
  }
  return {};
}

std::optional<ItemType> parse_item_type(std::string_view text) {
  for (ItemType type : {ItemType::response, ItemType::erasure, ItemType::withdrawal})
    if (to_string(type) == text) return type;
  return std::nullopt;
}

std::string make_epoch(base::Random& random) { return base::to_hex(random.bytes(16)); }

}  // namespace halte::outbox
