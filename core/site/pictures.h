// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/site/settings.h"

namespace halte::site {

// What a picture of the organisation's is for: its mark in the header, or one of those that stand above the
// first question while nobody is there.
enum class PictureUse { logo, attract };

// Pixels that a picture is scaled down to before it is stored.
struct PictureLimits {
  int width, height;
};
constexpr PictureLimits limits_of(PictureUse use) {
  return use == PictureUse::logo ? PictureLimits{960, 240} : PictureLimits{1280, 960};
}

inline constexpr std::size_t most_attract_pictures = 5;
inline constexpr std::size_t most_picture_bytes = 4u << 20;  // as stored and sent to kiosks

// A picture is named by its content, SHA-256 in hex: what the signed settings name cannot be exchanged on the
// way.
std::string picture_id(base::ByteView picture);
bool is_picture_id(std::string_view text);

// All that the settings name, the logo first, each once.
std::vector<std::string> pictures_of(const Settings& settings);

}  // namespace halte::site
