// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/base/json.h"

namespace halte::survey {

// What a visitor has answered so far, by question name. A question without an answer has no entry.
using Answers = std::map<std::string, base::Json, std::less<>>;

}  // namespace halte::survey
