// SPDX-License-Identifier: Apache-2.0
#include "app/platform/png.h"

#include <stb_image_write.h>

namespace halte::platform {

base::Status write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgb) {
  constexpr int channels = 3;
  if (stbi_write_png(path.c_str(), width, height, channels, rgb.data(), width * channels) == 0)
    return base::fail(path, "cannot be written", "saving a picture");
  return {};
}

}  // namespace halte::platform
