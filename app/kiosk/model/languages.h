// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace halte::kiosk::model {

// The languages that the program itself speaks, as two-letter codes; a survey may have more.
std::span<const std::string_view> program_languages();

}  // namespace halte::kiosk::model
