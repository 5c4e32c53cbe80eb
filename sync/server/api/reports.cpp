// SPDX-License-Identifier: Apache-2.0
// One view of the counts, as a score, a trend, a week of hours and reasons.
#include <algorithm>
#include <array>

#include "core/figures/heat_map.h"
#include "sync/server/api/reports.h"

namespace halte::api {
namespace {

using base::Json;
using stats::Metric;
using store::hq::Grain;

constexpr int most_days_by_hour = 31;
constexpr std::size_t most_reasons = 20;

base::Result<figures::Counted> counted(Services& s, const View& view, const Period& period,
                                       stats::Threshold threshold) {
  ViewCell cell;
  if (auto read = for_each_count(s, view, period, Grain::total, [&](const ViewRow& row) { cell.add(row); });
      !read)
    return std::unexpected(read.error());
  return cell.released(threshold);
}

Json bins_json(const std::optional<stats::Distribution>& spread) {
  if (!spread) return nullptr;
  Json bins = Json::array();
  for (int value = spread->scale().low; value <= spread->scale().high; ++value)
    bins.push_back({{"bin", value}, {"n", spread->count(value)}});
  return bins;
}

Json score_json(const figures::Score& score, stats::Threshold threshold) {
  return {{"metric", stats::name_of(score.metric)},
          {"without_marked", figure_json(score.metric, score.now.without_flagged, threshold)},
          {"with_marked", figure_json(score.metric, score.now.with_flagged, threshold)},
          {"before", figure_json(score.metric, score.before, threshold)},
          {"change", difference_json(score.change)},
          {"distribution", bins_json(score.spread)}};
}

Json count_or_null(std::int64_t n, stats::Threshold threshold) {
  return threshold.allows(n) ? Json(n) : Json(nullptr);
}

Json completion_json(const figures::Summary& summary, stats::Threshold threshold) {
  return share_json("completion", summary.completed(), summary.responses(), threshold);
}

ReportOrProblem stats_of(Services& s, const World& world, const View& view, const http::Request&) {
  const auto threshold = world.threshold();
  auto now = counted(s, view, view.period, threshold);
  auto before = counted(s, view, view.period.before(), threshold);
  if (!now) return std::unexpected(http::problem_for(now.error()));
  if (!before) return std::unexpected(http::problem_for(before.error()));
  Json scores = Json::array();
  for (Metric metric : figures::band_order)
    if (now->all.score(metric) || before->all.score(metric))
      scores.push_back(score_json(figures::score_of(metric, *now, *before, threshold), threshold));
  Json json{{"responses",
             {{"n", count_or_null(now->all.responses(), threshold)},
              {"before", count_or_null(before->all.responses(), threshold)},
              {"marked", count_or_null(now->flagged.responses(), threshold)}}},
            {"completion", completion_json(now->all, threshold)},
            {"scores", scores}};
  std::vector<TableColumn> columns{{"metric", "/metric"},
                                   figure("score", "/without_marked"),
                                   figure("with marked", "/with_marked"),
                                   figure("before", "/before")};
  std::ranges::move(difference("change", "/change"), std::back_inserter(columns));
  return Report{std::move(json), std::move(scores), std::move(columns)};
}

// Where the question that feeds the metric was put in other words than before: not one series.
class Breaks {
 public:
  Breaks(const Services& s, Metric metric) : s_(s), metric_(metric) {}

  void see(const store::hq::CountRow& row, const std::string& step) {
    auto [at, fresh] = first_.try_emplace({row.survey, row.survey_version}, step);
    if (!fresh) at->second = std::min(at->second, step);
  }

  Json to_json() const {
    Json list = Json::array();
    std::shared_ptr<const figures::KnownSurvey> before;
    for (const auto& [version, step] : first_) {
      auto known = s_.catalogue.find(version.first, version.second);
      if (before && known && before->id == known->id && !is_same(*before, *known))
        list.push_back({{"step", step}, {"survey", known->id}, {"version", known->version}});
      before = std::move(known);
    }
    return list;
  }

 private:
  bool is_same(const figures::KnownSurvey& before, const figures::KnownSurvey& now) const {
    const std::string *was = before.question_of(metric_), *is = now.question_of(metric_);
    return was && is && *was == *is && figures::asks_the_same(before, now, *is);
  }

