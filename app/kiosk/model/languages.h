// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace halte::kiosk::model {

// The languages that the program itself speaks, as two-letter codes; a survey may have more.
std::span<const std::string_view> program_languages();

// What a language calls itself: "Nederlands"; the code for one that is not known.
std::string own_name(std::string_view language);
// For a narrow button: "NL", "ع".
std::string short_name(std::string_view language);

}  // namespace halte::kiosk::model
