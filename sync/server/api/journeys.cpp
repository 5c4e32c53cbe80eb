// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "core/journey/enrichment.h"
#include "sync/server/api/figures.h"
#include "sync/server/api/world.h"

namespace halte::api {
namespace {

using base::Json;
using stats::Metric;

constexpr std::size_t top_reasons = 3;

// Counts by kiosk touchpoint for two periods, gathered in two queries and handed to core/journey.
struct Measured {
  std::map<std::string, Summary> current, previous;
  std::map<std::string, base::Instant> latest;

  std::optional<journey::Measurement> at(const std::string& touchpoint) const {
    auto now = current.find(touchpoint);
    auto before = previous.find(touchpoint);
    if (now == current.end() && before == previous.end()) return std::nullopt;
    journey::Measurement m;
    if (now != current.end()) {
      m.current = now->second.scores;
      for (const auto& [question, counts] : now->second.reasons)
        m.reasons.insert(m.reasons.end(), counts.begin(), counts.end());
    }
    if (before != previous.end()) m.previous = before->second.scores;
    if (auto seen = latest.find(touchpoint); seen != latest.end()) m.latest = seen->second;
    if (!m.current.contains(Metric::emotion)) m.reasons_by = Metric::nps;
    return m;
  }
};

// By touchpoint, of one branch or of all; without what must stay hidden, since the other branches and the
// other touchpoints stand on pages of their own, and their totals do.
base::Result<std::map<std::string, Summary>> read_touchpoints(Services& s, const Period& period,
                                                              const std::optional<std::string>& branch,
                                                              stats::Threshold threshold) {
  auto rows = read_counts(s, period, store::hq::Grain::total);
  if (!rows) return std::unexpected(rows.error());
  std::map<std::string, Summary> touchpoints;
  std::map<std::string, std::map<std::string, Summary>> by_branch;  // of each touchpoint
  for (const auto& row : *rows) {
    if (branch) add(by_branch[row.touchpoint][row.branch], s.catalogue, row);
    if (!branch || row.branch == *branch) add(touchpoints[row.touchpoint], s.catalogue, row);
  }
  drop_hidden(touchpoints, threshold);
  for (auto& [touchpoint, branches] : by_branch) {
    drop_hidden(branches, threshold);
    if (!branches.contains(*branch)) touchpoints.erase(touchpoint);
  }
  return touchpoints;
}

base::Result<Measured> measure(Services& s, const Period& period, const std::optional<std::string>& branch,
                               stats::Threshold threshold) {
  Measured measured;
  auto fill = [&](const Period& p, std::map<std::string, Summary>& into) -> base::Status {
    auto touchpoints = read_touchpoints(s, p, branch, threshold);
    if (!touchpoints) return std::unexpected(touchpoints.error());
    into = std::move(*touchpoints);
    return {};
  };
  if (auto ok = fill(period, measured.current); !ok) return std::unexpected(ok.error());
  if (auto ok = fill(period.before(), measured.previous); !ok) return std::unexpected(ok.error());
  auto latest = s.store.latest();
  if (!latest) return std::unexpected(latest.error());
  for (const auto& l : *latest) {
    if (branch && l.branch != *branch) continue;
    auto& at = measured.latest[l.touchpoint];
    at = std::max(at, l.at);
  }
  return measured;
}

const journey::EnrichedMetric* metric_of(const journey::EnrichedTouchpoint& t, Metric metric) {
  auto at = std::ranges::find(t.metrics, metric, &journey::EnrichedMetric::metric);
  return at == t.metrics.end() ? nullptr : &*at;
}

Json figure_or_null(const journey::EnrichedTouchpoint& t, Metric metric, stats::Threshold threshold) {
  if (!t.touchpoint.measured_by) return nullptr;
  const auto* found = metric_of(t, metric);
  return figure_json(metric, found ? found->figure : std::nullopt, threshold);
}

// The first metric of the touchpoint that has a trend to tell.
Json trend_json(const journey::EnrichedTouchpoint& t, const Measured& measured) {
  for (const auto& m : t.metrics) {
    if (!m.trend) continue;
    const auto& before = measured.previous.at(*t.touchpoint.measured_by);
    return {{"metric", stats::name_of(m.metric)}, {"difference", m.trend->value},
            {"low", m.trend->interval.low},       {"high", m.trend->interval.high},
            {"proven", m.trend->proven},          {"previous_n", before.score_or_empty(m.metric).n()}};
  }
  return nullptr;
}

Json target_json(const journey::EnrichedTouchpoint& t) {
  for (const auto& m : t.metrics)
    if (m.target)
      return {{"metric", stats::name_of(m.metric)},
              {"value", *m.target},
              {"met", m.target_met ? stats::name_of(*m.target_met) : "undecided"}};
  return nullptr;
}

Json reason_shares(Services& s, const Summary& summary, const std::vector<stats::ReasonShare>& shares,
                   const std::string& locale) {
  Json list = Json::array();
  for (const auto& share : shares) {
    if (list.size() == top_reasons) break;
    list.push_back({{"value", share.reason},
                    {"label", reason_label(s.catalogue, summary, share.band, share.reason, locale)},
                    {"band", stats::name_of(share.band)},
                    {"share",
                     {{"metric", "share"},
                      {"n", share.n},
                      {"value", share.share},
                      {"low", share.interval.low},
                      {"high", share.interval.high},
                      {"suppressed", false}}}});
  }
  return list;
}

Json touchpoint_json(Services& s, const journey::EnrichedTouchpoint& t, const Measured& measured,
                     base::Instant now, stats::Threshold threshold, const std::string& locale) {
  const auto& plan = t.touchpoint;
  Json json{{"id", plan.id},
            {"name", plan.name},
            {"channel", journey::name_of(plan.channel)},
            {"doing", plan.doing},
            {"thinking", plan.thinking},
            {"friction", plan.friction},
            {"expected_emotion", t.expected_emotion ? Json(*t.expected_emotion) : Json(nullptr)},
            {"measured_by", plan.measured_by ? Json(*plan.measured_by) : Json(nullptr)},
            {"nps", figure_or_null(t, Metric::nps, threshold)},
            {"emotion", figure_or_null(t, Metric::emotion, threshold)},
            {"latest", nullptr},
            {"age_s", nullptr},
            {"trend", trend_json(t, measured)},
            {"target", target_json(t)},
            {"reasons", nullptr}};
  if (!plan.measured_by) return json;
  // When the last of a few came is as telling as what they said.
  const bool shown = std::ranges::any_of(std::array{"nps", "emotion"}, [&](const char* metric) {
    return json[metric].is_object() && !json[metric].value("suppressed", false);
  });
  if (auto seen = measured.latest.find(*plan.measured_by); shown && seen != measured.latest.end()) {
    json["latest"] = base::to_rfc3339(seen->second);
    json["age_s"] = std::max<std::int64_t>(0, (now - seen->second).count() / 1000);
  }
  if (auto counted = measured.current.find(*plan.measured_by); counted != measured.current.end())
    json["reasons"] = reason_shares(s, counted->second, t.reasons_low, locale);
  return json;
}

Json persona_json(const journey::Map& map) {
  if (map.personas.empty()) return nullptr;
  const auto& persona = map.personas.front();
  return {{"name", persona.name},
          {"description", persona.description},
          {"goals", persona.goals},
          {"pains", persona.pains}};
}

http::Response live(Services& s, const http::Request& request) {
  auto period = period_of(request, s.clock);
  if (!period) return std::move(period.error());
  auto record = s.store.journey(std::string(request.path_parameters.get_or("id", "")));
  if (!record) return http::problem_for(record.error());
  if (!*record) return http::problem(http::Problem::not_found, "no journey map of that id");
  auto map = journey::parse_map((*record)->document);
  if (!map) return http::problem(http::Problem::internal, base::to_string(map.error()));
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  std::optional<std::string> branch;
  if (auto asked = request.query.get("branch"); asked && !asked->empty()) branch = std::string(*asked);
  if (branch && !world->branch(*branch))
    return http::problem(http::Problem::invalid_parameter, "branch: there is none of that id");
  const stats::Threshold threshold = world->threshold();
  auto measured = measure(s, *period, branch, threshold);
  if (!measured) return http::problem_for(measured.error());

  base::Instant now = s.clock.now();
  auto enriched =
      journey::enrich(*map, [&](const std::string& id) { return measured->at(id); }, now, threshold);
  std::string locale = page_locale(request);
  Json phases = Json::array();
  for (const auto& phase : enriched.phases) {
    Json touchpoints = Json::array();
    for (const auto& t : phase.touchpoints)
      touchpoints.push_back(touchpoint_json(s, t, *measured, now, threshold, locale));
    phases.push_back({{"id", phase.id},
                      {"name", phase.name},
                      {"goal", phase.goal},
                      {"touchpoints", std::move(touchpoints)}});
  }
  return http::Response::json(
      200, {{"id", map->id},
            {"title", map->title},
            {"version", map->version},
            {"persona", persona_json(*map)},
            {"framework", map->framework},
            {"reviewed", map->reviewed ? Json(base::to_text(*map->reviewed)) : Json(nullptr)},
            {"stale", enriched.review_is_due},
            {"period", to_json(*period)},
            {"now", base::to_rfc3339(now)},
            {"phases", std::move(phases)}});
}

http::Response list(Services& s) {
  auto records = s.store.journeys();
  if (!records) return http::problem_for(records.error());
  Json all = Json::array();
  for (const auto& record : *records) {
    auto map = journey::parse_map(record.document);
    if (!map) continue;
    std::size_t touchpoints = 0;
    for (const auto& phase : map->phases) touchpoints += phase.touchpoints.size();
    all.push_back({{"id", map->id},
                   {"title", map->title},
                   {"persona", map->personas.empty() ? "" : map->personas.front().name},
                   {"framework", map->framework},
                   {"touchpoints", touchpoints}});
  }
  return http::Response::json(200, all);
}

http::Response document(Services& s, const http::Request& request) {
  auto record = s.store.journey(std::string(request.path_parameters.get_or("id", "")));
  if (!record) return http::problem_for(record.error());
  if (!*record) return http::problem(http::Problem::not_found, "no journey map of that id");
  return http::Response::json(200, (*record)->document);
}

}  // namespace

void add_journey_routes(http::Router& router, Services& s) {
  auto add = [&](const char* pattern, auto handler) {
    router.add(for_person(s, "GET", pattern, auth::access::headquarters,
                          [handler](const auto& request, const auto&) { return handler(request); }));
  };
  add("/api/v1/journeys", [&s](const auto&) { return list(s); });
  add("/api/v1/journeys/{id}", [&s](const auto& request) { return document(s, request); });
  add("/api/v1/journeys/{id}/live", [&s](const auto& request) { return live(s, request); });
}

}  // namespace halte::api
