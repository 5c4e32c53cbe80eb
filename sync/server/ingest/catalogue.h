// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/figures/known_survey.h"
#include "core/store/hq/hq_store.h"

namespace halte::ingest {

using figures::KnownSurvey;

// Every published survey version, parsed once. A version is immutable, so this only grows. Any thread.
class Catalogue {
 public:
  explicit Catalogue(store::hq::Places& places) : places_(places) {}

  // Reads what is new in the store; a version that no longer parses is left out.
  base::Status refresh();
  void clear();
  std::shared_ptr<const KnownSurvey> find(const std::string& id, int version) const;
  std::vector<std::shared_ptr<const KnownSurvey>> all() const;

  // What a response adds to the counts: ratings, choices and yes/no; and, beside them, what it says in words.
  response::Tally tally(const response::Response& response) const;

 private:
  store::hq::Places& places_;
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::shared_ptr<const KnownSurvey>> surveys_;
};

site::MetricQuestions parse_metrics(const base::Json& json);

}  // namespace halte::ingest
