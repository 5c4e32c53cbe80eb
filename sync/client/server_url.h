// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace halte::client {

// "https://hq.example.nl" or "https://hq.example.nl:8443", without a trailing slash. Plain http is taken for
// this machine only (localhost, 127.x.x.x, [::1]). No user name, path, query or fragment. Else: invalid, or
// refused for http to elsewhere.
base::Result<std::string> parse_server_url(std::string_view text);

}  // namespace halte::client
