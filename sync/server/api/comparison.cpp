// SPDX-License-Identifier: Apache-2.0
// The parts of a view side by side, with ties as ties; and what changed, ranked by proof.
#include <algorithm>
#include <numeric>

#include "sync/server/api/reports.h"

namespace halte::api {
namespace {

using base::Json;
using stats::Metric;
using store::hq::Grain;

constexpr std::size_t most_ranked = 40;  // all pairs are compared
constexpr std::size_t most_changes = 50;

// What a view is divided by: the unit that a row belongs to, and how people call it.
struct Division {
  std::string name;
  std::function<std::string(const store::hq::CountRow&)> unit;
  std::function<std::string(const std::string&)> label;
};

std::optional<Division> division_named(const std::string& name, const World& world) {
  const auto itself = [](const std::string& id) { return id; };
  if (name == "branch")
    return Division{name, [](const auto& row) { return row.branch; },
                    [&](const auto& id) { return world.branch_name(id); }};
  if (name == "region")
    return Division{name,
                    [&](const auto& row) {
                      const auto* branch = world.branch(row.branch);
                      return branch ? branch->region : std::string();
                    },
                    [&](const auto& id) { return world.region_name(id); }};
  if (name == "touchpoint")
    return Division{name, [](const auto& row) { return row.touchpoint; },
                    [&](const auto& id) { return world.touchpoint_name(id); }};
  if (name == "language") return Division{name, [](const auto& row) { return row.locale; }, itself};
  if (name == "variant") return Division{name, [](const auto& row) { return row.variant; }, itself};
  return std::nullopt;
}

// The view's units, without those that may not be shown beside the others and their total.
using Units = std::map<std::string, figures::Counted>;
base::Result<Units> read_units(Services& s, const View& view, const Period& period, const Division& division,
                               stats::Threshold threshold) {
  std::map<std::string, ViewCell> cells;
  auto read = for_each_count(s, view, period, Grain::total, [&](const ViewRow& row) {
    if (row.sign < 0 || (view.branches && row.row.branch.empty())) return;  // what lies outside the place
    cells[division.unit(row.row)].add(row);
  });
  if (!read) return std::unexpected(read.error());
  Units units;
  for (const auto& [unit, cell] : cells) units[unit] = cell.released(threshold);
  for (Metric metric : stats::all_metrics) {
    std::vector<std::int64_t> counts;
    for (const auto& [unit, cell] : cells) counts.push_back(cell.counted.clean.score_or_empty(metric).n());
    const auto hidden = stats::hidden_by_set(counts, threshold);
    std::size_t i = 0;
    for (auto& [unit, counted] : units)
      if (hidden[i++])
        for (auto* summary : {&counted.clean, &counted.flagged, &counted.all}) summary->scores.erase(metric);
  }
  return units;
}

// Each unit against all others of the view together; which stay proven when all are looked at is Holm's.
std::vector<std::string> standings(Metric metric, const std::vector<stats::Distribution>& units) {
  stats::Distribution all(stats::scale_of(metric));
  for (const auto& unit : units) all.merge(unit);
  std::vector<std::optional<stats::Difference>> differences;
  std::vector<double> p_values;
  for (const auto& unit : units) {
    stats::Distribution others = all;
    others.subtract(unit);
    differences.push_back(stats::difference(metric, unit, others));
    p_values.push_back(differences.back() ? differences.back()->p_value : 1);
  }
  const auto proven = stats::holm(p_values);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < units.size(); ++i)
    words.push_back(!differences[i]             ? ""
                    : !proven[i]                ? "tied"
                    : differences[i]->value > 0 ? "above"
                                                : "below");
  return words;
}

ReportOrProblem comparison(Services& s, const World& world, const View& view, const http::Request& request) {
  const auto division = division_named(std::string(request.query.get_or("by", "branch")), world);
  if (!division)
    return std::unexpected(http::problem(http::Problem::invalid_parameter,
                                         "by: branch, region, touchpoint, language or variant"));
  const auto threshold = world.threshold();
  auto now = read_units(s, view, view.period, *division, threshold);
  if (!now) return std::unexpected(http::problem_for(now.error()));
  auto before = read_units(s, view, view.period.before(), *division, threshold);
  if (!before) return std::unexpected(http::problem_for(before.error()));

  std::vector<std::string> ids;
  std::vector<stats::Distribution> scores;
  Json few = Json::array();
  for (const auto& [unit, counted] : *now) {
    auto score = counted.clean.score_or_empty(view.metric);
    if (threshold.allows(score.n())) {
      ids.push_back(unit);
      scores.push_back(std::move(score));
    } else {
      few.push_back({{"id", unit}, {"name", division->label(unit)}});
    }
  }
  const auto words = standings(view.metric, scores);
  const auto ranks = scores.size() <= most_ranked ? stats::ranks(view.metric, scores, stats::Better::higher)
                                                  : std::vector<std::optional<int>>(scores.size());
  Json list = Json::array();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const figures::Counted& earlier = (*before)[ids[i]];
    list.push_back(
        {{"id", ids[i]},
         {"name", division->label(ids[i])},
         {"figure", figure_json(view.metric, stats::publish(view.metric, scores[i], threshold), threshold)},
         {"change", difference_json(stats::trend(view.metric, scores[i],
                                                 earlier.clean.score_or_empty(view.metric), threshold))},
         {"standing", words[i]},
         {"rank", ranks[i] ? Json(*ranks[i]) : Json(nullptr)}});
  }
  std::sort(list.begin(), list.end(), [](const Json& a, const Json& b) {
    return a["figure"]["value"].get<double>() > b["figure"]["value"].get<double>();
  });
  std::vector<TableColumn> columns{{"id", "/id"},
                                   {"name", "/name"},
                                   figure("score", "/figure"),
                                   {"standing", "/standing"},
                                   {"rank", "/rank", sheet::Kind::whole}};
  std::ranges::move(difference("change", "/change"), std::back_inserter(columns));
  Json json{{"by", division->name}, {"units", list}, {"too_few", std::move(few)}};
  return Report{std::move(json), std::move(list), std::move(columns)};
}

