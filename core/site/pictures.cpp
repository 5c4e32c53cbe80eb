// SPDX-License-Identifier: Apache-2.0
#include "core/site/pictures.h"

#include <algorithm>

#include "core/base/crypto.h"

namespace halte::site {

std::string picture_id(base::ByteView picture) { return base::to_hex(base::sha256(picture)); }

bool is_picture_id(std::string_view text) {
  constexpr std::size_t length = 64;
  return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::vector<std::string> pictures_of(const Settings& settings) {
  std::vector<std::string> all;
  if (settings.logo) all.push_back(*settings.logo);
  for (const std::string& id : settings.pictures)
    if (std::ranges::find(all, id) == all.end()) all.push_back(id);
  return all;
}

}  // namespace halte::site
