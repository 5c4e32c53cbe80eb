// SPDX-License-Identifier: Apache-2.0
#include "core/journey/enrichment.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace halte::journey {
namespace {

using stats::Metric;

// The customer's order, with the counts of emotion where they may be shown.
struct Station {
  std::string touchpoint;
  stats::Distribution emotion;
};

const stats::Distribution* counts_of(const std::map<Metric, stats::Distribution>& counts, Metric metric) {
  auto found = counts.find(metric);
  return found == counts.end() ? nullptr : &found->second;
}

const Kpi* kpi_of(const Touchpoint& touchpoint, Metric metric) {
  auto found = std::ranges::find(touchpoint.kpis, stats::name_of(metric), &Kpi::metric);
  return found == touchpoint.kpis.end() ? nullptr : &*found;
}

EnrichedMetric enriched(Metric metric, const Kpi* kpi, const Measurement& measurement,
                        stats::Threshold threshold) {
  const stats::Distribution* current = counts_of(measurement.current, metric);
  const stats::Distribution* previous = counts_of(measurement.previous, metric);
  EnrichedMetric result{.metric = metric, .figure = {}, .trend = {}, .target = {}, .target_met = {}};
  if (current) result.figure = stats::publish(metric, *current, threshold);
  if (current && previous) result.trend = stats::trend(metric, *current, *previous, threshold);
  if (kpi) result.target = kpi->target;
  if (result.figure && result.target)
    result.target_met = stats::target_met(*result.figure, *result.target, kpi->better);
  return result;
}

std::vector<stats::ReasonShare> reasons(const Measurement& measurement, stats::Band band,
                                        stats::Threshold threshold) {
  const stats::Distribution* scores = counts_of(measurement.current, measurement.reasons_by);
  if (!scores) return {};
  return stats::shares(measurement.reasons, band, stats::count_in(measurement.reasons_by, band, *scores),
                       threshold);
}

EnrichedTouchpoint enriched(const Touchpoint& touchpoint, const Measurement& measurement, base::Instant now,
                            stats::Threshold threshold) {
  EnrichedTouchpoint result;
  result.touchpoint = touchpoint;
  result.expected_emotion = touchpoint.expected_emotion;
  for (Metric metric : stats::all_metrics) {
    const Kpi* kpi = kpi_of(touchpoint, metric);
    if (kpi || measurement.current.contains(metric))
      result.metrics.push_back(enriched(metric, kpi, measurement, threshold));
  }
  auto emotion = std::ranges::find(result.metrics, Metric::emotion, &EnrichedMetric::metric);
  if (emotion != result.metrics.end()) result.measured_emotion = emotion->figure;
  result.reasons_low = reasons(measurement, stats::Band::low, threshold);
  result.reasons_high = reasons(measurement, stats::Band::high, threshold);
  if (measurement.latest) {
    result.age = std::chrono::floor<std::chrono::days>(now - *measurement.latest);
    result.freshness = *result.age > stale_after ? Freshness::stale : Freshness::fresh;
  }
  return result;
}

std::vector<Drop> drops_between(const std::vector<Station>& stations) {
  std::vector<Drop> steps;
  std::vector<double> p_values;
  for (std::size_t i = 1; i < stations.size(); ++i) {
    const Station& from = stations[i - 1];
    const Station& to = stations[i];
    std::optional<stats::Difference> fall = stats::difference(Metric::emotion, from.emotion, to.emotion);
    if (!fall) continue;
    steps.push_back({from.touchpoint, to.touchpoint, *fall});
    p_values.push_back(fall->p_value);
  }
  // Rises count among the tests too: they were looked at.
  std::vector<bool> proven = stats::holm(p_values);
  std::vector<Drop> drops;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    steps[i].difference.proven = proven[i];
    if (steps[i].difference.value > 0) drops.push_back(steps[i]);
  }
  std::ranges::sort(drops, std::ranges::greater{}, [](const Drop& drop) {
    return std::pair(drop.difference.proven, drop.difference.value);
  });
  return drops;
}

std::vector<Action> action_plan(const Map& map, Date today) {
  std::vector<Action> plan;
  for (const Opportunity& opportunity : map.opportunities) {
    if (opportunity.status != Status::open && opportunity.status != Status::doing) continue;
    plan.push_back({opportunity, opportunity.due && *opportunity.due < today});
  }
  std::ranges::sort(plan, {}, [](const Action& action) {
    const std::optional<Date>& due = action.opportunity.due;
    return std::tuple(!due.has_value(), due.value_or(Date{}), action.opportunity.id);
  });
  return plan;
}

}  // namespace

EnrichedMap enrich(const Map& map, const Lookup& lookup, base::Instant now, stats::Threshold threshold) {
  Date today(std::chrono::floor<std::chrono::days>(now));
  EnrichedMap result{map, {}, {}, action_plan(map, today), review_is_due(map, today)};
  std::vector<Station> stations;
  for (const Phase& phase : map.phases) {
    EnrichedPhase& enriched_phase =
        result.phases.emplace_back(EnrichedPhase{phase.id, phase.name, phase.goal, {}});
    for (const Touchpoint& touchpoint : phase.touchpoints) {
      std::optional<Measurement> measurement;
      if (touchpoint.measured_by) measurement = lookup(*touchpoint.measured_by);
      EnrichedTouchpoint& enriched_touchpoint = enriched_phase.touchpoints.emplace_back(
          enriched(touchpoint, measurement.value_or(Measurement{}), now, threshold));
      if (enriched_touchpoint.measured_emotion)
        stations.push_back({touchpoint.id, measurement->current.at(Metric::emotion)});
    }
  }
  result.friction = drops_between(stations);
  return result;
}

std::vector<StageRow> stage_table(const EnrichedMap& map) {
  std::vector<StageRow> rows;
  for (const EnrichedPhase& phase : map.phases) {
    StageRow& row = rows.emplace_back(StageRow{phase.name, {}, {}});
    for (const EnrichedTouchpoint& enriched : phase.touchpoints) {
      const Touchpoint& touchpoint = enriched.touchpoint;
      row.doing.push_back(touchpoint.doing.empty() ? touchpoint.name : touchpoint.doing);
      for (const EnrichedMetric& metric : enriched.metrics)
        row.measures.push_back({std::string(stats::name_of(metric.metric)), touchpoint.name, metric.figure});
      for (const Kpi& kpi : touchpoint.kpis)
        if (!stats::metric_named(kpi.metric)) row.measures.push_back({kpi.metric, touchpoint.name, {}});
    }
  }
  return rows;
}

}  // namespace halte::journey