struct Change {
  std::string kind, id, name;
  Metric metric;
  stats::Cell before, now;
  stats::Difference difference;
};

void add_changes(std::vector<Change>& changes, const Division& division, Units& now, Units& before,
                 stats::Threshold threshold) {
  for (const auto& [unit, counted] : now)
    for (const auto& [metric, score] : counted.clean.scores) {
      const auto earlier = before[unit].clean.score_or_empty(metric);
      if (auto difference = stats::trend(metric, score, earlier, threshold))
        changes.push_back({division.name, unit, division.label(unit), metric,
                           stats::publish(metric, earlier, threshold),
                           stats::publish(metric, score, threshold), *difference});
    }
}

// Against the period before, of every branch and every touchpoint: the surest first. `proven` holds for all
// of them looked at together (Holm), since among a hundred that are looked at some move by chance.
ReportOrProblem changes(Services& s, const World& world, const View& view, const http::Request&) {
  const auto threshold = world.threshold();
  std::vector<Change> all;
  for (const char* by : {"branch", "touchpoint"}) {
    const auto division = division_named(by, world);
    auto now = read_units(s, view, view.period, *division, threshold);
    if (!now) return std::unexpected(http::problem_for(now.error()));
    auto before = read_units(s, view, view.period.before(), *division, threshold);
    if (!before) return std::unexpected(http::problem_for(before.error()));
    add_changes(all, *division, *now, *before, threshold);
  }
  std::ranges::sort(all, {}, [](const Change& change) { return change.difference.p_value; });
  std::vector<double> p_values;
  for (const auto& change : all) p_values.push_back(change.difference.p_value);
  const auto proven = stats::holm(p_values);
  Json list = Json::array();
  for (std::size_t i = 0; i < all.size() && i < most_changes; ++i) {
    Json change = difference_json(all[i].difference);
    change["proven"] = bool(proven[i]);
    list.push_back({{"of", {{"kind", all[i].kind}, {"id", all[i].id}, {"name", all[i].name}}},
                    {"metric", stats::name_of(all[i].metric)},
                    {"before", figure_json(all[i].metric, all[i].before, threshold)},
                    {"now", figure_json(all[i].metric, all[i].now, threshold)},
                    {"change", std::move(change)}});
  }
  std::vector<TableColumn> columns{{"kind", "/of/kind"},        {"id", "/of/id"},
                                   {"name", "/of/name"},        {"metric", "/metric"},
                                   figure("before", "/before"), figure("now", "/now")};
  std::ranges::move(difference("change", "/change"), std::back_inserter(columns));
  Json json{{"looked_at", all.size()}, {"changes", list}};
  return Report{std::move(json), std::move(list), std::move(columns)};
}

}  // namespace

void add_comparison_routes(http::Router& router, Services& s) {
  add_report(router, s, "comparison", comparison);
  add_report(router, s, "changes", changes);
}

}  // namespace halte::api
