// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/kiosk/model/intent.h"
#include "sync/client/status.h"

namespace halte::kiosk::shell {

// For `systemctl status`: "in service; 12 answers delivered, 0 waiting". `synced` is empty before the first
// exchange with headquarters.
std::string status_line(model::Service service, const std::optional<client::SyncStatus>& synced);

}  // namespace halte::kiosk::shell
