// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/figures.h"

#include <algorithm>
#include <charconv>

namespace halte::api {

using base::Json;

namespace {

constexpr int longest_days = 1100;

std::optional<int> whole(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::expected<Period, http::Response> period_of(const http::Request& request, const base::Clock& clock) {
  auto days = whole(request.query.get_or("days", "30"));
  if (!days || *days < 1 || *days > longest_days)
    return std::unexpected(
        http::problem(http::Problem::invalid_parameter, "days: a whole number from 1 to 1100"));
  int to = base::hours_since_epoch(clock.now()) + 1;
  return Period{to - *days * 24, to, *days};
}

Json to_json(const Period& period) {
  auto at = [](int hour) { return base::to_rfc3339(base::Instant{std::chrono::hours(hour)}); };
  return {{"from", at(period.from_hour)}, {"to", at(period.to_hour)}, {"days", period.days}};
}

void add(Summary& summary, const ingest::Catalogue& catalogue, const store::hq::CountRow& row) {
  auto known = catalogue.find(row.survey, row.survey_version);
  summary.add(row, known ? known->meaning_of(row.question) : figures::Meaning{});
}

void drop_hidden(std::map<std::string, Summary>& parts, stats::Threshold threshold) {
  std::set<std::string> hidden;
  auto judge = [&](auto count_of) {
    std::vector<std::int64_t> counts;
    for (const auto& [name, summary] : parts) counts.push_back(count_of(summary));
    auto by_set = stats::hidden_by_set(counts, threshold);
    std::size_t i = 0;
    for (const auto& [name, summary] : parts) {
      if (by_set[i] && counts[i] > 0) hidden.insert(name);
      ++i;
    }
  };
  for (stats::Metric metric : stats::all_metrics)
    judge([&](const Summary& summary) { return summary.score_or_empty(metric).n(); });
  judge([](const Summary& summary) { return summary.responses(); });
  std::erase_if(parts, [&](const auto& part) { return hidden.contains(part.first); });
}

Json figure_json(stats::Metric metric, const stats::Cell& cell, stats::Threshold threshold) {
  if (!cell) return {{"metric", stats::name_of(metric)}, {"suppressed", true}, {"k", threshold.answers()}};
  return {{"metric", stats::name_of(metric)},
          {"n", cell->n},
          {"value", cell->value},
          {"low", cell->interval.low},
          {"high", cell->interval.high},
          {"suppressed", false}};
}

Json share_json(std::string_view name, std::int64_t part, std::int64_t whole_n, stats::Threshold threshold) {
  if (!threshold.allows(whole_n)) return {{"metric", name}, {"suppressed", true}, {"k", threshold.answers()}};
  stats::Interval interval = stats::wilson(part, whole_n);
  return {{"metric", name},      {"n", whole_n},          {"value", double(part) / double(whole_n)},
          {"low", interval.low}, {"high", interval.high}, {"suppressed", false}};
}

Json completion_json(const Summary& summary, stats::Threshold threshold) {
  return share_json("completion", summary.completed(), summary.responses(), threshold);
}

std::string reason_label(const ingest::Catalogue& catalogue, const Summary& summary, stats::Band band,
                         const std::string& value, const std::string& locale) {
  const std::string question = summary.asked_in(band, value);
  for (const auto& known : catalogue.all())
    if (auto label = figures::choice_label(*known, question, value, locale)) return *label;
  return value;
}

Json reasons_json(const Services& s, const Summary& summary, stats::Band band, stats::Threshold threshold,
                  std::size_t most, const std::string& locale) {
  std::vector<stats::ReasonCount> all;
  for (const auto& [question, counts] : summary.reasons) all.insert(all.end(), counts.begin(), counts.end());
  auto size = summary.band_sizes.find(band);
  auto shares = stats::shares(all, band, size == summary.band_sizes.end() ? 0 : size->second, threshold);
  Json list = Json::array();
  for (const auto& share : shares) {
    if (list.size() == most) break;
    list.push_back({{"value", share.reason},
                    {"label", reason_label(s.catalogue, summary, band, share.reason, locale)},
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

std::string page_locale(const http::Request& request) {
  auto accepted = request.headers.get("Accept-Language").value_or("");
  std::string_view first = accepted.substr(0, accepted.find_first_of(",;-"));
  return first.size() == 2 ? std::string(first) : "nl";
}

base::Result<std::vector<store::hq::CountRow>> read_counts(Services& s, const Period& period,
                                                           store::hq::Grain grain,
                                                           std::optional<std::string> branch,
                                                           std::optional<std::string> touchpoint) {
  store::hq::CountFilter filter{
      .touchpoint = std::move(touchpoint), .from_hour = period.from_hour, .to_hour = period.to_hour};
  if (branch) filter.branches = {*branch};
  return s.store.counts(filter, grain);
}

}  // namespace halte::api
