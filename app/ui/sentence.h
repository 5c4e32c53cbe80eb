// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace halte::ui {

// The program's sentence in a language (see runtime::Messages).
using Say = std::function<std::string(const std::string& id, const std::string& language)>;

// With `value` in the place of the first {name}.
std::string fill(std::string sentence, std::string_view name, std::string_view value);

}  // namespace halte::ui
