// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/tool/api_session.h"
#include "core/base/crypto.h"

namespace halte::tool {

// Sets a server of its first run up with the demo organisation of assets/demo, by the link that it printed,
// and signs the session in. Returns the list of its kiosks: [{"id", "name", "branch", "touchpoint"}].
base::Result<base::Json> set_up_demo(ApiSession& api, const std::string& set_up_link, base::Random& random);

base::Result<std::string> enrolment_code(ApiSession& api, const std::string& kiosk);

}  // namespace halte::tool
