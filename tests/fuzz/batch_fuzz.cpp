// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sync/protocol/protocol.h"

// Whatever is read as a batch is written and read back as the same batch.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace halte::protocol;
  auto batch = parse_batch({reinterpret_cast<const char*>(data), size});
  if (!batch) return 0;
  for (const auto& item : batch->items) (void)hash_matches(item);
  std::string text = to_json(*batch);
  if (text.size() > max_body_bytes) return 0;  // escapes may be longer than what was read
  auto again = parse_batch(text);
  if (!again || again->items.size() != batch->items.size() || to_json(*again) != text) std::abort();
  return 0;
}
