// SPDX-License-Identifier: Apache-2.0
#include "core/figures/comments.h"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "core/figures/known_survey.h"

namespace figures = halte::figures;
using figures::CommentDay;
using figures::CommentView;
using halte::stats::Threshold;

namespace {

using namespace std::chrono;

constexpr int day_of(year_month_day date) { return int(sys_days{date}.time_since_epoch().count()); }
constexpr int october = day_of(2026y / 10 / 1), december = day_of(2026y / 12 / 31);
constexpr CommentView whole_quarter{{}, {}, {}, october, december};

std::vector<CommentDay> each_day(const std::string& branch, const std::string& language, int days,
                                 std::int64_t n) {
  std::vector<CommentDay> all;
  for (int day = 0; day < days; ++day) all.push_back({branch, "checkout", language, october + day, n});
  return all;
}

std::vector<CommentDay> joined(std::vector<CommentDay> all, const std::vector<CommentDay>& more) {
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

// Which entry of `days` lies in a cell of the shelf: what somebody can see of them by that view.
std::set<std::size_t> seen(const std::vector<CommentDay>& days, const figures::CommentShelf& shelf) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < days.size(); ++i)
    for (const auto& cell : shelf.cells)
      if (cell.branch == days[i].branch && cell.touchpoint == days[i].touchpoint &&
          cell.language == days[i].language && cell.from_day <= days[i].day && days[i].day <= cell.to_day)
        found.insert(i);
  return found;
}

std::int64_t responses(const std::vector<CommentDay>& days, const std::set<std::size_t>& which) {
  std::int64_t n = 0;
  for (std::size_t i : which) n += days[i].n;
  return n;
}

struct Attack {
  std::mt19937_64 random{20261128};
  int upto(int most) { return std::uniform_int_distribution<int>(0, most)(random); }

  std::vector<CommentDay> a_chain() {
    std::vector<CommentDay> days;
    const int quiet = 1 + upto(8);
    for (const char* branch : {"utrecht", "breda", "zwolle", "urk"})
      for (const char* touchpoint : {"checkout", "fitting"})
        for (const char* language : {"nl", "tr"})
          for (int day = -20; day < 110; ++day)
            if (upto(quiet) == 0) days.push_back({branch, touchpoint, language, october + day, 1 + upto(3)});
    std::ranges::shuffle(days, random);
    return days;
  }
  CommentView a_view() {
    CommentView view;
    const std::array<std::vector<std::string>, 5> places{
        {{"utrecht"}, {"breda", "urk"}, {"urk"}, {"utrecht", "breda", "zwolle"}, {}}};
    if (upto(2)) view.branches = places[std::size_t(upto(4))];
    if (upto(1)) view.touchpoint = upto(1) ? "checkout" : "fitting";
    if (upto(1)) view.language = upto(1) ? "nl" : "tr";
    view.from_day = october + upto(91);
    view.to_day = view.from_day + upto(upto(3) ? 5 : 40);
    return view;
  }
};

}  // namespace

TEST_CASE("comments: a busy place tells the day, a quiet one the days that hold enough") {
  auto shelf = figures::shelf_of(each_day("utrecht", "nl", 3, 10), whole_quarter, Threshold(10));
  REQUIRE(shelf.cells.size() == 3);
  CHECK(shelf.cells[1] == figures::CommentCell{"utrecht", "checkout", "nl", october + 1, october + 1, true});
  CHECK_FALSE(shelf.hides_some);
  shelf = figures::shelf_of(each_day("utrecht", "nl", 9, 4), whole_quarter, Threshold(10));
  REQUIRE(shelf.cells.size() == 3);
  CHECK(shelf.cells[0].from_day == october);
  CHECK(shelf.cells[0].to_day == october + 2);
  CHECK(shelf.cells[2].to_day == october + 8);
}

TEST_CASE("comments: a rest that is too small joins the span before") {
  const auto shelf = figures::shelf_of(each_day("utrecht", "nl", 5, 4), whole_quarter, Threshold(10));
  REQUIRE(shelf.cells.size() == 1);
  CHECK(shelf.cells[0].to_day == october + 4);
}

TEST_CASE(
    "comments: of branches with too few, those in one language are shown together and no branch is told") {
  const auto few = joined(each_day("urk", "tr", 6, 1), each_day("breda", "tr", 6, 1));
  const auto all = joined(each_day("utrecht", "nl", 2, 20), few);
  const auto everywhere = figures::shelf_of(all, whole_quarter, Threshold(10));
  CHECK(everywhere.cells.size() == 4);
  CHECK_FALSE(everywhere.hides_some);
  for (const auto& cell : everywhere.cells) CHECK(cell.tells_branch == (cell.branch == "utrecht"));

  CommentView in_urk = whole_quarter;
  in_urk.branches = {"urk"};
  const auto there = figures::shelf_of(all, in_urk, Threshold(10));
  CHECK(there.cells.empty());
  CHECK(there.hides_some);
  CHECK(there.hidden_at_least == 0);
}

TEST_CASE("comments: what is hidden is told in steps of k, and of every language") {
  const auto few = each_day("urk", "tr", 9, 1);
  auto shelf = figures::shelf_of(few, whole_quarter, Threshold(10));
  CHECK(shelf.cells.empty());
  CHECK(shelf.hides_some);
  CHECK(shelf.hidden_at_least == 0);
  CommentView dutch = whole_quarter;
  dutch.language = "nl";
  auto languages = few;
  for (const char* one : {"pl", "ar"})
    for (const auto& day : each_day("urk", one, 8, 1)) languages.push_back(day);
  shelf = figures::shelf_of(languages, dutch, Threshold(10));
  CHECK(shelf.hidden_at_least == 20);  // of 25
}

