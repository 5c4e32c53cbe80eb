// SPDX-License-Identifier: Apache-2.0
#include "core/survey/expression.h"

#include <doctest/doctest.h>

#include <string>

using halte::base::Json;
using halte::survey::Answers;
using halte::survey::Expression;

namespace {

Json value(const char* text, const Answers& answers = {}) {
  auto expression = Expression::parse(text);
  REQUIRE_MESSAGE(expression, text);
  return expression->evaluate(answers);
}

bool holds(const char* text, const Answers& answers = {}) {
  auto expression = Expression::parse(text);
  REQUIRE_MESSAGE(expression, text);
  return expression->holds(answers);
}

std::size_t error_position(const std::string& text) {
  auto expression = Expression::parse(text);
  REQUIRE_MESSAGE(!expression, text);
  return expression.error().position;
}

}  // namespace

TEST_CASE("expression: the example of the format holds for a detractor who waited") {
  const char* text = "{nps} <= 6 and {reasons} contains 'queue'";
  CHECK(holds(text, {{"nps", 4}, {"reasons", {"staff", "queue"}}}));
  CHECK_FALSE(holds(text, {{"nps", 9}, {"reasons", {"queue"}}}));
  CHECK_FALSE(holds(text, {{"nps", 4}}));
  CHECK_FALSE(holds(text));
}

TEST_CASE("expression: operators bind as in SurveyJS and group to the left") {
  CHECK(value("1 + 2 * 3") == 7);
  CHECK(value("2 * 3 ^ 2") == 18);
  CHECK(value("2 ^ 3 ^ 2") == 64);
  CHECK(value("10 - 3 - 2") == 5);
  CHECK(value("true or false and false") == true);
  CHECK(value("'abc' contains 'b' and 1 < 2") == true);
  CHECK(value("!{a} empty", {{"a", 1}}) == true);
}

TEST_CASE("expression: an answer written as a number is a number, a code with leading zeros is text") {
  CHECK(value("{a} + 1", {{"a", "5"}}) == 6);
  CHECK(value("{a} + 1", {{"a", "1,5"}}) == 2.5);
  CHECK(value("{a} + 1", {{"a", "007"}}) == "0071");
  CHECK(holds("{a} = 7", {{"a", "007"}}));
}

TEST_CASE("expression: sums keep the decimals of their operands") {
  CHECK(value("0.1 + 0.2") == 0.3);
  CHECK(value("sum(0.1, 0.2, [0.3])") == 0.6);
  CHECK(value("round(2.345, 2)") == 2.35);
  CHECK(value("7 / 0").is_null());
}

TEST_CASE("expression: texts are equal without regard to case and blanks, lists without regard to order") {
  CHECK(holds("{a} = ' ÉTÉ '", {{"a", "été"}}));
  CHECK(holds("{a} = ['b', 'a']", {{"a", {"a", "b"}}}));
  CHECK(holds("{a} anyof ['x', 'B']", {{"a", {"a", "b"}}}));
  CHECK_FALSE(holds("{a} allof ['x', 'b']", {{"a", {"a", "b"}}}));
  CHECK(holds("{a} noneof ['x']", {{"a", {"a", "b"}}}));
}

TEST_CASE("expression: only the boolean true holds") {
  CHECK_FALSE(holds("{a}", {{"a", 1}}));
  CHECK_FALSE(holds("'yes'"));
  CHECK(holds("{a}", {{"a", "true"}}));
}

TEST_CASE("expression: a missing name is empty, less than nothing and of no length") {
  CHECK(holds("{a} empty"));
  CHECK_FALSE(holds("{a} < 1"));
  CHECK(value("{a.length}") == 0);
  CHECK(value("{a} + 1") == 1);
}

TEST_CASE("expression: an error says where it is") {
  CHECK(error_position("{a} >") == 5);
  CHECK(error_position("({a} > 1") == 0);
  CHECK(error_position("{a} = yes") == 6);
  CHECK(error_position("today() > 1") == 0);
  CHECK(error_position("{a} = 'it's'") == 10);
  CHECK(error_position("{a} = 'x") == 6);
  CHECK(error_position("{a.b}") == 0);
  CHECK(error_position("{a") == 0);
  CHECK(error_position("{a} {b}") == 4);
  CHECK(error_position("") == 0);
  CHECK(error_position("{a} = 007") == 6);
  CHECK(error_position("iif({a}, 1)") == 0);
  CHECK(error_position("{a} = '=>'") == 6);
}

TEST_CASE("expression: what is nested too deeply or too long is refused, what is just long is not") {
  CHECK(Expression::parse(std::string(60, '(') + "1" + std::string(60, ')')));
  CHECK_FALSE(Expression::parse(std::string(70, '(') + "1" + std::string(70, ')')));
  CHECK_FALSE(Expression::parse(std::string(2000, '!') + "1"));
  CHECK_FALSE(Expression::parse(std::string(2000, '[') + "1"));
  std::string chain = "1";
  while (chain.size() + 4 <= Expression::kMaxLength) chain += " + 1";
  CHECK(Expression::parse(chain)->evaluate({}) == 1024);
  CHECK_FALSE(Expression::parse(chain + " + 1"));
}
