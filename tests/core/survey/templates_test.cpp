// SPDX-License-Identifier: Apache-2.0
#include "core/survey/templates.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "core/survey/flow.h"

using namespace halte::survey;
using halte::base::Json;

namespace {

const std::vector<std::string> kLanguages{"nl", "en", "de", "fr", "tr", "pl", "ar"};

std::vector<Template> shipped() {
  auto templates = load_templates(std::string(HALTE_SOURCE_DIR) + "/assets/surveys/templates");
  REQUIRE_MESSAGE(templates, (templates ? std::string() : halte::base::to_string(templates.error())));
  return std::move(*templates);
}

std::string problem_of(Json file) {
  auto made = parse_template(file);
  return made ? "" : made.error().at(0).pointer + ": " + made.error().at(0).reason;
}

}  // namespace

TEST_CASE("templates: eight surveys ship, each under its id") {
  std::vector<std::string> ids;
  for (const auto& made : shipped()) ids.push_back(made.id);
  CHECK(ids == std::vector<std::string>{"ces", "checkout", "csat", "emotion", "event", "fitting-room", "nps",
                                        "service-counter"});
}

TEST_CASE("templates: every text is there in all seven languages of the kiosk") {
  for (const auto& made : shipped())
    for (const auto& missing : missing_translations(made.survey, kLanguages))
      FAIL_CHECK(made.id << missing.pointer << " has no text in " << missing.locale);
}

TEST_CASE("templates: the first question is the one that must be answered, and at most three follow") {
  for (const auto& made : shipped()) {
    CAPTURE(made.id);
    CHECK(made.survey.pages[0].questions.size() == 1);
    CHECK(made.survey.pages[0].questions[0].required);
    CHECK(most_follow_ups(made.survey) <= follow_up_questions);
    CHECK(most_follow_ups(made.survey) >= 1);
    for (std::size_t page = 1; page < made.survey.pages.size(); ++page)
      for (const auto& question : made.survey.pages[page].questions) CHECK_FALSE(question.required);
  }
}

TEST_CASE(
    "templates: every answer to the first question leads to a reason or to the open question, never to "
    "none") {
  for (const auto& made : shipped()) {
    const Question& first = made.survey.pages[0].questions[0];
    for (const auto& item : std::get<Rating>(first.kind).items) {
      INFO(made.id << " " << item.value);
      CHECK(next_page(made.survey, 0, {{first.name, item.value}}));
    }
  }
}

TEST_CASE("templates: each names its metrics, and the first question feeds a score") {
  for (const auto& made : shipped()) {
    CAPTURE(made.id);
    std::set<std::string> scores;
    for (const auto& [metric, question] : made.metrics.items())
      if (question.is_string()) scores.insert(question);
    CHECK(scores.contains(made.survey.pages[0].questions[0].name));
    CHECK_FALSE(made.metrics["reasons"].empty());
  }
}

TEST_CASE("templates: a wrong one is refused with the place") {
  const auto made = shipped()[0];
  const Json good{{"id", "x"}, {"version", 1}, {"definition", made.definition}, {"metrics", made.metrics}};
  CHECK(problem_of(good) == "");
  auto with = [&](const char* pointer, Json value) {
    Json file = good;
    file[Json::json_pointer(pointer)] = std::move(value);
    return file;
  };
  CHECK(problem_of(with("/metrics/ces", "nobody")) == "/metrics/ces: names no question of the survey");
  CHECK(problem_of(with("/metrics/ces", "comment")) ==
        "/metrics/ces: names a question of a type that cannot feed it");
  CHECK(problem_of(with("/metrics/joy", "ces")) == "/metrics/joy: is no metric");
  CHECK(problem_of(with("/metrics", Json::object())) == "/metrics: names no score");
  CHECK(problem_of(with("/definition/pages/0/colour", 1)) ==
        "/definition/pages/0/colour: is not supported in a page");
  CHECK(problem_of(with("/extra", 1)).starts_with("/extra: "));
  CHECK(problem_of(Json::array()) != "");
  CHECK_FALSE(load_templates("/nowhere"));
}
