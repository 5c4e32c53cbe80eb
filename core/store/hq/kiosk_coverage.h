// SPDX-License-Identifier: Apache-2.0
#pragma once

// When kiosks could be used.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/site/coverage.h"

namespace halte::store::hq {

// Of one kiosk, in the branch and at the touchpoint where it stood when it told.
struct CoverageRecord {
  std::int64_t kiosk = 0;  // KioskRecord::row
  std::string branch, touchpoint;
  std::vector<site::CoverageSpan> spans;  // oldest first
};

class KioskCoverage {
 public:
  virtual ~KioskCoverage() = default;
  // Adds what is not known yet; what comes twice does no harm, and nothing is taken from after `now`. Returns
  // until when the kiosk is known: the end of its last span, or `now` where there is none.
  virtual base::Result<base::Instant> add_coverage(const CoverageRecord& told, base::Instant now) = 0;
  // Cut to from … to, by kiosk and place.
  virtual base::Result<std::vector<CoverageRecord>> coverage(base::Instant from, base::Instant to) = 0;
  // Of each kiosk, by its row: the first and the last that is known.
  struct Known {
    base::Instant first, last;
    bool operator==(const Known&) const = default;
  };
  virtual base::Result<std::map<std::int64_t, Known>> known_coverage() = 0;
};

}  // namespace halte::store::hq