  const Services& s_;
  Metric metric_;
  std::map<std::pair<std::string, int>, std::string> first_;
};

// Steps are parts of a total that stands beside them, so they are hidden as a set.
Json points_json(Metric metric, const std::map<std::string, ViewCell>& steps, stats::Threshold threshold) {
  std::vector<stats::Distribution> cells;
  for (const auto& [name, cell] : steps) cells.push_back(cell.counted.clean.score_or_empty(metric));
  const auto shown = stats::publish_set(metric, cells, threshold);
  Json list = Json::array();
  std::size_t i = 0;
  for (const auto& [name, cell] : steps) {
    const stats::Cell figure = cell.parts.releases(metric, threshold) ? shown[i] : stats::Cell{};
    list.push_back({{"step", name}, {"figure", figure_json(metric, figure, threshold)}});
    ++i;
  }
  return list;
}

ReportOrProblem trend(Services& s, const World& world, const View& view, const http::Request& request) {
  const auto step = figures::step_named(request.query.get_or("step", "day"));
  if (!step)
    return std::unexpected(http::problem(http::Problem::invalid_parameter, "step: hour, day, week or month"));
  if (*step == figures::Step::hour && view.period.days > most_days_by_hour)
    return std::unexpected(
        http::problem(http::Problem::invalid_parameter, "step: by the hour up to 31 days"));
  const auto tree = world.tree();
  LocalHours hours(tree, view.zone);
  std::map<std::string, ViewCell> steps;
  Breaks breaks(s, view.metric);
  auto read = for_each_count(s, view, view.period, Grain::hour, [&](const ViewRow& row) {
    if (row.meaning.metric != view.metric) return;
    const std::string name = figures::name_of(*step, hours.at(row.row.branch, row.row.hour));
    steps[name].add(row);
    if (row.is_selected) breaks.see(row.row, name);
  });
  if (!read) return std::unexpected(http::problem_for(read.error()));
  Json points = points_json(view.metric, steps, world.threshold());
  Json json{{"step", request.query.get_or("step", "day")}, {"points", points}, {"breaks", breaks.to_json()}};
  return Report{std::move(json), std::move(points), {{"step", "/step"}, figure("score", "/figure")}};
}

Json heat_json(Metric metric, const figures::HeatMap& map, stats::Threshold threshold) {
  Json days = Json::array();
  for (const auto& day : map) {
    Json hours = Json::array();
    for (const auto& cell : day)
      hours.push_back(cell.has_answers ? figure_json(metric, cell.figure, threshold) : Json(nullptr));
    days.push_back(std::move(hours));
  }
  return days;
}

Json heat_rows(const Json& days) {
  constexpr std::array names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  Json rows = Json::array();
  for (std::size_t day = 0; day < days.size(); ++day)
    for (std::size_t hour = 0; hour < days[day].size(); ++hour)
      if (!days[day][hour].is_null())
        rows.push_back({{"day", names[day]}, {"hour", hour}, {"figure", days[day][hour]}});
  return rows;
}

ReportOrProblem heat_map(Services& s, const World& world, const View& view, const http::Request&) {
  const auto tree = world.tree();
  LocalHours hours(tree, view.zone);
  std::map<std::pair<int, int>, ViewCell> cells;
  auto read = for_each_count(s, view, view.period, Grain::hour, [&](const ViewRow& row) {
    if (row.meaning.metric != view.metric) return;
    const auto& at = hours.at(row.row.branch, row.row.hour);
    cells[{at.weekday, at.minute_of_day / 60}].add(row);
  });
  if (!read) return std::unexpected(http::problem_for(read.error()));
  figures::HeatCells heat(view.metric);
  for (const auto& [at, cell] : cells) {
    const auto answers = cell.counted.clean.score_or_empty(view.metric);
    base::LocalTime time{};
    time.weekday = at.first;
    time.minute_of_day = at.second * 60;
    for (int value = answers.scale().low; value <= answers.scale().high; ++value)
      heat.add(time, value, answers.count(value));
  }
  figures::HeatMap map = heat.published(world.threshold());
  for (const auto& [at, cell] : cells)
    if (!cell.parts.releases(view.metric, world.threshold()))
      map[std::size_t(at.first)][std::size_t(at.second)].figure.reset();
  Json days = heat_json(view.metric, map, world.threshold());
  Json rows = heat_rows(days);
  return Report{{{"days", std::move(days)}},
                std::move(rows),
                {{"day", "/day"}, {"hour", "/hour", sheet::Kind::whole}, figure("score", "/figure")}};
}

ReportOrProblem reasons(Services& s, const World& world, const View& view, const http::Request& request) {
  const auto threshold = world.threshold();
  auto now = counted(s, view, view.period, threshold);
  if (!now) return std::unexpected(http::problem_for(now.error()));
  const std::string locale = page_locale(request);
  Json rows = Json::array();
  const auto list = [&](stats::Band band, const char* of) {
    Json reasons = reasons_json(s, now->all, band, threshold, most_reasons, locale);
    for (Json row : reasons) {
      row["of"] = of;
      rows.push_back(std::move(row));
    }
    return reasons;
  };
  Json json{{"happy", list(stats::Band::high, "happy")}, {"unhappy", list(stats::Band::low, "unhappy")}};
  return Report{std::move(json),
                std::move(rows),
                {{"of", "/of"}, {"reason", "/label"}, {"value", "/value"}, figure("share", "/share")}};
}

}  // namespace

Json difference_json(const std::optional<stats::Difference>& difference) {
  if (!difference) return nullptr;
  return {{"value", difference->value},
          {"low", difference->interval.low},
          {"high", difference->interval.high},
          {"p", difference->p_value},
          {"proven", difference->proven}};
}

void add_report(http::Router& router, Services& s, const std::string& name, ReportHandler handler) {
  auto answer = [&s, name, handler](const http::Request& request, const auth::Session& person) {
    const auto format = format_of(request);
    if (!format) return http::problem(http::Problem::not_acceptable, "JSON, CSV and XLSX are there");
    auto world = read_world(s);
    if (!world) return http::problem_for(world.error());
    auto view = view_of(request, person, *world, s.clock);
    if (!view) return std::move(view.error());
    auto report = handler(s, *world, *view, request);
    if (!report) return std::move(report.error());
    if (*format == Format::json) {
      report->json["view"] = to_json(*view, *world);
      report->json["k"] = world->threshold().answers();
      return http::Response::json(200, report->json);
    }
    sheet::Sheet sheet = table(name, report->rows, report->columns);
    sheet.notes = notes_of(*view, *world, page_locale(request));
    (void)s.store.audit({person.email, "export", name}, s.clock.now());
    return as_file(sheet, *format, "halte-" + name, s.clock.now());
  };
  router.add(for_person(s, "GET", "/api/v1/" + name, auth::access::figures, std::move(answer)));
}

void add_report_routes(http::Router& router, Services& s) {
  add_report(router, s, "stats", stats_of);
  add_report(router, s, "trend", trend);
  add_report(router, s, "heatmap", heat_map);
  add_report(router, s, "reasons", reasons);
}

}  // namespace halte::api
