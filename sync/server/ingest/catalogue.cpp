// SPDX-License-Identifier: Apache-2.0
#include "sync/server/ingest/catalogue.h"

namespace halte::ingest {

using base::Json;

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

response::Tally Catalogue::tally(const response::Response& response) const {
  auto known = find(response.survey, response.survey_version);
  if (!known) return {};
  response::Tally tally = figures::tally(*known, response);
  tally.comments = figures::comments_of(*known, response);
  return tally;
}

}  // namespace halte::ingest
