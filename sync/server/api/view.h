// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a report is asked about, as its link says: a period, a place, and filters; and the counts of it.

#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/figures/calendar.h"
#include "core/figures/release.h"
#include "core/figures/score.h"
#include "sync/server/api/figures.h"
#include "sync/server/api/world.h"

namespace halte::api {

struct View {
  Period period;
  std::string zone;                                  // of the place: its days are the period's
  std::optional<std::vector<std::string>> branches;  // nothing: the whole organisation
  std::optional<std::string> region, branch;         // that the branches come from
  std::optional<std::string> touchpoint, language, variant;
  stats::Metric metric = stats::Metric::nps;
  bool has_filters() const { return branches || touchpoint || language || variant; }
};

// ?days=30 or ?from=2026-11-01&to=2026-11-30 (whole days of the place, both included, at most 1100),
// &region= or &branch=, &touchpoint=, &language=, &variant=, &metric=nps. A branch manager sees the own
// branches alone. Another value is an answer to give.
std::expected<View, http::Response> view_of(const http::Request& request, const auth::Session& person,
                                            const World& world, const base::Clock& clock);
// The view as the server understood it, with names, for the page and its tables.
base::Json to_json(const View& view, const World& world);

// One count of a view's place: which filters (of touchpoint, language, variant) select it, and whether it
// lies in the place at all.
struct ViewRow {
  const store::hq::CountRow& row;
  figures::Meaning meaning;
  unsigned part = 0;         // figures::Parts
  bool is_selected = false;  // by every filter
  int sign = 1;              // -1: counted for the whole organisation, of which it is a part
};
// Reads the counts of one period and gives each to `take`: those of the place, and, where the view has a
// place, those of all others as a part of their own.
base::Status for_each_count(Services& s, const View& view, const Period& period, store::hq::Grain grain,
                            const std::function<void(const ViewRow&)>& take);

// A cell of a view: its counts, and whether it may be shown.
struct ViewCell {
  figures::Counted counted;
  figures::Parts parts;

  void add(const ViewRow& row);
  // As they may be shown: without scores that other views would give away.
  figures::Counted released(stats::Threshold threshold) const;
};

// Local time of an hour in a branch, remembered: the look-up in the zone is slow.
class LocalHours {
 public:
  LocalHours(const site::Tree& tree, std::string zone) : tree_(tree), zone_(std::move(zone)) {}
  // An empty branch: the view's own zone.
  const base::LocalTime& at(const std::string& branch, int hour);

 private:
  const site::Tree& tree_;
  std::string zone_;
  std::map<std::pair<std::string, int>, base::LocalTime> known_;
};

}  // namespace halte::api
