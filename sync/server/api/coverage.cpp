// SPDX-License-Identifier: Apache-2.0
// How long visitors could answer, beside what they answered: a kiosk that was off or covered has no score.
#include <algorithm>

#include "core/site/coverage.h"
#include "sync/server/api/reports.h"

namespace halte::api {
namespace {

using base::Instant;
using base::Json;
using site::Coverage;
using store::hq::CoverageRecord;
using store::hq::KioskRecord;

struct Window {
  Instant from, to;
};

// What a kiosk tells comes with its next heartbeat but one, and in steps of some minutes.
constexpr std::chrono::minutes told_late = site::longest_silence + site::coverage_step;

// Of one report: opening times are worked out once for all kiosks with the same hours.
class Clockwork {
 public:
  Clockwork(const World& world, const Window& asked) : world_(world), tree_(world.tree()), asked_(asked) {}

  // Nothing for a branch that is no more: nobody knows when it was open.
  std::vector<site::OpenTime> open_times(const CoverageRecord& record, const KioskRecord* kiosk, Window in) {
    if (!world_.branch(record.branch)) return {};
    const bool stands_there = kiosk && kiosk->branch == record.branch;
    const Json here =
        site::inherit(stands_there ? path_to(tree_, *kiosk) : tree_.path_to_branch(record.branch)).values;
    const std::string zone = here.value("zone", "Etc/UTC");
    auto [found, is_new] =
        known_.try_emplace({zone, base::to_text(here.value("opening_hours", Json::object()))});
    if (is_new) found->second = site::open_times(hours_at(here), zone, asked_.from, asked_.to);
    std::vector<site::OpenTime> cut;
    for (const site::OpenTime& time : found->second)
      if (time.to > in.from && time.from < in.to)
        cut.push_back({std::max(time.from, in.from), std::min(time.to, in.to)});
    return cut;
  }

