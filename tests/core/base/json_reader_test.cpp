// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_reader.h"

#include <doctest/doctest.h>

namespace base = halte::base;
using base::Json;
using std::chrono::year;

namespace {

enum class Colour { red, blue };
constexpr std::array<std::pair<std::string_view, Colour>, 2> colours{
    {{"red", Colour::red}, {"blue", Colour::blue}}};

}  // namespace

TEST_CASE("json reader: notes every problem with its pointer and goes on") {
  Json json =
      Json::parse(R"({"a": 5, "b": "", "list": [{"x": 1}, 7, {"y": 2}], "a/b~c": {"n": "one"}, "at": "noon",
                              "colour": "green", "big": 18446744073709551615})");
  base::Problems problems;
  base::ObjectReader reader(json, "/top", problems);
  CHECK(reader.integer("a", 1, 9) == 5);
  CHECK(reader.text("b") == "");
  CHECK(reader.text("c") == "");
  reader.objects("list", [](base::ObjectReader& item) { item.integer("x", 0, 9); });
  reader.object("a/b~c", [](base::ObjectReader& inner) { inner.integer("n", 0, 9, 3); });
  reader.instant("at");
  CHECK(reader.choice("colour", colours, Colour::blue) == Colour::blue);
  CHECK(reader.integer("big", 0, 9, 4) == 4);
  reader.refuse_unknown_keys();
  CHECK(problems == base::Problems{{"/top/b", "must be a text that is not empty"},
                                   {"/top/c", "is missing"},
                                   {"/top/list/1", "must be an object"},
                                   {"/top/list/2/x", "is missing"},
                                   {"/top/list/2/y", "unknown key"},
                                   {"/top/a~1b~0c/n", "must be a whole number from 0 to 9"},
                                   {"/top/at", "must be a time in UTC like 2026-03-01T08:00:00Z"},
                                   {"/top/colour", "must be one of red, blue"},
                                   {"/top/big", "must be a whole number from 0 to 9"}});
}

TEST_CASE("json reader: what is no object is one problem and no more") {
  Json json = 3;
  base::Problems problems;
  base::ObjectReader reader(json, "", problems);
  CHECK(reader.text("a") == "");
  CHECK_FALSE(reader.has("a"));
  reader.refuse_unknown_keys();
  CHECK(base::to_string(problems) == "document: must be an object");
}

TEST_CASE("date: only days that exist, written in one way") {
  CHECK(base::parse_date("2028-02-29") == year(2028) / 2 / 29);
  CHECK(base::to_text(year(2026) / 3 / 1) == "2026-03-01");
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-3-1", "26-03-01", "2026/03/01", "2026-03-01T",
                           "-026-03-01", "2026-0a-01", "2026-00-10", ""})
    CHECK_FALSE(base::parse_date(text));
}
