// SPDX-License-Identifier: Apache-2.0
#include "core/site/inheritance.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/time.h"
#include "core/site/asking.h"
#include "core/site/opening_hours.h"
#include "core/site/settings.h"

namespace halte::site {

using base::Json;
using base::ObjectReader;

namespace {

constexpr std::array<std::string_view, 5> keys{"zone", "opening_hours", "asks", "silent_minutes", "settings"};
// Opening hours are a week: a day that is left out is a day on which it is closed.
constexpr std::array<std::string_view, 2> merged_by_key{"asks", "settings"};

constexpr std::array<std::string_view, 10> local_settings{
    "languages", "theme", "motion",   "text_size", "recommend_share",
    "receipts",  "logo",  "pictures", "timeouts",  "display"};

void check_is_local(ObjectReader& settings, const Json& json) {
  for (const auto& [key, value] : json.items())
    if (std::ranges::find(local_settings, key) == local_settings.end())
      settings.problem(key, "is the same for the whole organisation, so it is said there");
}

void read_asks(ObjectReader& object) {
  const Json* said = object.value("asks");
  object.optional_object("asks", [said](ObjectReader& asks) {
    for (const auto& [touchpoint, asking] : said->items()) (void)read_asking(asks, touchpoint);
  });
}

// `into` as `from` says it; each value that is taken over is noted.
void take(Inherited& into, const Json& from, std::size_t level) {
  for (const auto& [key, value] : from.items()) {
    if (std::ranges::find(merged_by_key, key) == merged_by_key.end()) {
      into.values[key] = value;
      into.said_by["/" + key] = level;
      continue;
    }
    if (!into.values.contains(key)) into.values[key] = Json::object();
    for (const auto& [inner, inner_value] : value.items()) {
      into.values[key][inner] = inner_value;
      into.said_by["/" + key + "/" + inner] = level;
    }
  }
}

std::map<std::string, Place, std::less<>> by_id(std::vector<Place> places) {
  std::map<std::string, Place, std::less<>> all;
  for (auto& place : places) {
    std::string id = place.id;
    all.insert_or_assign(std::move(id), std::move(place));
  }
  return all;
}

Level level_of(const Place& place, std::string kind) {
  return {std::move(kind), place.id, place.name, place.own};
}

}  // namespace

Json read_own(ObjectReader& object, bool is_organisation) {
  Json own = Json::object();
  for (std::string_view key : keys)
    if (const Json* value = object.value(std::string(key))) own[key] = *value;
  if (auto zone = object.optional_text("zone"); zone && !base::is_zone(*zone))
    object.problem("zone", "not an IANA time zone");
  object.optional_object("opening_hours", [](ObjectReader& hours) { (void)read_opening_hours(hours); });
  read_asks(object);
  (void)object.integer("silent_minutes", 5, 7 * 24 * 60, default_silent_minutes);
  object.optional_object("settings", [&](ObjectReader& inner) {
    (void)read_settings(inner);
    if (!is_organisation) check_is_local(inner, own["settings"]);
  });
  return own;
}

Inherited inherit(const std::vector<Level>& path) {
  Inherited inherited;
  for (std::size_t i = 0; i < path.size(); ++i) take(inherited, path[i].own, i);
  return inherited;
}

Tree::Tree(Level organisation, std::vector<Place> regions, std::vector<Place> branches)
    : organisation_(std::move(organisation)),
      regions_(by_id(std::move(regions))),
      branches_(by_id(std::move(branches))) {}

// From the top down. One that is below itself is met once.
std::vector<Level> Tree::regions_above(std::string_view region) const {
  std::vector<Level> path;
  std::set<std::string> met;
  for (auto at = regions_.find(region); at != regions_.end() && met.insert(at->first).second;
       at = regions_.find(at->second.above))
    path.push_back(level_of(at->second, "region"));
  std::ranges::reverse(path);
  return path;
}

std::vector<Level> Tree::path_to_region(std::string_view id) const {
  std::vector<Level> path = regions_above(id);
  path.insert(path.begin(), organisation_);
  return path;
}

std::vector<Level> Tree::path_to_branch(std::string_view id) const {
  auto branch = branches_.find(id);
  if (branch == branches_.end()) return {organisation_};
  std::vector<Level> path = path_to_region(branch->second.above);
  path.push_back(level_of(branch->second, "branch"));
  return path;
}

// Asked for each row of counts, so without making a path.
std::string Tree::zone_of(std::string_view branch) const {
  const auto said = [](const Json& own) -> const Json* {
    auto zone = own.find("zone");
    return zone != own.end() && zone->is_string() ? &*zone : nullptr;
  };
  if (auto at = branches_.find(branch); at != branches_.end()) {
    if (const Json* zone = said(at->second.own)) return *zone;
    std::set<std::string_view> met;
    for (auto region = regions_.find(at->second.above);
         region != regions_.end() && met.insert(region->first).second;
         region = regions_.find(region->second.above))
      if (const Json* zone = said(region->second.own)) return *zone;
  }
  const Json* zone = said(organisation_.own);
  return zone ? zone->get<std::string>() : "Etc/UTC";
}

bool Tree::is_in(std::string_view branch, std::string_view region) const {
  auto at = branches_.find(branch);
  if (at == branches_.end()) return false;
  return std::ranges::any_of(regions_above(at->second.above),
                             [&](const Level& level) { return level.id == region; });
}

bool Tree::is_circular(std::string_view region) const {
  const auto path = regions_above(region);
  if (path.empty()) return false;
  auto top = regions_.find(path.front().id);
  return regions_.contains(top->second.above);
}

}  // namespace halte::site
