// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/figures_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace halte::manager::model {
namespace {

using figures::PeriodKind;
using stats::Metric;

// "4.2" as the language writes it.
std::string number(double value, int decimals, const std::string& language, bool with_sign = false) {
  // Rounded first: -0.04 is "0,0" and has no sign.
  const double scale = std::pow(10, decimals);
  const double rounded = std::round(value * scale) / scale;
  std::string text = fmt::format("{:.{}f}", std::abs(rounded), decimals);
  if (language != "en" && language != "ar") std::ranges::replace(text, '.', ',');
  if (rounded < 0) return "−" + text;
  return with_sign && rounded > 0 ? "+" + text : text;
}

int decimals_of(Metric metric) { return metric == Metric::nps || metric == Metric::csat ? 0 : 1; }

// "34 % (28–41)"
std::string with_interval(double share, const stats::Interval& interval) {
  return fmt::format("{} ({}–{})", percent(share), std::lround(interval.low * 100),
                     std::lround(interval.high * 100));
}

std::string metric_name(const FiguresWords& w, Metric metric) {
  switch (metric) {
    case Metric::nps: return w.t("Would recommend (NPS)");
    case Metric::emotion: return w.t("How the visit was");
    case Metric::csat: return w.t("Satisfied");
    case Metric::ces: return w.t("How easy it was");
    case Metric::stars: return w.t("Stars");
  }
  return {};
}

std::string few(const FiguresWords& w) {
  return fill(w.t("Fewer than {count} answers: too few to show."), "count",
              std::to_string(w.figures.report.threshold.answers()));
}

const char* before_name(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::day: return "yesterday";
    case PeriodKind::week: return "last week";
    case PeriodKind::month: return "last month";
  }
  return "";
}

std::string change_text(const FiguresWords& w, const figures::Score& score) {
  const std::string before = w.t(before_name(w.figures.report.period.kind));
  if (!score.change) return fill(w.t("Nothing to compare with {before}."), "before", before);
  const std::string by = number(score.change->value, decimals_of(score.metric), w.language, true);
  const char* sentence = score.change->proven ? "{change} since {before}: a proven difference."
                                              : "{change} since {before}: may be chance.";
  return fill(fill(w.t(sentence), "change", by), "before", before);
}

// No line begins with a percent sign.
std::string keep_percent(std::string text) {
  constexpr std::string_view loose = " %", tight = "\u00A0%";
  if (std::size_t at = text.find(loose); at != text.npos) text.replace(at, loose.size(), tight);
  return text;
}

std::string interval_text(const FiguresWords& w, const stats::Figure& figure) {
  const int decimals = decimals_of(figure.metric);
  std::string text = keep_percent(w.t("{count} answers · 95 % sure: {low} to {high}"));
  text = fill(std::move(text), "count", std::to_string(figure.n));
  text = fill(std::move(text), "low", number(figure.interval.low, decimals, w.language));
  return fill(std::move(text), "high", number(figure.interval.high, decimals, w.language));
}

ScaleView scale_of(const FiguresWords& w, const figures::Score& score, const stats::Figure& figure) {
  const stats::Interval range = stats::range_of(score.metric);
  ScaleView scale{float(range.low),
                  float(range.high),
                  float(figure.value),
                  float(figure.interval.low),
                  float(figure.interval.high),
                  {},
                  number(range.low, 0, w.language),
                  number(range.high, 0, w.language)};
  if (score.before) scale.before = float(score.before->value);
  return scale;
}

// How often the answers from `low` to `high` were given.
BarLine spread_line(std::string label, const stats::Distribution& spread, int low, int high) {
  const double share = double(spread.count(low, high)) / double(spread.n());
  return {std::move(label), percent(share), float(share), {}, {}};
}

// Best first, as a manager reads it; eleven numbers as the three groups that the score is made of.
void add_spread(const FiguresWords& w, ScoreView& view, Metric metric, const stats::Distribution& spread) {
  if (metric == Metric::nps) {
    view.spread = {spread_line(w.t("Promoters (9–10)"), spread, 9, 10),
                   spread_line(w.t("Passives (7–8)"), spread, 7, 8),
                   spread_line(w.t("Detractors (0–6)"), spread, 0, 6)};
    view.moods = {4, 2, 0};
    return;
  }
  const stats::Scale scale = spread.scale();
  for (int bin = scale.high; bin >= scale.low; --bin) {
    view.spread.push_back(spread_line(std::to_string(bin), spread, bin, bin));
    view.moods.push_back(float(bin - scale.low) / float(scale.high - scale.low) * 4);
  }
}

