// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/site/configuration.h"
#include "core/stats/metric.h"
#include "core/store/hq/hq_store.h"
#include "core/survey/survey.h"

namespace halte::ingest {

// A survey version as the server knows it: its questions, and which of them feeds which metric.
struct KnownSurvey {
  std::string id;
  int version = 1;
  survey::Survey survey;
  site::MetricQuestions metrics;

  std::optional<stats::Metric> metric_of(const std::string& question) const;
  bool is_reason(const std::string& question) const;
  // The score whose band reasons are counted with: emotion where it is asked, else nps.
  std::optional<stats::Metric> band_metric() const;
  const std::string* question_of(stats::Metric metric) const;
};

// Every published survey version, parsed once. A version is immutable, so this only grows. Any thread.
class Catalogue {
 public:
  explicit Catalogue(store::hq::Places& places) : places_(places) {}

  // Reads what is new in the store; a version that no longer parses is left out.
  base::Status refresh();
  void clear();
  std::shared_ptr<const KnownSurvey> find(const std::string& id, int version) const;
  std::vector<std::shared_ptr<const KnownSurvey>> all() const;

  // What a response adds to the counts: ratings, choices and yes/no; never free text.
  store::hq::Tally tally(const response::Response& response) const;

 private:
  store::hq::Places& places_;
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::shared_ptr<const KnownSurvey>> surveys_;
};

site::MetricQuestions parse_metrics(const base::Json& json);

}  // namespace halte::ingest
