// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "sync/server/api/figures.h"
#include "sync/server/api/fleet.h"
#include "sync/server/api/world.h"

namespace halte::api {
namespace {

using base::Json;
using stats::Metric;

constexpr std::size_t top_reasons = 5;

Json kiosks_json(const World& w, base::Instant now, const std::string& branch = "") {
  Json list = Json::array();
  const site::Tree tree = w.tree();
  for (const auto& kiosk : w.kiosks)
    if (branch.empty() || kiosk.branch == branch) list.push_back(kiosk_json(w, tree, kiosk, now));
  return list;
}

// One entry a local day. Days are parts of a total that stands beside them, so they are hidden as a set.
Json trend_json(const Services& s, const World& w, const std::vector<store::hq::CountRow>& rows) {
  std::map<std::string, Summary> days;
  std::map<std::pair<std::string, int>, std::string> day_names;  // the zone look-up is the slow part
  const site::Tree tree = w.tree();
  for (const auto& row : rows) {
    auto [at, fresh] = day_names.try_emplace({row.branch, row.hour});
    if (fresh) {
      auto local = base::to_local(base::Instant{std::chrono::hours(row.hour)}, tree.zone_of(row.branch));
      if (local) at->second = fmt::format("{:04}-{:02}-{:02}", local->year, local->month, local->day);
    }
    if (!at->second.empty()) add(days[at->second], s.catalogue, row);
  }
  Json list = Json::array();
  for (const auto& [day, summary] : days) list.push_back({{"day", day}});
  for (Metric metric : {Metric::nps, Metric::emotion}) {
    std::vector<stats::Distribution> cells;
    for (const auto& [day, summary] : days) cells.push_back(summary.score_or_empty(metric));
    auto shown = stats::publish_set(metric, cells, w.threshold());
    for (std::size_t i = 0; i < shown.size(); ++i)
      list[i][std::string(stats::name_of(metric))] = figure_json(metric, shown[i], w.threshold());
  }
  return list;
}

// The figures of each place of a set, hidden as a set since their total stands beside them.
template <class Place>
void add_figures(Json& list, const std::vector<Place>& places, std::map<std::string, Summary>& summaries,
                 stats::Threshold threshold) {
  for (Metric metric : {Metric::nps, Metric::emotion}) {
    std::vector<stats::Distribution> cells;
    for (const auto& place : places) cells.push_back(summaries[place.id].score_or_empty(metric));
    auto shown = stats::publish_set(metric, cells, threshold);
    for (std::size_t i = 0; i < places.size(); ++i)
      list[i][std::string(stats::name_of(metric))] = figure_json(metric, shown[i], threshold);
  }
}

Json branches_json(const World& w, std::map<std::string, Summary>& summaries, base::Instant now) {
  Json list = Json::array();
  for (const auto& branch : w.branches) {
    int online = 0, total = 0;
    for (const auto& kiosk : w.kiosks)
      if (kiosk.branch == branch.id) {
        ++total;
        online += kiosk_state(w, kiosk, now) == "online";
      }
    list.push_back({{"id", branch.id},
                    {"name", branch.name},
                    {"region", w.region_name(branch.region)},
                    {"kiosks", {{"online", online}, {"total", total}}}});
  }
  add_figures(list, w.branches, summaries, w.threshold());
  return list;
}

Json scores_json(const Summary& summary, stats::Threshold threshold) {
  Json json = Json::object();
  for (Metric metric : {Metric::nps, Metric::emotion})
    json[std::string(stats::name_of(metric))] =
        figure_json(metric, stats::publish(metric, summary.score_or_empty(metric), threshold), threshold);
  json["completion"] = completion_json(summary, threshold);
  return json;
}

// Responses since the branch's midnight; each branch has its own. By the date that the clock on its wall
// shows, since a day may have 23 or 25 hours.
std::int64_t today_count(const World& w, const std::vector<store::hq::CountRow>& rows, base::Instant now) {
  constexpr int longest_day = 25;
  const site::Tree tree = w.tree();
  std::int64_t n = 0;
  for (const auto& row : rows) {
    if (row.question != store::hq::ended_question || row.hour + longest_day < base::hours_since_epoch(now))
      continue;
    const std::string zone = tree.zone_of(row.branch);
    const auto today = base::to_local(now, zone);
    const auto then = base::to_local(base::Instant{std::chrono::hours(row.hour)}, zone);
    if (today && then &&
        std::tie(then->year, then->month, then->day) == std::tie(today->year, today->month, today->day))
      n += row.n;
  }
  return n;
}

http::Response overview(Services& s, const http::Request& request) {
  auto period = period_of(request, s.clock);
  if (!period) return std::move(period.error());
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  auto rows = read_counts(s, *period, store::hq::Grain::hour);
  if (!rows) return http::problem_for(rows.error());

  Summary all;
  std::map<std::string, Summary> by_branch;
  for (const auto& row : *rows) {
    add(all, s.catalogue, row);
    add(by_branch[row.branch], s.catalogue, row);
  }
  base::Instant now = s.clock.now();
  stats::Threshold threshold = world->threshold();
  std::int64_t today = today_count(*world, *rows, now);
  bool show_all = threshold.allows(all.responses()), show_today = threshold.allows(today);
  Json json = scores_json(all, threshold);
  json["organisation"] = {{"name", world->organisation.name}, {"demo", world->organisation.demo}};
  json["period"] = to_json(*period);
  json["responses"] = {{"n", show_all ? Json(all.responses()) : Json(nullptr)},
                       {"today", show_today ? Json(today) : Json(nullptr)},
                       {"today_suppressed", !show_today}};
  json["trend"] = trend_json(s, *world, *rows);
  json["branches"] = branches_json(*world, by_branch, now);
  json["kiosks"] = kiosks_json(*world, now);
  return http::Response::json(200, json);
}

Json distribution_json(const Summary& summary, Metric metric, stats::Threshold threshold) {
  stats::Distribution d = summary.score_or_empty(metric);
  if (!threshold.allows(d.n())) return nullptr;
  Json bins = Json::array();
  for (int value = d.scale().low; value <= d.scale().high; ++value)
    bins.push_back({{"bin", value}, {"n", d.count(value)}});
  return bins;
}

// A branch that the overview hides beside the others has nothing to show on its own page either: the total
// minus the other pages would give it away.
base::Result<std::vector<store::hq::CountRow>> branch_rows(Services& s, const Period& period,
                                                           const std::string& branch,
                                                           stats::Threshold threshold) {
  auto all = read_counts(s, period, store::hq::Grain::total);
  if (!all) return all;
  std::map<std::string, Summary> branches;
  for (const auto& row : *all) add(branches[row.branch], s.catalogue, row);
  drop_hidden(branches, threshold);
  if (!branches.contains(branch)) return std::vector<store::hq::CountRow>{};
  return read_counts(s, period, store::hq::Grain::hour, branch);
}

http::Response branch(Services& s, const http::Request& request) {
  auto period = period_of(request, s.clock);
  if (!period) return std::move(period.error());
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  std::string id(request.path_parameters.get_or("id", ""));
  const auto* record = world->branch(id);
  if (!record) return http::problem(http::Problem::not_found, "no branch of that id");
  stats::Threshold threshold = world->threshold();
  auto rows = branch_rows(s, *period, id, threshold);
  if (!rows) return http::problem_for(rows.error());

  Summary all;
  std::map<std::string, Summary> by_touchpoint;
  for (const auto& row : *rows) {
    add(all, s.catalogue, row);
    add(by_touchpoint[row.touchpoint], s.catalogue, row);
  }
  Json json = scores_json(all, threshold);
  json["id"] = record->id;
  json["name"] = record->name;
  json["region"] = world->region_name(record->region);
  json["zone"] = world->tree().zone_of(id);
  json["period"] = to_json(*period);
  json["trend"] = trend_json(s, *world, *rows);
  json["distribution"] = {{"emotion", distribution_json(all, Metric::emotion, threshold)},
                          {"nps", distribution_json(all, Metric::nps, threshold)}};
  std::string locale = page_locale(request);
  json["reasons"] = {{"happy", reasons_json(s, all, stats::Band::high, threshold, top_reasons, locale)},
                     {"unhappy", reasons_json(s, all, stats::Band::low, threshold, top_reasons, locale)}};
  std::vector<store::hq::TouchpointRecord> here;
  for (const auto& touchpoint : world->touchpoints)
    if (by_touchpoint.contains(touchpoint.id) || world->has_kiosk(id, touchpoint.id))
      here.push_back(touchpoint);
  Json list = Json::array();
  for (const auto& touchpoint : here) list.push_back({{"id", touchpoint.id}, {"name", touchpoint.name}});
  add_figures(list, here, by_touchpoint, threshold);
  json["touchpoints"] = std::move(list);
  json["kiosks"] = kiosks_json(*world, s.clock.now(), id);
  return http::Response::json(200, json);
}

http::Response branch_list(Services& s) {
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  Json list = Json::array();
  for (const auto& b : world->branches)
    list.push_back({{"id", b.id}, {"name", b.name}, {"region", world->region_name(b.region)}});
  return http::Response::json(200, list);
}

}  // namespace

void add_overview_routes(http::Router& router, Services& s) {
  router.add(for_person(s, "GET", "/api/v1/overview", auth::access::headquarters,
                        [&s](const auto& request, const auto&) { return overview(s, request); }));
  router.add(for_person(s, "GET", "/api/v1/branches", auth::access::headquarters,
                        [&s](const auto&, const auto&) { return branch_list(s); }));
  router.add(for_person(s, "GET", "/api/v1/branches/{id}", auth::access::headquarters,
                        [&s](const auto& request, const auto&) { return branch(s, request); }));
}

}  // namespace halte::api
