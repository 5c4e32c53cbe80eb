// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sync/server/http/message.h"

namespace halte::http {

// On every answer, where the handler has not set them: the content policy, no sniffing, no referrer, no
// other origin, no storing; HSTS with TLS only.
void add_security_headers(Response& response, bool tls);

}  // namespace halte::http
