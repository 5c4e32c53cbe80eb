// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace halte::ui {

// What a language calls itself: "Nederlands"; the code for one that is not known.
std::string own_name(std::string_view language);
// For a narrow button: "NL", "ع".
std::string short_name(std::string_view language);

}  // namespace halte::ui