ScoreView score_of(const FiguresWords& w, const figures::Score& score) {
  ScoreView view{.name = metric_name(w, score.metric)};
  const stats::Cell& figure = score.now.without_flagged;
  if (!figure) {
    view.too_few = few(w);
    return view;
  }
  const int decimals = decimals_of(score.metric);
  view.value = number(figure->value, decimals, w.language);
  view.interval = interval_text(w, *figure);
  view.change = change_text(w, score);
  if (score.change && score.change->proven) view.is_better = score.change->value > 0;
  if (score.now.with_flagged && score.now.with_flagged->n > figure->n)
    view.marked = fill(fill(w.t("With the {count} answers that look like play: {value}"), "count",
                            std::to_string(score.now.with_flagged->n - figure->n)),
                       "value", number(score.now.with_flagged->value, decimals, w.language));
  view.scale = scale_of(w, score, *figure);
  if (score.spread) add_spread(w, view, score.metric, *score.spread);
  return view;
}

std::string coverage_text(const FiguresWords& w) {
  const site::Coverage& c = w.figures.coverage;
  std::string text = percent(c.share());
  auto add = [&](std::chrono::minutes time, const char* sentence) {
    if (time.count() > 0)
      text +=
          " · " + fill(w.t(sentence), "time", fmt::format("{}:{:02}", time.count() / 60, time.count() % 60));
  };
  add(c.off, "off for {time}");
  add(c.blocked, "covered for {time}");
  return text;
}

std::vector<FactView> facts_of(const FiguresWords& w) {
  const figures::Report& r = w.figures.report;
  auto count = [&](const std::optional<std::int64_t>& n) { return n ? std::to_string(*n) : w.t("too few"); };
  std::vector<FactView> facts{{w.t("Responses"), count(r.responses)}};
  if (r.responses && r.responses_before)
    facts.front().value +=
        " (" + w.t(before_name(r.period.kind)) + ": " + std::to_string(*r.responses_before) + ")";
  if (r.completion)
    facts.push_back({w.t("Answered to the end"), with_interval(r.completion->value, r.completion->interval)});
  facts.push_back({w.t("Ready in opening hours"), coverage_text(w)});
  return facts;
}

BarLine reason_bar(const FiguresWords& w, const figures::Reason& reason) {
  const stats::ReasonShare& s = reason.share;
  return {w.words.reason(reason, w.language), with_interval(s.share, s.interval), float(s.share),
          float(s.interval.low), float(s.interval.high)};
}

std::vector<std::string> weekdays(const FiguresWords& w) {
  std::vector<std::string> names;
  for (const char* day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) names.push_back(w.t(day));
  return names;
}

// From the first hour in which anybody answered to the last: a shop's night is no news.
std::pair<int, int> hours_with_answers(const figures::HeatMap& map) {
  int first = 24, last = -1;
  for (const auto& day : map)
    for (int hour = 0; hour < 24; ++hour)
      if (day[std::size_t(hour)].has_answers) first = std::min(first, hour), last = std::max(last, hour);
  return {first, last};
}

void score_rows(const FiguresWords& w, TableView& table) {
  table.columns = {w.t("Score"), w.t("Value"), w.t("95 % from"), w.t("to"), w.t("Answers"), w.t("Before")};
  for (const figures::Score& score : w.figures.report.scores) {
    const int decimals = decimals_of(score.metric);
    auto text = [&](double value) { return number(value, decimals, w.language); };
    const std::string before = score.before ? text(score.before->value) : "–";
    const stats::Cell& f = score.now.without_flagged;
    if (!f) {
      table.rows.push_back({metric_name(w, score.metric), "–", "–", "–", "–", before});
      continue;
    }
    table.rows.push_back({metric_name(w, score.metric), text(f->value), text(f->interval.low),
                          text(f->interval.high), std::to_string(f->n), before});
    if (!score.spread) continue;
    for (int bin = score.spread->scale().high; bin >= score.spread->scale().low; --bin)
      table.rows.push_back({"    " + std::to_string(bin),
                            percent(double(score.spread->count(bin)) / double(score.spread->n())), "", "",
                            std::to_string(score.spread->count(bin)), ""});
  }
}

void hour_rows(const FiguresWords& w, TableView& table) {
  const figures::Report& r = w.figures.report;
  table.columns = {w.t("Day and hour"), w.t("Value"), w.t("95 % from"), w.t("to"), w.t("Answers")};
  const auto days = weekdays(w);
  for (std::size_t day = 0; day < 7; ++day)
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const figures::HeatCell& cell = r.heat[day][hour];
      if (!cell.has_answers) continue;
      const std::string when = fmt::format("{} {}:00", days[day], hour);
      if (!cell.figure) {
        table.rows.push_back({when, "–", "–", "–", w.t("too few")});
        continue;
      }
      auto text = [&](double value) { return number(value, decimals_of(cell.figure->metric), w.language); };
      table.rows.push_back({when, text(cell.figure->value), text(cell.figure->interval.low),
                            text(cell.figure->interval.high), std::to_string(cell.figure->n)});
    }
}

