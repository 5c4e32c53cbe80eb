// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/site/inheritance.h"
#include "core/site/opening_hours.h"
#include "core/stats/suppression.h"
#include "sync/server/api/services.h"

namespace halte::api {

// The organisation and its places as they stand now, read once for a request. Names fall back to ids, for
// what is no more.
struct World {
  store::hq::OrganisationRecord organisation;
  std::vector<store::hq::RegionRecord> regions;                  // by name
  std::vector<store::hq::BranchRecord> branches;                 // by name
  std::vector<store::hq::TouchpointRecord> touchpoints;          // in the order in which they were made
  std::vector<store::hq::KioskRecord> kiosks;                    // by name
  std::map<std::string, store::hq::HeartbeatRecord> heartbeats;  // by kiosk

  stats::Threshold threshold() const { return stats::Threshold(organisation.k); }
  const store::hq::BranchRecord* branch(const std::string& id) const;
  const store::hq::TouchpointRecord* touchpoint(const std::string& id) const;
  bool has_kiosk(const std::string& branch, const std::string& touchpoint) const;
  std::string region_name(const std::string& id) const;
  std::string branch_name(const std::string& id) const;
  std::string touchpoint_name(const std::string& id) const;
  site::Tree tree() const;
};

base::Result<World> read_world(Services& s);

// How long ago it was heard: "online", "late", "silent", or "never".
std::string_view kiosk_state(const World& world, const store::hq::KioskRecord& kiosk, base::Instant now);

// The levels above a kiosk and the kiosk itself.
std::vector<site::Level> path_to(const site::Tree& tree, const store::hq::KioskRecord& kiosk);

// Of what holds at a place (site::inherit).
site::OpeningHours hours_at(const base::Json& here);

}  // namespace halte::api
