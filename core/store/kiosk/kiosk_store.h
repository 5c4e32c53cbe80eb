// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/outbox/outbox.h"
#include "core/response/counts.h"
#include "core/response/repository.h"
#include "core/site/adjustments.h"
#include "core/site/coverage.h"
#include "core/site/enrolment.h"
#include "core/site/pin.h"

namespace halte::store::kiosk {

// Below this much free disk no visitor starts.
inline constexpr std::int64_t reserve_bytes = 16 << 20;

// Everything that a kiosk keeps, in one SQLite file: its ports over one writing connection.
// May be called from several threads: calls wait for each other.
class KioskStore : public response::Repository,
                   public response::LocalCounts,
                   public site::CoverageLog,
                   public outbox::Outbox,
                   public site::IdentityStore,
                   public site::PinStore,
                   public site::AdjustmentStore {
 public:
  // Opens or makes `path` (mode 0600) with its lock, its schema and a ballast file beside it that is
  // given up first when the disk is full. Refused: newer, foreign, open in another process.
  static base::Result<std::unique_ptr<KioskStore>> create(const std::filesystem::path& path,
                                                          base::Random& random);

  // Lays the ballast again where there is room for it. False: below the reserve; the kiosk says "temporarily
  // out of service" before a visitor starts.
  virtual bool has_room() const = 0;
  virtual std::int64_t free_bytes() const = 0;
  // Takes the right to write and gives it back: waits as a save would, and fails as one would, but writes
  // nothing.
  virtual base::Status probe() = 0;
};

}  // namespace halte::store::kiosk
