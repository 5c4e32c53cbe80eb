// SPDX-License-Identifier: Apache-2.0
#include "core/figures/report.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace halte::figures {
namespace {

using response::CountRow;
using stats::Metric;

// Which score reasons were counted with, as KnownSurvey::band_metric() has it, of what was answered.
using Survey = std::tuple<std::string, int>;
std::map<Survey, Metric> band_metrics(std::span<const CountRow> rows) {
  std::map<Survey, Metric> found;
  for (Metric metric : band_order)
    for (const CountRow& row : rows)
      if (row.measures == stats::name_of(metric)) found.try_emplace({row.survey, row.survey_version}, metric);
  return found;
}

Counted counted(std::span<const CountRow> rows) {
  Counted sum;
  const auto bands = band_metrics(rows);
  for (const CountRow& row : rows) {
    Meaning meaning{stats::metric_named(row.measures), row.measures == response::measures_reason, false};
    auto band = bands.find({row.survey, row.survey_version});
    meaning.gives_band = meaning.metric && band != bands.end() && band->second == *meaning.metric;
    sum.add(row, meaning);
  }
  return sum;
}

std::optional<std::int64_t> shown(std::int64_t n, stats::Threshold threshold) {
  return threshold.allows(n) ? std::optional(n) : std::nullopt;
}

// Without the marked answers, as the score beside it.
HeatMap heat_of(Metric metric, std::span<const CountRow> rows, stats::Threshold threshold,
                std::string_view zone) {
  HeatCells cells(metric);
  for (const CountRow& row : rows) {
    if (row.flagged || row.measures != stats::name_of(metric)) continue;
    if (const auto local = base::to_local(base::Instant{std::chrono::hours(row.hour)}, zone))
      cells.add(*local, std::stoi(row.bin), row.n);
  }
  return cells.published(threshold);
}

}  // namespace

Period period_of(PeriodKind kind, base::Instant now, std::string_view zone) {
  const std::string_view place = base::is_zone(zone) ? zone : "Etc/UTC";
  switch (kind) {
    case PeriodKind::day:
      return {kind, *base::start_of_day(now, place, -1), *base::start_of_day(now, place), now};
    case PeriodKind::week: {
      const int monday = -base::to_local(now, place)->weekday;
      return {kind, *base::start_of_day(now, place, monday - 7), *base::start_of_day(now, place, monday),
              now};
    }
    case PeriodKind::month: break;
  }
  return {kind, *base::start_of_month(now, place, -1), *base::start_of_month(now, place), now};
}

Report report_of(const Period& period, std::span<const CountRow> rows, std::span<const CountRow> before,
                 stats::Threshold threshold, std::string_view zone) {
  const Counted now = counted(rows), earlier = counted(before);
  Report report{.period = period, .threshold = threshold};
  for (Metric metric : band_order) {
    if (!now.all.score(metric) && !earlier.all.score(metric)) continue;
    report.scores.push_back(score_of(metric, now, earlier, threshold));
    if (!report.heat_metric) report.heat_metric = metric;
  }
  report.responses = shown(now.all.responses(), threshold);
  report.responses_before = shown(earlier.all.responses(), threshold);
  report.completion = completion_of(now.all, threshold);
  if (report.heat_metric) report.heat = heat_of(*report.heat_metric, rows, threshold, zone);
  report.happy = reasons_of(now.all, stats::Band::high, threshold);
  report.unhappy = reasons_of(now.all, stats::Band::low, threshold);
  return report;
}

}  // namespace halte::figures
