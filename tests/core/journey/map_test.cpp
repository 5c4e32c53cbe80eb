// SPDX-License-Identifier: Apache-2.0
#include "core/journey/map.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/base/file.h"

namespace journey = halte::journey;
namespace base = halte::base;
using base::Json;
using std::chrono::month;
using std::chrono::year;

namespace {

std::string asset(const char* path) {
  auto text = base::read_file(std::string(HALTE_SOURCE_DIR) + "/assets/" + path);
  REQUIRE(text);
  return *text;
}

Json supermarket() { return Json::parse(asset("journeys/supermarket.json")); }

std::string problems_of(const Json& json) {
  auto parsed = journey::parse_map(json);
  return parsed ? "" : base::to_string(parsed.error());
}

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

}  // namespace

TEST_CASE("map: the shipped example has five phases and four touchpoints that kiosks measure") {
  auto map = journey::parse_map_text(asset("journeys/supermarket.json"), "supermarket.json");
  REQUIRE(map);
  CHECK(map->phases.size() == 5);
  CHECK(journey::warnings(*map).empty());
  std::size_t touchpoints = 0;
  std::set<std::string> measured;
  for (const auto& phase : map->phases)
    for (const auto& touchpoint : phase.touchpoints) {
      ++touchpoints;
      CHECK(touchpoint.expected_emotion);
      CHECK_FALSE(touchpoint.doing.empty());
      CHECK_FALSE(touchpoint.thinking.empty());
      if (touchpoint.measured_by) measured.insert(*touchpoint.measured_by);
    }
  CHECK(touchpoints >= 12);
  CHECK(measured == std::set<std::string>{"entrance", "service-counter", "checkout", "self-checkout"});
}

TEST_CASE("map: written and read again it is the same") {
  auto first = journey::parse_map(supermarket());
  REQUIRE(first);
  auto second = journey::parse_map_text(base::to_text(journey::to_json(*first)), "again");
  REQUIRE(second);
  CHECK(*second == *first);
  CHECK(journey::to_json(*first) == supermarket());
}

TEST_CASE("map: all problems come at once, each with its place") {
  Json json = supermarket();
  json["phases"][0]["touchpoints"][0]["chanel"] = "web";
  json["phases"][1]["id"] = json["phases"][0]["id"];
  json["phases"][2]["touchpoints"][0]["expected_emotion"] = 6;
  json["opportunities"][0]["touchpoint"] = "nowhere";
  json["opportunities"][1]["due"] = "2026-02-30";
  json.erase("title");
  auto parsed = journey::parse_map(json);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().size() == 6);
  std::string text = base::to_string(parsed.error());
  CHECK(text.find("/phases/0/touchpoints/0/chanel: unknown key") != std::string::npos);
  CHECK(text.find("/phases/1/id: is used twice: awareness") != std::string::npos);
  CHECK(text.find("/phases/2/touchpoints/0/expected_emotion: must be a number from 1 to 5") !=
        std::string::npos);
  CHECK(text.find("/opportunities/0/touchpoint: is not in the map: nowhere") != std::string::npos);
  CHECK(text.find("/opportunities/1/due: must be a date like 2026-03-01") != std::string::npos);
  CHECK(text.find("/title: is missing") != std::string::npos);
}

TEST_CASE("map: only what is done has a day on which it was done") {
  Json json = supermarket();
  json["opportunities"][0]["done_on"] = "2026-11-01";
  CHECK(problems_of(json) == "/opportunities/0/done_on: is only for an opportunity that is done");
}

TEST_CASE("map: the published schema names exactly the keys that are read and written") {
  Json schema = Json::parse(asset("schemas/journey.schema.json"));
  Json map = journey::to_json(*journey::parse_map(supermarket()));
  auto in_schema = [&](const char* definition) { return keys_of(schema["$defs"][definition]["properties"]); };
  auto written = [](const Json& list) {
    std::set<std::string> keys;
    for (const Json& item : list) keys.merge(keys_of(item));
    return keys;
  };
  Json touchpoints = Json::array();
  Json kpis = Json::array();
  for (const Json& phase : map["phases"])
    for (const Json& touchpoint : phase["touchpoints"]) {
      touchpoints.push_back(touchpoint);
      for (const Json& kpi : touchpoint["kpis"]) kpis.push_back(kpi);
    }
  CHECK(keys_of(map) == keys_of(schema["properties"]));
  CHECK(written(map["personas"]) == in_schema("persona"));
  CHECK(written(map["phases"]) == in_schema("phase"));
  CHECK(written(map["opportunities"]) == in_schema("opportunity"));
  CHECK(written(touchpoints) == in_schema("touchpoint"));
  CHECK(written(kpis) == in_schema("kpi"));
}

TEST_CASE("map: the schema demands what the reader demands, and offers the same words") {
  Json schema = Json::parse(asset("schemas/journey.schema.json"));
  for (const std::string key : schema["required"]) {
    Json json = supermarket();
    json.erase(key);
    CHECK(problems_of(json) == "/" + key + ": is missing");
  }
  for (const std::string channel : schema["$defs"]["touchpoint"]["properties"]["channel"]["enum"]) {
    Json json = supermarket();
    json["phases"][0]["touchpoints"][0]["channel"] = channel;
    CHECK(problems_of(json) == "");
  }
  for (const std::string status : schema["$defs"]["opportunity"]["properties"]["status"]["enum"]) {
    Json json = supermarket();
    json["opportunities"][0]["status"] = status;
    CHECK(problems_of(json) == "");
  }
}

TEST_CASE(
    "map: no persona, five personas, an empty phase and an action without owner or day are warned about") {
  auto map = journey::parse_map(supermarket());
  map->personas.clear();
  map->phases[0].touchpoints.clear();
  map->opportunities[1].owner.clear();
  map->opportunities[2].due.reset();
  auto warnings = journey::warnings(*map);
  REQUIRE(warnings.size() == 4);
  CHECK(warnings[0].pointer == "/personas");
  CHECK(warnings[1].pointer == "/phases/0");
  CHECK(warnings[2].pointer == "/opportunities/1/owner");
  CHECK(warnings[3].pointer == "/opportunities/2/due");
  map->personas.resize(5);
  CHECK(journey::warnings(*map)[0].reason == "more than four personas blur the map");
}

TEST_CASE("map: a review is due after 90 days, and where there never was one") {
  journey::Map map;
  CHECK(journey::review_is_due(map, year(2026) / 4 / 1));
  map.reviewed = year(2026) / 1 / 1;
  CHECK_FALSE(journey::review_is_due(map, year(2026) / 4 / 1));
  CHECK(journey::review_is_due(map, year(2026) / 4 / 2));
}
