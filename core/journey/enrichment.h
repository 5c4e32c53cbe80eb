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

// Work that is not done: open or being done.
struct Action {
  Opportunity opportunity;
  bool overdue = false;
};

struct EnrichedMap {
  Map map;
  std::vector<EnrichedPhase> phases;
  std::vector<Drop> friction;       // proven ones first, then the deepest
  std::vector<Action> action_plan;  // by due date, so overdue ones first; without a date last
  bool review_is_due = false;
};

EnrichedMap enrich(const Map& map, const Lookup& lookup, base::Instant now, stats::Threshold threshold);

// How a stage is measured at one of its touchpoints, and what was measured.
struct StageMeasure {
  std::string metric;
  std::string touchpoint;  // its name
  stats::Cell figure;      // nothing: not measured by a kiosk, or not enough answers
};

// One row per phase, as the pirate funnel is read: what the customer does, how it is measured, what was
// measured. Visible and exportable as a table.
struct StageRow {
  std::string stage;
  std::vector<std::string> doing;
  std::vector<StageMeasure> measures;
};
std::vector<StageRow> stage_table(const EnrichedMap& map);

}  // namespace halte::journey
