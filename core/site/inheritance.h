// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the organisation, a region, a branch or a kiosk says of itself holds for everything below it, until
// something below says otherwise. What a place says is a JSON object of
//
//   zone            IANA: "Europe/Amsterdam"
//   opening_hours   core/site/opening_hours.h; {}: unknown, so always open
//   asks            {touchpoint: what}: what is asked there, and when, instead of the touchpoint's own
//   survey;
//                   a survey's id or a plan (core/site/asking.h)
//   silent_minutes  5 … 10080: a kiosk not heard for so long while its branch is open is an alert
//   settings        of core/site/settings.h those that may differ from place to place
//
// Settings that make figures comparable (k, coarsening, the scale's direction) or that are a promise to
// visitors (retention) are the organisation's alone.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/json_reader.h"

namespace halte::site {

inline constexpr int default_silent_minutes = 30;

// One place on the way down, and what it says of itself.
struct Level {
  std::string kind;  // "organisation", "region", "branch", "kiosk"
  std::string id, name;
  base::Json own = base::Json::object();
};

// Reads the keys above from an object that may have others, which stay for the caller. At the organisation's
// level all settings may be said.
base::Json read_own(base::ObjectReader& object, bool is_organisation);

struct Inherited {
  base::Json values = base::Json::object();  // the same keys; settings and asks merged key by key
  // JSON Pointer of each value ("/zone", "/settings/theme") to the index of the level that says it.
  std::map<std::string, std::size_t> said_by;
};
// From the top down: the last one that says something wins.
Inherited inherit(const std::vector<Level>& path);

// A region, and what is above it: another region, or "" for the organisation. Of a branch: its region.
struct Place {
  std::string id, name, above;
  base::Json own = base::Json::object();
};

// Regions within regions within the organisation, and the branches in them. Immutable. A region or branch
// that stands nowhere known (its region is gone, or is below itself) hangs under the organisation.
class Tree {
 public:
  Tree(Level organisation, std::vector<Place> regions, std::vector<Place> branches);

  std::vector<Level> path_to_region(std::string_view id) const;
  std::vector<Level> path_to_branch(std::string_view id) const;
  // "Etc/UTC" where nobody says one.
  std::string zone_of(std::string_view branch) const;
  bool is_in(std::string_view branch, std::string_view region) const;
  // Whether a region lies below itself, by its own fault or another's.
  bool is_circular(std::string_view region) const;

 private:
  std::vector<Level> regions_above(std::string_view region) const;

  Level organisation_;
  std::map<std::string, Place, std::less<>> regions_, branches_;
};

}  // namespace halte::site
