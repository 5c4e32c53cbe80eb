// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/figures/report.h"
#include "core/outbox/outbox.h"
#include "core/site/coverage.h"

namespace halte::manager::model {

inline constexpr std::array periods{figures::PeriodKind::day, figures::PeriodKind::week,
                                    figures::PeriodKind::month};

// One period of this kiosk: its figures, and how much of the opening hours it was there to gather them.
struct Figures {
  figures::Report report;
  site::Coverage coverage;
};

// What the sync thread said last.
struct Link {
  std::string state = "offline";  // client::SyncState by name
  std::string reason;             // why it is not ok; empty: nothing is known yet
  std::optional<base::Instant> last_contact;
  std::int64_t configuration_version = 0;
};

// Whose kiosk this is.
struct Identity {
  std::string name, branch, touchpoint, kiosk_id, server_url, software, zone;
  std::int64_t free_disk_bytes = 0;
};

// Everything that the view shows, read in one go on the store thread. Immutable.
struct Snapshot {
  bool is_configured =
      false;               // else nothing has come to ask: no figures, and of its identity only where it is
  bool is_paused = false;  // by headquarters: asks nobody
  base::Instant at{};      // coarsened
  std::array<Figures, 3> figures;  // by periods
  outbox::Status outbox;
  std::vector<outbox::Parked> parked;
  Link link;
  Identity identity;
};

}  // namespace halte::manager::model