void reason_rows(const FiguresWords& w, TableView& table) {
  table.columns = {w.t("Reason"), w.t("Share"), w.t("95 % from"), w.t("to"), w.t("Of")};
  auto add = [&](const std::vector<figures::Reason>& reasons, const char* who) {
    for (const figures::Reason& reason : reasons) {
      const stats::ReasonShare& s = reason.share;
      table.rows.push_back({w.t(who) + ": " + w.words.reason(reason, w.language), percent(s.share),
                            percent(s.interval.low), percent(s.interval.high), std::to_string(s.n)});
    }
  };
  add(w.figures.report.happy, "Happy");
  add(w.figures.report.unhappy, "Unhappy");
}

}  // namespace

ScoresView scores_of(const FiguresWords& w) {
  ScoresView view;
  for (const figures::Score& score : w.figures.report.scores) view.scores.push_back(score_of(w, score));
  if (view.scores.empty()) view.scores.push_back({.name = w.t("Nobody has answered yet"), .too_few = few(w)});
  view.facts = facts_of(w);
  return view;
}

HoursView hours_of(const FiguresWords& w) {
  const figures::Report& r = w.figures.report;
  HoursView view{.title = r.heat_metric ? metric_name(w, *r.heat_metric) : w.t("Nobody has answered yet")};
  const auto [first, last] = hours_with_answers(r.heat);
  if (last < 0) {
    view.none = few(w);
    return view;
  }
  view.days = weekdays(w);
  for (int hour = first; hour <= last; ++hour) view.hours.push_back(std::to_string(hour));
  const stats::Interval range = stats::range_of(*r.heat_metric);
  for (const auto& day : r.heat)
    for (int hour = first; hour <= last; ++hour) {
      const figures::HeatCell& cell = day[std::size_t(hour)];
      HourCell shown;
      if (cell.figure)
        shown = {HourCell::Kind::value, float((cell.figure->value - range.low) / (range.high - range.low)),
                 number(cell.figure->value, decimals_of(*r.heat_metric), w.language)};
      else if (cell.has_answers)
        shown.kind = HourCell::Kind::too_few;
      view.cells.push_back(std::move(shown));
    }
  return view;
}

ReasonsView reasons_of(const FiguresWords& w) {
  constexpr std::size_t most = 6;
  ReasonsView view{.happy = w.t("What happy visitors named"),
                   .unhappy = w.t("What unhappy visitors named"),
                   .none = few(w)};
  for (const auto& reason : w.figures.report.happy)
    if (view.happy_reasons.size() < most) view.happy_reasons.push_back(reason_bar(w, reason));
  for (const auto& reason : w.figures.report.unhappy)
    if (view.unhappy_reasons.size() < most) view.unhappy_reasons.push_back(reason_bar(w, reason));
  return view;
}

std::vector<FactView> delivery_facts(const Words& words, const std::string& language,
                                     const Snapshot& snapshot) {
  auto t = [&](const char* id) { return words.say(id, language); };
  const outbox::Status& outbox = snapshot.outbox;
  return {{t("Waiting to be delivered"), std::to_string(outbox.pending)},
          {t("Oldest of them"),
           outbox.oldest_pending ? day_and_time(*outbox.oldest_pending, snapshot.identity.zone) : t("–")},
          {t("Delivered"), std::to_string(outbox.acknowledged)},
          {t("Refused, kept here"), std::to_string(outbox.parked)}};
}

TableView table_of(Page page, int table_page, const FiguresWords& w) {
  TableView table{.page = table_page, .next = w.t("More")};
  if (page == Page::hours)
    hour_rows(w, table);
  else if (page == Page::reasons)
    reason_rows(w, table);
  else
    score_rows(w, table);
  if (table.rows.empty()) table.rows.push_back({few(w)});
  return table;
}

std::string percent(double share) { return fmt::format("{} %", int(std::lround(share * 100))); }

std::string clock_time(base::Instant at, std::string_view zone) {
  const auto local = base::to_local(at, zone);
  if (!local) return base::to_rfc3339(at);
  return fmt::format("{}:{:02}", local->minute_of_day / 60, local->minute_of_day % 60);
}

std::string day_and_time(base::Instant at, std::string_view zone) {
  const auto local = base::to_local(at, zone);
  if (!local) return base::to_rfc3339(at);
  return fmt::format("{}-{}-{} {}", local->day, local->month, local->year, clock_time(at, zone));
}

}  // namespace halte::manager::model
