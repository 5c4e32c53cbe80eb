// SPDX-License-Identifier: Apache-2.0
#include "core/figures/comments.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

namespace halte::figures {
namespace {

using Place =
    std::tuple<int, std::string, std::string, std::string>;  // quarter, touchpoint, language, branch
using Days = std::map<int, std::int64_t>;
using Spans = std::map<int, DaySpan>;  // by each day with comments

// Nothing where the whole quarter holds too few.
Spans spans_of(const Days& days, stats::Threshold threshold) {
  std::vector<std::int64_t> counts;
  std::int64_t all = 0;
  for (const auto& [day, n] : days) all += counts.emplace_back(n);
  if (!threshold.allows(all)) return {};
  const auto block_of = stats::blocks(counts, threshold);
  Spans spans;
  std::size_t i = 0;
  int from = 0;
  for (const auto& [day, n] : days) {
    if (i == 0 || block_of[i] != block_of[i - 1]) from = day;
    spans[day].from = from;
    ++i;
  }
  int to = 0;
  for (auto at = spans.rbegin(); at != spans.rend(); ++at) {
    if (at == spans.rbegin() || at->second.from != std::prev(at)->second.from) to = at->first;
    at->second.to = to;
  }
  return spans;
}

struct Cells {
  std::map<Place, Spans> told;    // by branch
  std::map<Place, Spans> pooled;  // of branches with too few, under an empty branch
};

Place place_of(const CommentDay& day) {
  return {quarter_of(day.day).from, day.touchpoint, day.language, day.branch};
}

Place without_branch(Place place) {
  std::get<3>(place).clear();
  return place;
}

Cells cells_of(std::span<const CommentDay> days, stats::Threshold threshold) {
  std::map<Place, Days> by_place, few;
  for (const CommentDay& day : days) by_place[place_of(day)][day.day] += day.n;
  Cells cells;
  for (const auto& [place, counts] : by_place) {
    cells.told[place] = spans_of(counts, threshold);
    if (!cells.told[place].empty()) continue;
    for (const auto& [day, n] : counts) few[without_branch(place)][day] += n;
  }
  for (const auto& [place, counts] : few) cells.pooled[place] = spans_of(counts, threshold);
  return cells;
}

// Nothing: hidden.
std::optional<CommentCell> cell_of(const Cells& cells, const CommentDay& day) {
  const Place place = place_of(day);
  const auto& told = cells.told.at(place);
  const auto& spans = told.empty() ? cells.pooled.at(without_branch(place)) : told;
  const auto span = spans.find(day.day);
  if (span == spans.end()) return std::nullopt;
  return CommentCell{day.branch,        day.touchpoint,  day.language,
                     span->second.from, span->second.to, !told.empty()};
}

bool is_at(const CommentView& view, const CommentDay& day) {
  return (!view.branches || std::ranges::find(*view.branches, day.branch) != view.branches->end()) &&
         (!view.touchpoint || *view.touchpoint == day.touchpoint);
}

}  // namespace

DaySpan quarter_of(int day) {
  using namespace std::chrono;
  const year_month_day date{sys_days{days{day}}};
  const year_month first = date.year() / month{(unsigned(date.month()) - 1) / 3 * 3 + 1};
  const auto count = [](const year_month_day& d) { return int(sys_days{d}.time_since_epoch().count()); };
  return {count(first / 1), count((first + months{3}) / 1) - 1};
}

CommentShelf shelf_of(std::span<const CommentDay> days, const CommentView& view, stats::Threshold threshold) {
  const Cells cells = cells_of(days, threshold);
  const auto key = [](const CommentCell& c) {
    return std::tie(c.from_day, c.to_day, c.touchpoint, c.language, c.branch);
  };
  const auto is_before = [key](const CommentCell& a, const CommentCell& b) { return key(a) < key(b); };
  std::set<CommentCell, decltype(is_before)> shown(is_before);
  std::int64_t hidden = 0;
  for (const CommentDay& day : days) {
    if (!is_at(view, day)) continue;
    auto cell = cell_of(cells, day);
    if (cell && (cell->to_day < view.from_day || cell->from_day > view.to_day)) continue;
    // In a view of some branches, who is there would be told of a cell that tells no branch.
    if (!cell || (view.branches && !cell->tells_branch))
      hidden += day.n;
    else if (!view.language || *view.language == day.language)
      shown.insert(std::move(*cell));
  }
  return {{shown.begin(), shown.end()}, hidden - hidden % threshold.answers(), hidden > 0};
}

}  // namespace halte::figures
