// SPDX-License-Identifier: Apache-2.0
#pragma once

// Puts measurements on a map. Pure: the caller fetches the counts, this computes what may be shown.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/journey/map.h"
#include "core/stats/comparison.h"
#include "core/stats/metric.h"
#include "core/stats/reasons.h"
#include "core/stats/suppression.h"

namespace halte::journey {

// The counts of one kiosk touchpoint in a period and in the period before, of equal length.
struct Measurement {
  std::map<stats::Metric, stats::Distribution> current;
  std::map<stats::Metric, stats::Distribution> previous;
  std::optional<base::Instant> latest;  // last answer, coarsened
  std::vector<stats::ReasonCount> reasons;
  stats::Metric reasons_by = stats::Metric::emotion;  // the score that the reasons' bands are of
};

// Counts by id of the kiosks' touchpoint (Touchpoint::measured_by); nothing where no kiosk stands there.
using Lookup = std::function<std::optional<Measurement>(const std::string& kiosk_touchpoint)>;

struct EnrichedMetric {
  stats::Metric metric;
  stats::Cell figure;                      // nothing: not enough answers
  std::optional<stats::Difference> trend;  // nothing: either period is too small
  std::optional<double> target;
  std::optional<stats::Verdict> target_met;  // nothing: no target, or no figure
};

enum class Freshness { none, fresh, stale };  // stale: the last answer is over 90 days old
inline constexpr std::chrono::days stale_after{90};

struct EnrichedTouchpoint {
  Touchpoint touchpoint;
  std::vector<EnrichedMetric>
      metrics;  // kiosk metrics with a KPI or with counts; order of stats::all_metrics
  std::optional<double> expected_emotion;       // the hypothesis
  stats::Cell measured_emotion;                 // the evidence
  std::vector<stats::ReasonShare> reasons_low;  // why people were unhappy, most named first
  std::vector<stats::ReasonShare> reasons_high;
  std::optional<std::chrono::days> age;
  Freshness freshness = Freshness::none;
};

struct EnrichedPhase {
  std::string id;
  std::string name;
  std::string goal;
  std::vector<EnrichedTouchpoint> touchpoints;
};

// A fall of measured emotion from one measured touchpoint to the next in the customer's order.
struct Drop {
  std::string from;
  std::string to;
  stats::Difference difference;  // from - to, above 0; proven after Holm over all steps
};

struct EnrichedMap {
  Map map;
  std::vector<EnrichedPhase> phases;
  std::vector<Drop> friction;            // proven ones first, then the deepest
  std::vector<Opportunity> action_plan;  // open and doing: overdue first, then by due date, then without one
  std::vector<Opportunity> overdue;
  bool review_is_due = false;
};

EnrichedMap enrich(const Map& map, const Lookup& lookup, base::Instant now, stats::Threshold threshold);

// One row per phase, as the pirate funnel is read: what the customer does, how it is measured, what was
// measured. Visible and exportable as a table.
struct StageRow {
  std::string stage;
  std::vector<std::string> doing;
  std::vector<std::string> measured_by;  // "NPS at checkout" as metric name and touchpoint name: "nps: Kassa"
  std::vector<stats::Cell> measured;     // one per entry of measured_by
};
std::vector<StageRow> stage_table(const EnrichedMap& map);

}  // namespace halte::journey
