// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sync/protocol/protocol.h"

// Whatever counts as an acknowledgement answers this very batch, item by item.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace halte;
  protocol::Batch sent;
  sent.nonce = "BwcHBwcHBwcHBwcHBwcHBw";
  sent.items.resize(2);
  sent.items[1].id.bytes[15] = 1;
  auto read = protocol::parse_acknowledgement({reinterpret_cast<const char*>(data), size}, sent);
  if (!read) return 0;
  if (read->nonce != sent.nonce || read->results.size() != 2) std::abort();
  for (std::size_t i = 0; i < 2; ++i)
    if (read->results[i].id != sent.items[i].id) std::abort();
  return 0;
}
