// SPDX-License-Identifier: Apache-2.0
#include "core/survey/flow.h"

#include <doctest/doctest.h>

#include "core/survey/validate.h"

using namespace halte::survey;
using halte::base::Json;

namespace {

Survey read(const char* text) {
  auto survey = parse(text);
  REQUIRE(survey);
  return *survey;
}

const char* kBranching = R"({"pages": [
    {"name": "one", "elements": [{"type": "rating", "name": "a", "rateMin": 0, "rateMax": 10}]},
    {"name": "low", "visibleIf": "{a} <= 6", "elements": [{"type": "comment", "name": "why"}]},
    {"name": "empty", "elements": [{"type": "comment", "name": "more", "visibleIf": "{why} notempty"}]},
    {"name": "end", "elements": [{"type": "html", "name": "bye", "html": "Bye"}]}]})";

Question question_of(const char* text) {
  return read((R"({"pages": [{"name": "p", "elements": [)" + std::string(text) + "]}]}").c_str())
      .pages[0]
      .questions[0];
}

}  // namespace

TEST_CASE("flow: hidden pages and pages of hidden questions are passed over, both ways") {
  Survey survey = read(kBranching);
  CHECK(first_page(survey, {}) == 0);
  CHECK(next_page(survey, 0, {{"a", 9}}) == 3);
  CHECK(next_page(survey, 0, {{"a", 3}}) == 1);
  CHECK(next_page(survey, 1, {{"a", 3}, {"why", "x"}}) == 2);
  CHECK(next_page(survey, 3, {}) == std::nullopt);
  CHECK(previous_page(survey, 3, {{"a", 9}}) == 0);
  CHECK(previous_page(survey, 0, {}) == std::nullopt);
  CHECK(visible_pages(survey, {{"a", 3}}) == std::vector<std::size_t>{0, 1, 3});
}

TEST_CASE("flow: a hidden question's answer still counts until the visitor is done, then it is dropped") {
  Survey survey = read(kBranching);
  Answers answers{{"a", 9}, {"why", "slow"}, {"more", "very"}};
  CHECK(visible_pages(survey, answers) == std::vector<std::size_t>{0, 2, 3});
  CHECK(completed(survey, answers) == Answers{{"a", 9}, {"more", "very"}});
}

TEST_CASE("flow: blank answers and choices that are not offered are not kept") {
  Survey survey = read(R"({"pages": [{"name": "p", "elements": [
      {"type": "checkbox", "name": "c", "choices": ["x", "y"]}, {"type": "comment", "name": "t"}]}]})");
  CHECK(completed(survey, {{"c", {"x", "z"}}, {"t", "  "}}) == Answers{{"c", {"x"}}});
}

TEST_CASE("flow: an imported answer is taken in as SurveyJS does") {
  Survey survey = read(R"({"pages": [{"name": "p", "elements": [
      {"type": "checkbox", "name": "c", "choices": [1, 2]}, {"type": "boolean", "name": "b"}]}]})");
  CHECK(normalized(survey, {{"c", "1"}, {"b", "true"}, {"stranger", 1}}) == Answers{{"c", {1}}, {"b", true}});
}

TEST_CASE("flow: a checkbox without an answer is an empty list, as in SurveyJS") {
  Survey survey =
      read(R"({"pages": [{"name": "p", "elements": [{"type": "checkbox", "name": "c", "choices": [1]},
      {"type": "comment", "name": "t", "visibleIf": "!{c}"}]}]})");
  CHECK(visible_questions(survey.pages[0], {}).size() == 1);
}

TEST_CASE("validate: required asks for more than blanks, false and 0 are answers") {
  Question comment = question_of(R"({"type": "comment", "name": "q", "isRequired": true})");
  CHECK(validate(comment, Json()) == Fault::required);
  CHECK(validate(comment, "  ") == Fault::required);
  CHECK(validate(comment, "x") == std::nullopt);
  CHECK(validate(question_of(R"({"type": "boolean", "name": "q", "isRequired": true})"), false) ==
        std::nullopt);
  CHECK(validate(question_of(R"({"type": "rating", "name": "q", "isRequired": true, "rateMin": 0})"), 0) ==
        std::nullopt);
}

TEST_CASE("validate: each fault has its answer") {
  Question box = question_of(
      R"({"type": "checkbox", "name": "q", "choices": ["a", "b", "c"], "minSelectedChoices": 2, "maxSelectedChoices": 2})");
  CHECK(validate(box, {"a"}) == Fault::too_few);
  CHECK(validate(box, {"a", "b"}) == std::nullopt);
  CHECK(validate(box, {"a", "b", "c"}) == Fault::too_many);
  CHECK(validate(box, {"a", "a"}) == Fault::too_many);
  CHECK(validate(box, {"a", "b", "z"}) == Fault::not_offered);
  Question scale = question_of(R"({"type": "rating", "name": "q"})");
  CHECK(validate(scale, 6) == Fault::not_offered);
  CHECK(validate(scale, "5") == Fault::wrong_type);
  Question text = question_of(R"({"type": "text", "name": "q", "maxLength": 3})");
  CHECK(validate(text, "ääà") == std::nullopt);
  CHECK(validate(text, "four") == Fault::too_long);
  CHECK(validate(question_of(R"({"type": "text", "name": "q", "inputType": "email"})"), "x@y") ==
        Fault::not_an_email);
  CHECK(validate(question_of(R"({"type": "text", "name": "q", "inputType": "number"})"), "1a") ==
        Fault::not_a_number);
  CHECK(validate(question_of(R"({"type": "boolean", "name": "q"})"), "yes") == Fault::wrong_type);
}

TEST_CASE("validate: only visible questions of a page are judged") {
  Survey survey =
      read(R"({"pages": [{"name": "p", "elements": [{"type": "boolean", "name": "a", "isRequired": true},
      {"type": "comment", "name": "b", "isRequired": true, "visibleIf": "{a} = true"}]}]})");
  CHECK(validate(survey.pages[0], {{"a", false}}).empty());
  CHECK(validate(survey, {{"a", true}}).at(0).question->name == "b");
}

TEST_CASE("validate: an address is taken as SurveyJS takes it") {
  for (const char* good : {"x@y.nl", "a.b@c.d.org", "\"a b\"@c.de", "ü@ö.de"})
    CHECK_MESSAGE(is_email(good), good);
  for (const char* bad :
       {"", "x", "x@y", "x@y.n", "@y.nl", "a..b@c.nl", "a@b=c.nl", "a @b.nl", "x@.nl", "x@y.nl."})
    CHECK_FALSE_MESSAGE(is_email(bad), bad);
}

TEST_CASE("flow: the questions after the first are counted on the longest way that its answers open") {
  CHECK(most_follow_ups(read(kBranching)) == 1);  // "why" for the unhappy, and the text at the end is none
  const char* long_one = R"({"pages": [{"name": "p", "elements": [
      {"type": "boolean", "name": "a"}, {"type": "comment", "name": "b", "visibleIf": "{a} = true"},
      {"type": "comment", "name": "c", "visibleIf": "{a} = false"}, {"type": "comment", "name": "d"},
      {"type": "comment", "name": "e"}, {"type": "comment", "name": "f"}]}]})";
  CHECK(most_follow_ups(read(long_one)) == 4);
}
