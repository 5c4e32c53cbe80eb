// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/response/counts.h"
#include "core/site/configuration.h"
#include "core/stats/metric.h"
#include "core/survey/survey.h"

namespace halte::figures {

// What a question is for, once it is counted.
struct Meaning {
  std::optional<stats::Metric> metric;
  bool is_reason = false;
  bool gives_band = false;  // reasons are counted with the band of this score
};

inline constexpr std::array band_order{stats::Metric::emotion, stats::Metric::nps, stats::Metric::csat,
                                       stats::Metric::stars, stats::Metric::ces};

// A survey version with its questions, and which of them feeds which metric. Immutable: any thread.
struct KnownSurvey {
  std::string id;
  int version = 1;
  survey::Survey survey;
  site::MetricQuestions metrics;

  std::optional<stats::Metric> metric_of(const std::string& question) const;
  bool is_reason(const std::string& question) const;
  // The score whose band reasons are counted with: the first of band_order that is asked.
  std::optional<stats::Metric> band_metric() const;
  const std::string* question_of(stats::Metric metric) const;
  Meaning meaning_of(const std::string& question) const;
};

// Those that a kiosk's configuration asks, in its order, without the ones that cannot be read.
std::vector<KnownSurvey> known_surveys(const site::Configuration& configuration);

// What a response adds to the counts: ratings, choices and yes/no; never free text. Nothing but itself where
// it answers another survey, or another version.
response::Tally tally(const KnownSurvey& survey, const response::Response& response);
// By the one of them that it answers.
response::Tally tally(std::span<const KnownSurvey> surveys, const response::Response& response);

// What a response says in free text: the answers to questions of type "comment" and "text" that ask for no
// address, phone number or number.
std::vector<response::Comment> comments_of(const KnownSurvey& survey, const response::Response& response);

// Whether both versions put that question in the same words and the same scale, in every language: then their
// answers are one series. A question that either does not ask: false.
bool asks_the_same(const KnownSurvey& one, const KnownSurvey& other, const std::string& question);

// The values that its choices have; none where it is no question of choices.
std::vector<std::string> choices_of(const KnownSurvey& survey, const std::string& question);
// The words of that question's choice, in the language or the next best one; nothing where it has none such.
std::optional<std::string> choice_label(const KnownSurvey& survey, const std::string& question,
                                        const std::string& value, const std::string& language);

}  // namespace halte::figures
