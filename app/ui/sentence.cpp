// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sentence.h"

namespace halte::ui {

std::string fill(std::string sentence, std::string_view name, std::string_view value) {
  const std::string place = "{" + std::string(name) + "}";
  if (std::size_t at = sentence.find(place); at != sentence.npos) sentence.replace(at, place.size(), value);
  return sentence;
}

}  // namespace halte::ui