 private:
  const World& world_;
  site::Tree tree_;
  Window asked_;
  std::map<std::pair<std::string, std::string>, std::vector<site::OpenTime>> known_;
};

// What a report is divided by: where a record belongs, and how people call that.
using Unit = std::pair<std::string, std::string>;  // id, name
std::optional<std::function<Unit(const CoverageRecord&, const KioskRecord*)>> division_by(
    std::string_view by, const World& world) {
  using Record = CoverageRecord;
  if (by == "kiosk")
    return [](const Record& record, const KioskRecord* kiosk) {
      return kiosk ? Unit{kiosk->id, kiosk->name} : Unit{std::to_string(record.kiosk), ""};
    };
  if (by == "branch")
    return [&](const Record& record, const KioskRecord*) {
      return Unit{record.branch, world.branch_name(record.branch)};
    };
  if (by == "region")
    return [&](const Record& record, const KioskRecord*) {
      const auto* branch = world.branch(record.branch);
      return branch ? Unit{branch->region, world.region_name(branch->region)} : Unit{};
    };
  if (by == "touchpoint")
    return [&](const Record& record, const KioskRecord*) {
      return Unit{record.touchpoint, world.touchpoint_name(record.touchpoint)};
    };
  return std::nullopt;
}

const KioskRecord* find_kiosk(const World& world, std::int64_t row) {
  const auto found = std::ranges::find(world.kiosks, row, &KioskRecord::row);
  return found == world.kiosks.end() ? nullptr : &*found;
}

// Until when a kiosk's silence counts. One at work is heard late; one that is no more ended with its last
// word.
Instant end_of(const KioskRecord* kiosk, Instant last, Instant now) {
  const bool is_at_work = kiosk && kiosk->enrolled() && !kiosk->revoked;
  return is_at_work && now - last > told_late ? now : last;
}

// One kiosk's records, each with the time from its own beginning to that of the next.
using Places = std::vector<std::pair<CoverageRecord, Window>>;
Places places_of(std::vector<CoverageRecord> records, const KioskRecord* kiosk, std::int64_t row,
                 const Window& counts) {
  if (records.empty() && kiosk) records.push_back({row, kiosk->branch, kiosk->touchpoint, {}});
  Places places;
  for (auto& record : records) {
    const Instant began = places.empty() ? counts.from : record.spans.front().began;
    if (!places.empty()) places.back().second.to = began;
    places.push_back({std::move(record), {began, counts.to}});
  }
  return places;
}

bool lies_in(const View& view, const CoverageRecord& record) {
  if (view.touchpoint && record.touchpoint != *view.touchpoint) return false;
  return !view.branches || std::ranges::find(*view.branches, record.branch) != view.branches->end();
}

Json coverage_json(const Coverage& coverage) {
  const bool was_open = coverage.whole().count() > 0;
  return {{"open_minutes", coverage.open.count()},
          {"blocked_minutes", coverage.blocked.count()},
          {"off_minutes", coverage.off.count()},
          {"share", was_open ? Json(coverage.share()) : Json(nullptr)}};
}

std::map<std::int64_t, std::vector<CoverageRecord>> by_kiosk(std::vector<CoverageRecord> records) {
  std::map<std::int64_t, std::vector<CoverageRecord>> kiosks;
  for (auto& record : records) kiosks[record.kiosk].push_back(std::move(record));
  return kiosks;
}

ReportOrProblem coverage(Services& s, const World& world, const View& view, const http::Request& request) {
  const auto unit_of = division_by(request.query.get_or("by", "kiosk"), world);
  if (!unit_of)
    return std::unexpected(
        http::problem(http::Problem::invalid_parameter, "by: kiosk, branch, region or touchpoint"));
  const Instant now = s.clock.now();
  const Window asked{Instant(std::chrono::hours(view.period.from_hour)),
                     std::min(Instant(std::chrono::hours(view.period.to_hour)), now)};
  auto records = s.store.coverage(asked.from, asked.to);
  if (!records) return std::unexpected(http::problem_for(records.error()));
  auto known = s.store.known_coverage();
  if (!known) return std::unexpected(http::problem_for(known.error()));

  auto kiosks = by_kiosk(std::move(*records));
  Clockwork clockwork(world, asked);
  Coverage total;
  std::map<Unit, Coverage> units;
  for (const auto& [row, since] : *known) {
    const KioskRecord* kiosk = find_kiosk(world, row);
    const Window counts{std::max(asked.from, since.first),
                        std::min(asked.to, end_of(kiosk, since.last, now))};
    if (counts.from >= counts.to) continue;
    for (const auto& [record, window] : places_of(std::move(kiosks[row]), kiosk, row, counts)) {
      if (!lies_in(view, record)) continue;
      const Coverage here = site::coverage_of(record.spans, clockwork.open_times(record, kiosk, window));
      total += here;
      units[(*unit_of)(record, kiosk)] += here;
    }
  }

  std::vector<std::pair<Unit, Coverage>> sorted(units.begin(), units.end());
  std::ranges::stable_sort(sorted, {},
                           [](const auto& unit) { return unit.second.share(); });  // what needs a person
  Json list = Json::array();
  for (const auto& [unit, here] : sorted) {
    Json json = coverage_json(here);
    json["id"] = unit.first;
    json["name"] = unit.second;
    list.push_back(std::move(json));
  }
  Json rows = list;
  return Report{{{"total", coverage_json(total)}, {"units", std::move(list)}},
                std::move(rows),
                {{"id", "/id"},
                 {"name", "/name"},
                 {"open_minutes", "/open_minutes", sheet::Kind::whole},
                 {"blocked_minutes", "/blocked_minutes", sheet::Kind::whole},
                 {"off_minutes", "/off_minutes", sheet::Kind::whole},
                 {"share", "/share", sheet::Kind::decimal}}};
}

}  // namespace

void add_coverage_routes(http::Router& router, Services& s) { add_report(router, s, "coverage", coverage); }

}  // namespace halte::api
