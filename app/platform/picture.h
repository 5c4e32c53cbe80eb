// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace halte::platform {

// The organisation's pictures as the server sends them: PNG or JPEG. Empty: none.
struct Pictures {
  base::Bytes logo;
  std::vector<base::Bytes> photos;
};

// Pixels: 8 bits of red, green, blue and alpha, rows from the top.
struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;
};

// Invalid: neither PNG nor JPEG, broken, or larger than 2048 pixels on a side: headquarters sends nothing
// like it.
base::Result<Image> decode_picture(base::ByteView picture);

}  // namespace halte::platform
