// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <string>

namespace halte::base {

// Logs carry no answer, no free text, no receipt code, no address of a visitor: ids of kiosks, counts,
// states and causes only. main makes one and passes it on; any thread may write to it.
using Log = std::shared_ptr<spdlog::logger>;

// To standard error, one line an event: time, level, name, message. `level` is debug, info, warn or error.
Log make_log(const std::string& name, const std::string& level = "info");
Log silent_log();

}  // namespace halte::base
