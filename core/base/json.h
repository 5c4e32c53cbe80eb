// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace halte::base {

using Json = nlohmann::json;

// Text to value; `subject` names it in the error, with line and column. Refuses invalid UTF-8 and
// nesting deeper than `max_depth` (the library itself would recurse without limit when writing).
Result<Json> parse_json(std::string_view text, std::string subject, int max_depth = 64);

// Compact UTF-8; invalid UTF-8 inside strings is replaced, never thrown.
std::string to_text(const Json& json);

}  // namespace halte::base
