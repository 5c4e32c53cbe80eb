// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which comments may be read, and how exactly their place and time are told.
//
// Who reads a comment may know that somebody was in a shop on a day, or speaks a language. So place, language
// and time are what could single a person out; what the comment says, its score and its reasons are what is
// protected. Comments are therefore shown in cells: one branch, touchpoint, language and span of days, with
// at least k responses with comments in it, and nothing finer than its cell stands beside a comment.
//
// The cells do not depend on what is asked. A view takes whole cells or leaves them, so whatever views are
// narrowed, compared or subtracted, what remains is no comment or a whole cell. (A rule that counts what a
// view holds would fail there: a month less the same month without its last day is that day.) Search, score,
// reason, tag and status look into cells that are shown whole elsewhere, so they tell nothing new.
//
// - The days of a quarter of a year are cut into spans that hold enough (stats::blocks): a day in a busy
//   place, weeks in a quiet one. Quarters, so that what retention takes away moves no later span.
// - Where a branch has too few in a quarter, its comments join those of all other such branches at the same
//   touchpoint in the same language, and the branch is not told: else nobody would ever read what a minority
//   writes. Where these are too few together, they are hidden.
//
// What it does not stop: somebody who reads a list before and after a comment arrives. Headquarters' roles
// see live figures as it is (G16).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/stats/suppression.h"

namespace halte::figures {

// Days are local, counted since 1970.
struct CommentDay {
  std::string branch, touchpoint, language;
  int day = 0;
  std::int64_t n = 0;  // responses with comments
};

struct CommentCell {
  std::string branch, touchpoint, language;
  int from_day = 0, to_day = 0;  // both included
  bool tells_branch = true;      // false: one of several branches whose cells are one together
  bool operator==(const CommentCell&) const = default;
};

struct CommentView {
  std::optional<std::vector<std::string>> branches;  // nothing: the whole organisation
  std::optional<std::string> touchpoint, language;
  int from_day = 0, to_day = 0;  // both included; a cell that reaches into them is shown whole
};

struct CommentShelf {
  std::vector<CommentCell> cells;  // to show
  // Responses with comments at the view's place, in any language, that are not to be found there: in steps of
  // k, since the exact number would make up for what is hidden when views are subtracted. Of those in no cell
  // the whole quarter counts.
  std::int64_t hidden_at_least = 0;
  bool hides_some = false;
};

// First and last day of the quarter of a year that holds `day`.
struct DaySpan {
  int from = 0, to = 0;
};
DaySpan quarter_of(int day);

// `days`: every one of the organisation, of each quarter that the view's period touches; in any order, one
// entry for each place, language and day.
CommentShelf shelf_of(std::span<const CommentDay> days, const CommentView& view, stats::Threshold threshold);

}  // namespace halte::figures
