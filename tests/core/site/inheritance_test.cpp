// SPDX-License-Identifier: Apache-2.0
#include "core/site/inheritance.h"

#include <doctest/doctest.h>

namespace halte::tests {
namespace {

using base::Json;

// The Netherlands, in it Randstad, in it Utrecht; Breda hangs under the organisation.
site::Tree a_tree(Json region = Json::object(), Json branch = Json::object()) {
  return {
      {"organisation",
       "",
       "Versmarkt",
       {{"zone", "Europe/Amsterdam"}, {"settings", {{"languages", {"nl"}}, {"theme", "light"}}}}},
      {{"nl", "Nederland", "", {{"silent_minutes", 60}}}, {"randstad", "Randstad", "nl", std::move(region)}},
      {{"utrecht", "Utrecht", "randstad", std::move(branch)}, {"breda", "Breda", "", Json::object()}}};
}

base::Problems problems_of(const Json& json, bool is_organisation = false) {
  base::Problems problems;
  base::ObjectReader reader(json, "", problems);
  (void)site::read_own(reader, is_organisation);
  reader.refuse_unknown_keys();
  return problems;
}

}  // namespace

TEST_CASE("inheritance: the lowest place that says something wins, and who said it is known") {
  const auto tree =
      a_tree({{"settings", {{"theme", "dark"}}}}, {{"settings", {{"languages", {"nl", "en"}}}}});
  const auto path = tree.path_to_branch("utrecht");
  REQUIRE(path.size() == 4);
  const auto inherited = site::inherit(path);
  CHECK(inherited.values["settings"] == Json{{"languages", {"nl", "en"}}, {"theme", "dark"}});
  CHECK(inherited.values["silent_minutes"] == 60);
  CHECK(path[inherited.said_by.at("/settings/theme")].name == "Randstad");
  CHECK(path[inherited.said_by.at("/settings/languages")].name == "Utrecht");
  CHECK(path[inherited.said_by.at("/silent_minutes")].name == "Nederland");
  CHECK(path[inherited.said_by.at("/zone")].kind == "organisation");
}

TEST_CASE("inheritance: a week of opening hours replaces the one above as a whole") {
  const auto tree = a_tree({{"opening_hours", {{"mon", {"08:00-20:00"}}, {"sun", {"12:00-17:00"}}}}},
                           {{"opening_hours", {{"mon", {"09:00-18:00"}}}}});
  CHECK(site::inherit(tree.path_to_branch("utrecht")).values["opening_hours"] ==
        Json{{"mon", {"09:00-18:00"}}});
}

TEST_CASE("inheritance: surveys are said touchpoint by touchpoint") {
  const auto tree =
      a_tree({{"asks", {{"checkout", "visit"}, {"entrance", "short"}}}}, {{"asks", {{"checkout", "refit"}}}});
  CHECK(site::inherit(tree.path_to_branch("utrecht")).values["asks"] ==
        Json{{"checkout", "refit"}, {"entrance", "short"}});
}

TEST_CASE("inheritance: a plan replaces the one above as a whole, and is judged where it is said") {
  const Json plan = Json::array({{{"survey", "visit"}, {"from", "2026-12-01"}}});
  const auto tree = a_tree({{"asks", {{"checkout", "visit"}}}}, {{"asks", {{"checkout", plan}}}});
  CHECK(site::inherit(tree.path_to_branch("utrecht")).values["asks"] == Json{{"checkout", plan}});
  CHECK(problems_of({{"asks", {{"checkout", plan}, {"entrance", "visit"}}}}).empty());
  CHECK(base::to_string(problems_of({{"asks", {{"checkout", 7}, {"entrance", ""}}}})) ==
        "/asks/checkout: must be a survey or a list of what is asked when; "
        "/asks/entrance: must be a text that is not empty");
  CHECK(base::to_string(problems_of({{"asks", "visit"}})) == "/asks: must be an object");
}

TEST_CASE("inheritance: a branch's zone is its own, its region's or the organisation's") {
  CHECK(a_tree().zone_of("utrecht") == "Europe/Amsterdam");
  CHECK(a_tree({{"zone", "Europe/Berlin"}}).zone_of("utrecht") == "Europe/Berlin");
  CHECK(a_tree({{"zone", "Europe/Berlin"}}, {{"zone", "Europe/Paris"}}).zone_of("utrecht") == "Europe/Paris");
  CHECK(a_tree({{"zone", "Europe/Berlin"}}).zone_of("breda") == "Europe/Amsterdam");
  CHECK(site::Tree({"organisation", "", "", Json::object()}, {}, {}).zone_of("nowhere") == "Etc/UTC");
}

TEST_CASE("inheritance: a branch is in its region and in every region above that") {
  const auto tree = a_tree();
  CHECK(tree.is_in("utrecht", "randstad"));
  CHECK(tree.is_in("utrecht", "nl"));
  CHECK_FALSE(tree.is_in("breda", "nl"));
  CHECK_FALSE(tree.is_in("nowhere", "nl"));
}

TEST_CASE("inheritance: a region below itself is found, and nobody waits for ever") {
  const site::Tree tree(
      {"organisation", "", "", Json::object()},
      {{"a", "A", "b", Json::object()}, {"b", "B", "a", Json::object()}, {"c", "C", "", Json::object()}},
      {{"utrecht", "Utrecht", "a", Json::object()}});
  CHECK(tree.is_circular("a"));
  CHECK(tree.is_circular("b"));
  CHECK_FALSE(tree.is_circular("c"));
  CHECK(tree.path_to_branch("utrecht").size() == 4);
  CHECK(tree.zone_of("utrecht") == "Etc/UTC");
}

TEST_CASE("inheritance: what a place says of itself is judged with its place") {
  CHECK(problems_of({{"zone", "Europe/Amsterdam"}, {"silent_minutes", 30}, {"settings", {{"theme", "dark"}}}})
            .empty());
  const auto wrong = problems_of({{"zone", "Europe/Atlantis"},
                                  {"silent_minutes", 1},
                                  {"opening_hours", {{"mon", {"25:00-26:00"}}}},
                                  {"settings", {{"theme", "pink"}}}});
  CHECK(wrong.size() == 4);
}

TEST_CASE("inheritance: what makes figures comparable is the organisation's alone") {
  const auto wrong = problems_of({{"settings", {{"k", 5}, {"coarsening_minutes", 60}, {"theme", "dark"}}}});
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0].pointer == "/settings/coarsening_minutes");
  CHECK(wrong[1].pointer == "/settings/k");
  CHECK(problems_of({{"settings", {{"k", 5}, {"coarsening_minutes", 60}}}}, true).empty());
}

}  // namespace halte::tests
