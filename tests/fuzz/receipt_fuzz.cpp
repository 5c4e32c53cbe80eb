// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/consent/receipt.h"

// A code is 80 bits and nothing else: whatever is taken as one has exactly one canonical form, which gives
// the same hash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace halte;
  std::string_view code(reinterpret_cast<const char*>(data), size);
  const base::Bytes key(32, 7);
  auto hash = consent::receipt_hash(code, key);
  auto bytes = base::from_crockford(code, 10);
  if (hash.has_value() != bytes.has_value()) std::abort();
  if (hash && consent::receipt_hash(base::in_groups(base::to_crockford(*bytes)), key) != *hash) std::abort();
  return 0;
}
