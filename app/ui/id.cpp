// SPDX-License-Identifier: Apache-2.0
#include "app/ui/id.h"

namespace halte::ui {

std::string to_string(Id id) {
  std::string text(id.name);
  if (id.index >= 0) text += "/" + std::to_string(id.index);
  return text;
}

}  // namespace halte::ui
