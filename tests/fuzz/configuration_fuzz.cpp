// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/site/configuration.h"

// Whatever is read as a configuration is written and read back as the same one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace halte;
  auto read = site::parse_configuration_text({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  auto again = site::parse_configuration(site::to_json(*read));
  if (!again || !(*again == *read)) std::abort();
  return 0;
}
