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

// The marked answers apart.
struct Counted {
  Summary clean, flagged, all;
};

Counted counted(std::span<const CountRow> rows) {
  Counted sum;
  const auto bands = band_metrics(rows);
  for (const CountRow& row : rows) {
    Meaning meaning{stats::metric_named(row.measures), row.measures == response::measures_reason, false};
    auto band = bands.find({row.survey, row.survey_version});
    meaning.gives_band = meaning.metric && band != bands.end() && band->second == *meaning.metric;
    (row.flagged ? sum.flagged : sum.clean).add(row, meaning);
    sum.all.add(row, meaning);
  }
  return sum;
}

Score score_of(Metric metric, const Counted& now, const Counted& before, stats::Threshold threshold) {
  const auto clean = now.clean.score_or_empty(metric), earlier = before.clean.score_or_empty(metric);
  Score score{metric,
              stats::publish_both(metric, clean, now.flagged.score_or_empty(metric), threshold),
              stats::publish(metric, earlier, threshold),
              stats::trend(metric, clean, earlier, threshold),
              {}};
  if (threshold.allows(clean.n())) score.spread = clean;
  return score;
}

std::optional<std::int64_t> shown(std::int64_t n, stats::Threshold threshold) {
  return threshold.allows(n) ? std::optional(n) : std::nullopt;
}

// Its cells are parts of a score that stands beside them, so they are hidden as a set.
HeatMap heat_of(Metric metric, std::span<const CountRow> rows, stats::Threshold threshold,
                std::string_view zone) {
  std::vector<stats::Distribution> cells(7 * 24, stats::Distribution(stats::scale_of(metric)));
  for (const CountRow& row : rows) {
    if (row.flagged || row.measures != stats::name_of(metric)) continue;
    const auto local = base::to_local(base::Instant{std::chrono::hours(row.hour)}, zone);
    if (!local) continue;
    cells[std::size_t(local->weekday * 24 + local->minute_of_day / 60)].add(std::stoi(row.bin), row.n);
  }
  const auto published = stats::publish_set(metric, cells, threshold);
  HeatMap map{};
  for (std::size_t i = 0; i < cells.size(); ++i) map[i / 24][i % 24] = {cells[i].n() > 0, published[i]};
  return map;
}

std::vector<Reason> reasons_of(const Summary& summary, stats::Band band, stats::Threshold threshold) {
  std::vector<stats::ReasonCount> all;
  for (const auto& [question, counts] : summary.reasons) all.insert(all.end(), counts.begin(), counts.end());
  auto size = summary.band_sizes.find(band);
  std::vector<Reason> reasons;
  for (stats::ReasonShare& share :
       stats::shares(all, band, size == summary.band_sizes.end() ? 0 : size->second, threshold))
    reasons.push_back({summary.asked_in(band, share.reason), std::move(share)});
  return reasons;
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
  if (report.responses)
    report.completion = Share{*report.responses, double(now.all.completed()) / double(*report.responses),
                              stats::wilson(now.all.completed(), *report.responses)};
  if (report.heat_metric) report.heat = heat_of(*report.heat_metric, rows, threshold, zone);
  report.happy = reasons_of(now.all, stats::Band::high, threshold);
  report.unhappy = reasons_of(now.all, stats::Band::low, threshold);
  return report;
}

}  // namespace halte::figures
