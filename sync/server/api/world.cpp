// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/world.h"

#include <algorithm>

namespace halte::api {

namespace {

constexpr std::chrono::minutes online_within{3};
constexpr std::chrono::minutes silent_after{30};

template <class Record>
const Record* by_id(const std::vector<Record>& all, const std::string& id) {
  auto at = std::ranges::find(all, id, &Record::id);
  return at == all.end() ? nullptr : &*at;
}

template <class Record>
std::string name_in(const std::vector<Record>& all, const std::string& id) {
  const Record* record = by_id(all, id);
  return record ? record->name : id;
}

}  // namespace

const store::hq::BranchRecord* World::branch(const std::string& id) const { return by_id(branches, id); }

const store::hq::TouchpointRecord* World::touchpoint(const std::string& id) const {
  return by_id(touchpoints, id);
}

bool World::has_kiosk(const std::string& branch, const std::string& touchpoint) const {
  return std::ranges::any_of(
      kiosks, [&](const auto& kiosk) { return kiosk.branch == branch && kiosk.touchpoint == touchpoint; });
}

std::string World::region_name(const std::string& id) const { return name_in(regions, id); }
std::string World::branch_name(const std::string& id) const { return name_in(branches, id); }
std::string World::touchpoint_name(const std::string& id) const { return name_in(touchpoints, id); }

site::Tree World::tree() const {
  std::vector<site::Place> all_regions, all_branches;
  for (const auto& r : regions) all_regions.push_back({r.id, r.name, r.parent, r.own});
  for (const auto& b : branches) all_branches.push_back({b.id, b.name, b.region, b.own});
  return {{"organisation", "", organisation.name, organisation.own},
          std::move(all_regions),
          std::move(all_branches)};
}

base::Result<World> read_world(Services& s) {
  World w;
  auto organisation = s.store.organisation();
  if (!organisation) return std::unexpected(organisation.error());
  if (*organisation) w.organisation = **organisation;
  auto take = [](auto result, auto& into) -> base::Status {
    if (!result) return std::unexpected(result.error());
    into = std::move(*result);
    return {};
  };
  std::vector<store::hq::HeartbeatRecord> beats;
  for (auto status : {take(s.store.regions(), w.regions), take(s.store.branches(), w.branches),
                      take(s.store.touchpoints(), w.touchpoints), take(s.store.kiosks(), w.kiosks),
                      take(s.store.heartbeats(), beats)})
    if (!status) return std::unexpected(status.error());
  for (auto& beat : beats) w.heartbeats[beat.kiosk] = beat;
  return w;
}

std::string_view kiosk_state(const World& w, const store::hq::KioskRecord& kiosk, base::Instant now) {
  auto beat = w.heartbeats.find(kiosk.id);
  if (beat == w.heartbeats.end()) return "never";
  auto age = now - beat->second.at;
  return age <= online_within ? "online" : age <= silent_after ? "late" : "silent";
}

std::vector<site::Level> path_to(const site::Tree& tree, const store::hq::KioskRecord& kiosk) {
  std::vector<site::Level> path = tree.path_to_branch(kiosk.branch);
  path.push_back({"kiosk", kiosk.id, kiosk.name, kiosk.own});
  return path;
}

site::OpeningHours hours_at(const base::Json& here) {
  base::Problems judged_when_it_was_said;
  const base::Json week = here.value("opening_hours", base::Json::object());
  base::ObjectReader reader(week, "", judged_when_it_was_said);
  return site::read_opening_hours(reader);
}

}  // namespace halte::api
