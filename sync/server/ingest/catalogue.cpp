// SPDX-License-Identifier: Apache-2.0
#include "sync/server/ingest/catalogue.h"

#include <algorithm>
#include <set>

namespace halte::ingest {

using base::Json;

namespace {

// The bin of one value of a counted question; nothing where it is not a plain one.
std::optional<std::string> bin_of(const Json& value) {
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_string()) return value.get<std::string>();
  return std::nullopt;
}

// What the question offers: a bin outside it would be free text by the back door.
bool offers(const survey::Question& question, const Json& value) {
  auto among = [&](const std::vector<survey::Choice>& choices) {
    return std::ranges::any_of(choices, [&](const survey::Choice& c) { return c.value == value; });
  };
  if (auto* rating = std::get_if<survey::Rating>(&question.kind))
    return std::ranges::any_of(rating->items,
                               [&](const survey::RatingItem& item) { return Json(item.value) == value; });
  if (auto* radio = std::get_if<survey::Radiogroup>(&question.kind)) return among(radio->choices);
  if (auto* checkbox = std::get_if<survey::Checkbox>(&question.kind)) return among(checkbox->choices);
  return std::holds_alternative<survey::Boolean>(question.kind) && value.is_boolean();
}

// 1 low, 2 middle, 3 high; 0 where the score was not answered.
int band_number(const KnownSurvey& survey, const Json& answers) {
  auto metric = survey.band_metric();
  if (!metric) return 0;
  const std::string* question = survey.question_of(*metric);
  auto answer = question ? answers.find(*question) : answers.end();
  if (answer == answers.end() || !answer->is_number_integer()) return 0;
  int value = answer->get<int>();
  return stats::scale_of(*metric).holds(value) ? int(stats::band_of(*metric, value)) + 1 : 0;
}

}  // namespace

site::MetricQuestions parse_metrics(const Json& json) {
  site::MetricQuestions metrics;
  auto take = [&](const char* name, std::optional<std::string>& into) {
    if (json.contains(name) && json[name].is_string()) into = json[name].get<std::string>();
  };
  take("nps", metrics.nps);
  take("emotion", metrics.emotion);
  take("csat", metrics.csat);
  take("ces", metrics.ces);
  take("stars", metrics.stars);
  if (json.contains("reasons") && json["reasons"].is_array())
    for (const Json& name : json["reasons"])
      if (name.is_string()) metrics.reasons.push_back(name.get<std::string>());
  return metrics;
}

const std::string* KnownSurvey::question_of(stats::Metric metric) const {
  auto of = [](const std::optional<std::string>& name) { return name ? &*name : nullptr; };
  switch (metric) {
    case stats::Metric::nps: return of(metrics.nps);
    case stats::Metric::emotion: return of(metrics.emotion);
    case stats::Metric::csat: return of(metrics.csat);
    case stats::Metric::ces: return of(metrics.ces);
    case stats::Metric::stars: return of(metrics.stars);
  }
  return nullptr;
}

std::optional<stats::Metric> KnownSurvey::metric_of(const std::string& question) const {
  for (stats::Metric metric : stats::all_metrics)
    if (const std::string* name = question_of(metric); name && *name == question) return metric;
  return std::nullopt;
}

bool KnownSurvey::is_reason(const std::string& question) const {
  return std::ranges::find(metrics.reasons, question) != metrics.reasons.end();
}

std::optional<stats::Metric> KnownSurvey::band_metric() const {
  for (stats::Metric metric : {stats::Metric::emotion, stats::Metric::nps, stats::Metric::csat,
                               stats::Metric::stars, stats::Metric::ces})
    if (question_of(metric)) return metric;
  return std::nullopt;
}

base::Status Catalogue::refresh() {
  auto stored = places_.surveys();
  if (!stored) return std::unexpected(stored.error());
  std::lock_guard lock(mutex_);
  for (const auto& record : *stored) {
    auto key = std::pair(record.id, record.version);
    if (surveys_.contains(key)) continue;
    auto parsed = survey::parse(base::to_text(record.definition));
    if (!parsed) continue;
    surveys_[key] = std::make_shared<KnownSurvey>(
        KnownSurvey{record.id, record.version, std::move(*parsed), parse_metrics(record.metrics)});
  }
  return {};
}

void Catalogue::clear() {
  std::lock_guard lock(mutex_);
  surveys_.clear();
}

std::shared_ptr<const KnownSurvey> Catalogue::find(const std::string& id, int version) const {
  std::lock_guard lock(mutex_);
  auto at = surveys_.find({id, version});
  return at == surveys_.end() ? nullptr : at->second;
}

std::vector<std::shared_ptr<const KnownSurvey>> Catalogue::all() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const KnownSurvey>> list;
  for (const auto& [key, known] : surveys_) list.push_back(known);
  return list;
}

store::hq::Tally Catalogue::tally(const response::Response& response) const {
  auto known = find(response.survey, response.survey_version);
  if (!known) return {};
  store::hq::Tally tally{true, {}};
  int score_band = band_number(*known, response.answers);
  for (const auto& [name, value] : response.answers.items()) {
    const survey::Question* question = survey::find_question(known->survey, name);
    if (!question) continue;
    int band = known->is_reason(name) ? score_band : 0;
    std::set<std::string> bins;  // a choice named twice counts once
    auto add = [&](const Json& one) {
      if (auto bin = bin_of(one); bin && offers(*question, one)) bins.insert(*bin);
    };
    if (value.is_array())
      for (const Json& one : value) add(one);
    else
      add(value);
    for (const std::string& bin : bins) tally.counts.push_back({name, bin, band});
  }
  return tally;
}

}  // namespace halte::ingest
