// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/response/id.h"
#include "core/site/configuration.h"
#include "sync/client/exchange.h"

namespace halte::client {

// What the machine and the screen are like at this moment; heartbeats carry it.
struct DeviceState {
  std::string software;  // "halte 0.1.0"
  std::int64_t free_disk_bytes = 0;
  std::string database = "ok";  // "ok", "full", "salvaged"
  std::string screen = "open";  // "open", "closed", "service", "blocked", "paused"
  std::int64_t uptime_s = 0;
  std::optional<base::Instant> last_touch;  // coarsened
  bool clock_synced = false;
};

// A snapshot for the manager's view.
struct SyncStatus {
  SyncState state = SyncState::offline;
  std::string reason;                         // why it is not ok
  std::optional<base::Instant> last_contact;  // the server's last answer, by the kiosk's clock
  std::uint64_t captured = 0, acknowledged = 0, pending = 0, parked = 0;
  std::optional<base::Instant> oldest_pending;
  std::uint64_t delivered = 0;               // since the program started
  std::optional<base::Millis> clock_offset;  // server's clock minus ours
  std::int64_t configuration_version = 0;    // 0: none yet
  std::string configuration_problem;         // why the server's last one was not taken

  bool operator==(const SyncStatus&) const = default;
};

// Where the worker's news goes; called from the thread that steps it. Hand on and return.
class Listener {
 public:
  virtual ~Listener() = default;
  // Only when something in it changed.
  virtual void on_status(std::shared_ptr<const SyncStatus> status) = 0;
  virtual void on_configuration(std::shared_ptr<const site::Configuration> configuration) = 0;
  // Responses that were erased at the server: the kiosk's own counts follow.
  virtual void on_erased(std::span<const response::Id> ids) = 0;
};

}  // namespace halte::client