TEST_CASE("comments: a period takes whole spans") {
  const auto days = each_day("utrecht", "nl", 30, 1);
  CommentView one_day = whole_quarter;
  one_day.from_day = one_day.to_day = october + 14;
  const auto shelf = figures::shelf_of(days, one_day, Threshold(10));
  REQUIRE(shelf.cells.size() == 1);
  CHECK(shelf.cells[0].from_day == october + 10);
  CHECK(shelf.cells[0].to_day == october + 19);
}

TEST_CASE("comments: a quarter of a year ends where its last month does") {
  CHECK(figures::quarter_of(day_of(2028y / 2 / 29)).from == day_of(2028y / 1 / 1));
  CHECK(figures::quarter_of(day_of(2028y / 2 / 29)).to == day_of(2028y / 3 / 31));
  CHECK(figures::quarter_of(december).from == october);
  CHECK(figures::quarter_of(december).to == december);
}

TEST_CASE("comments: narrowed by place, language and period, no view comes down to fewer than k") {
  Attack attack;
  int shown = 0;
  for (int round = 0; round < 400; ++round) {
    const auto days = attack.a_chain();
    const Threshold threshold(5 + attack.upto(7));
    for (int n = 0; n < 10; ++n) {
      const auto found = seen(days, figures::shelf_of(days, attack.a_view(), threshold));
      if (!found.empty()) CHECK(threshold.allows(responses(days, found)));
      shown += !found.empty();
    }
  }
  CHECK(shown > 1'000);
}

TEST_CASE("comments: what stands beside one, at least k others have beside them") {
  Attack attack;
  for (int round = 0; round < 400; ++round) {
    const auto days = attack.a_chain();
    const Threshold threshold(5 + attack.upto(7));
    const auto shelf = figures::shelf_of(days, attack.a_view(), threshold);
    std::map<std::string, std::int64_t> alike;
    for (const auto& cell : shelf.cells)
      for (const CommentDay& day : days)
        if (cell.branch == day.branch && cell.touchpoint == day.touchpoint && cell.language == day.language &&
            cell.from_day <= day.day && day.day <= cell.to_day)
          alike[(cell.tells_branch ? cell.branch : "") + "|" + cell.touchpoint + "|" + cell.language + "|" +
                std::to_string(cell.from_day) + "|" + std::to_string(cell.to_day)] += day.n;
    for (const auto& [beside, n] : alike) CHECK_MESSAGE(threshold.allows(n), beside);
  }
}

TEST_CASE("comments: of 10,000 pairs of views none leaves fewer than k when one is taken from the other") {
  Attack attack;
  int pairs = 0;
  for (int round = 0; round < 500; ++round) {
    const auto days = attack.a_chain();
    const Threshold threshold(5 + attack.upto(7));
    for (int n = 0; n < 20; ++n, ++pairs) {
      // Narrower by one thing, or something else altogether.
      const CommentView one = attack.a_view();
      CommentView other = attack.a_view();
      if (attack.upto(1)) {
        other = one;
        other.to_day -= 1;
      }
      const auto first = seen(days, figures::shelf_of(days, one, threshold));
      const auto second = seen(days, figures::shelf_of(days, other, threshold));
      std::set<std::size_t> left, both;
      std::ranges::set_difference(first, second, std::inserter(left, left.end()));
      std::ranges::set_intersection(first, second, std::inserter(both, both.end()));
      if (!left.empty()) CHECK(threshold.allows(responses(days, left)));
      if (!both.empty()) CHECK(threshold.allows(responses(days, both)));
    }
  }
  CHECK(pairs == 10'000);
}

TEST_CASE("comments: they are the free text of a response, with its score and its reasons") {
  auto survey = halte::survey::parse(R"json({"pages": [{"name": "p", "elements": [
    {"type": "rating", "name": "visit", "rateMax": 5},
    {"type": "checkbox", "name": "better", "choices": ["wait", "price"]},
    {"type": "comment", "name": "more"},
    {"type": "text", "name": "what"},
    {"type": "text", "inputType": "email", "name": "mail"}]}]})json");
  REQUIRE_MESSAGE(survey,
                  (survey ? "" : survey.error().front().pointer + ": " + survey.error().front().reason));
  figures::KnownSurvey known{"visit", 1, std::move(*survey), {}};
  known.metrics.emotion = "visit";
  known.metrics.reasons = {"better"};
  halte::response::Response r;
  r.survey = "visit";
  r.survey_version = 1;
  r.answers = {
      {"visit", 2}, {"better", {"wait"}}, {"more", "Lange rij"}, {"what", " \n"}, {"mail", "[e-mail]"}};
  const auto comments = figures::comments_of(known, r);
  REQUIRE(comments.size() == 1);
  CHECK(comments[0].question == "more");
  CHECK(comments[0].text == "Lange rij");
  CHECK(comments[0].metric == "emotion");
  CHECK(comments[0].score == 2);
  CHECK(comments[0].band == 1);
  CHECK(comments[0].reasons == std::vector<std::string>{"better:wait"});
  r.survey_version = 2;
  CHECK(figures::comments_of(known, r).empty());
}
