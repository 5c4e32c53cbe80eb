// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include <doctest/doctest.h>

using namespace halte::base;

TEST_CASE("json: an error names the place") {
  auto json = parse_json("{\n  \"a\": }", "survey.json");
  REQUIRE_FALSE(json);
  CHECK(to_string(json.error()).find("line 2, column 8") != std::string::npos);
}

TEST_CASE("json: hostile text is an error and nothing else") {
  CHECK_FALSE(parse_json("1e9999", "x"));
  CHECK_FALSE(parse_json("\"\xff\"", "x"));
  CHECK_FALSE(parse_json(std::string(100'000, '['), "x"));
  CHECK_FALSE(parse_json("", "x"));
  CHECK(parse_json("[[1]]", "x", 2));
  CHECK_FALSE(parse_json("[[[1]]]", "x", 2));
}

TEST_CASE("json: brackets inside strings are no levels") {
  CHECK(parse_json(R"([["[[{\\\"[["]])", "x", 2));
  CHECK_FALSE(parse_json(R"([["\\", [1]]])", "x", 2));
}

TEST_CASE("json: a megabyte of small objects is read at once") {
  std::string many = "[{}";
  for (int i = 1; i < 350'000; ++i) many += ",{}";
  auto json = parse_json(many + "]", "x");  // took minutes when each end looked at all the others
  REQUIRE(json);
  CHECK(json->size() == 350'000);
}
