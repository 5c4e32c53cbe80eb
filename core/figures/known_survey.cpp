// SPDX-License-Identifier: Apache-2.0
#include "core/figures/known_survey.h"

#include <algorithm>
#include <array>
#include <set>

namespace halte::figures {

using base::Json;
using response::Count;
using response::Tally;

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

// The score whose band reasons are counted with, where it was answered.
struct Scored {
  stats::Metric metric;
  int value;
};
std::optional<Scored> score_of(const KnownSurvey& survey, const Json& answers) {
  auto metric = survey.band_metric();
  if (!metric) return std::nullopt;
  const std::string* question = survey.question_of(*metric);
  auto answer = question ? answers.find(*question) : answers.end();
  if (answer == answers.end() || !answer->is_number_integer()) return std::nullopt;
  int value = answer->get<int>();
  if (!stats::scale_of(*metric).holds(value)) return std::nullopt;
  return Scored{*metric, value};
}

// 1 low, 2 middle, 3 high; 0 where the score was not answered.
int band_number(const std::optional<Scored>& score) {
  return score ? int(stats::band_of(score->metric, score->value)) + 1 : 0;
}

const std::vector<survey::Choice>* choices_in(const KnownSurvey& survey, const std::string& name) {
  const survey::Question* question = survey::find_question(survey.survey, name);
  if (!question) return nullptr;
  if (auto* checkbox = std::get_if<survey::Checkbox>(&question->kind)) return &checkbox->choices;
  if (auto* radio = std::get_if<survey::Radiogroup>(&question->kind)) return &radio->choices;
  return nullptr;
}

bool asks_for_words(const survey::Question& question) {
  const auto* input = std::get_if<survey::TextInput>(&question.kind);
  return std::holds_alternative<survey::Comment>(question.kind) ||
         (input && input->type == survey::TextInput::Type::text);
}

std::string measures(const KnownSurvey& survey, const std::string& question) {
  if (survey.is_reason(question)) return std::string(response::measures_reason);
  auto metric = survey.metric_of(question);
  return metric ? std::string(stats::name_of(*metric)) : std::string();
}

}  // namespace

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
  for (stats::Metric metric : band_order)
    if (question_of(metric)) return metric;
  return std::nullopt;
}

Meaning KnownSurvey::meaning_of(const std::string& question) const {
  const auto metric = metric_of(question);
  return {metric, is_reason(question), metric && metric == band_metric()};
}

std::vector<KnownSurvey> known_surveys(const site::Configuration& configuration) {
  std::vector<KnownSurvey> known;
  for (const site::SurveyReference& reference : configuration.surveys)
    if (auto survey = survey::parse(base::to_text(reference.definition)))
      known.push_back({reference.id, int(reference.version), std::move(*survey), reference.metrics});
  return known;
}

bool asks_the_same(const KnownSurvey& one, const KnownSurvey& other, const std::string& question) {
  const auto* first = survey::find_question(one.survey, question);
  const auto* second = survey::find_question(other.survey, question);
  if (!first || !second || first->title != second->title || first->description != second->description)
    return false;
  const auto* a = std::get_if<survey::Rating>(&first->kind);
  const auto* b = std::get_if<survey::Rating>(&second->kind);
  if (!a || !b) return first->kind.index() == second->kind.index();
  const auto same_item = [](const survey::RatingItem& x, const survey::RatingItem& y) {
    return x.value == y.value && x.text == y.text;
  };
  return a->look == b->look && a->min_text == b->min_text && a->max_text == b->max_text &&
         std::ranges::equal(a->items, b->items, same_item);
}

std::vector<std::string> choices_of(const KnownSurvey& survey, const std::string& question) {
  std::vector<std::string> values;
  if (const auto* choices = choices_in(survey, question))
    for (const survey::Choice& choice : *choices)
      if (auto bin = bin_of(choice.value)) values.push_back(std::move(*bin));
  return values;
}

std::optional<std::string> choice_label(const KnownSurvey& survey, const std::string& question,
                                        const std::string& value, const std::string& language) {
  const std::array chain{language};
  const auto* choices = choices_in(survey, question);
  if (!choices) return std::nullopt;
  const auto choice = std::ranges::find(*choices, Json(value), &survey::Choice::value);
  if (choice == choices->end()) return std::nullopt;
  return std::string(choice->text.in(chain));
}

Tally tally(std::span<const KnownSurvey> surveys, const response::Response& response) {
  for (const KnownSurvey& survey : surveys)
    if (Tally counted = tally(survey, response); counted.known) return counted;
  return {};
}

Tally tally(const KnownSurvey& known, const response::Response& response) {
  if (known.id != response.survey || known.version != response.survey_version) return {};
  Tally tally{true, {}};
  int score_band = band_number(score_of(known, response.answers));
  for (const auto& [name, value] : response.answers.items()) {
    const survey::Question* question = survey::find_question(known.survey, name);
    if (!question) continue;
    int band = known.is_reason(name) ? score_band : 0;
    std::set<std::string> bins;  // a choice named twice counts once
    auto add = [&](const Json& one) {
      if (auto bin = bin_of(one); bin && offers(*question, one)) bins.insert(*bin);
    };
    if (value.is_array())
      for (const Json& one : value) add(one);
    else
      add(value);
    for (const std::string& bin : bins) tally.counts.push_back({name, bin, band, measures(known, name)});
  }
  return tally;
}

std::vector<response::Comment> comments_of(const KnownSurvey& known, const response::Response& response) {
  if (known.id != response.survey || known.version != response.survey_version) return {};
  const auto score = score_of(known, response.answers);
  std::vector<std::string> reasons;
  for (const Count& count : tally(known, response).counts)
    if (count.measures == response::measures_reason) reasons.push_back(count.question + ":" + count.bin);
  std::vector<response::Comment> comments;
  for (const auto& [name, value] : response.answers.items()) {
    const survey::Question* question = survey::find_question(known.survey, name);
    if (!question || !asks_for_words(*question) || !value.is_string()) continue;
    std::string text = value.get<std::string>();
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) continue;
    comments.push_back({name, std::move(text), score ? std::string(stats::name_of(score->metric)) : "",
                        score ? score->value : 0, band_number(score), reasons});
  }
  return comments;
}

}  // namespace halte::figures
