// SPDX-License-Identifier: Apache-2.0
#pragma once

// What visitors wrote, to be read. A comment lives and goes with its response: an erasure, a withdrawal or
// retention that takes its words takes its status and its tags as well.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/figures/comments.h"
#include "core/response/counts.h"

namespace halte::store::hq {

enum class CommentStatus { fresh, read, to_do, done };

struct CommentRecord {
  base::Bytes ref;     // 16 bytes that tell nothing; the same for as long as the comment is there
  std::string branch;  // empty: not told
  std::string touchpoint, language;
  int from_day = 0, to_day = 0;  // of its cell; the day itself is not told
  std::string survey;
  int survey_version = 0;
  response::Comment said;
  CommentStatus status = CommentStatus::fresh;
  std::vector<std::string> tags;
};

struct CommentFilter {
  std::vector<figures::CommentCell> cells;  // in these alone
  std::optional<base::Bytes> ref;
  std::optional<int> band;  // response::Count::band
  std::optional<std::string> reason, tag;
  std::optional<CommentStatus> status;
  // Each stands somewhere in the text, as base::folded_words() gives them. Without an index: one of words
  // (FTS5 of SQLite 3.40, which Debian 12 has) would keep what was erased in its segments until they merge.
  std::vector<std::string> words = {};
};

// The newest spans first; within one, in an order that tells nothing. After this one of them:
struct CommentKey {
  int to_day = 0, from_day = 0;
  base::Bytes ref;
};

struct CommentReview {
  std::optional<CommentStatus> status;  // nothing: as it was
  std::optional<std::vector<std::string>> tags;
};

class Comments {
 public:
  virtual ~Comments() = default;
  // Of each place and language; from_day ≤ day ≤ to_day.
  virtual base::Result<std::vector<figures::CommentDay>> comment_days(int from_day, int to_day) = 0;
  virtual base::Result<std::vector<CommentRecord>> comments(const CommentFilter& filter,
                                                            const std::optional<CommentKey>& after,
                                                            int most) = 0;
  // Without the filter's own status.
  virtual base::Result<std::map<CommentStatus, std::int64_t>> comments_by_status(
      const CommentFilter& filter) = 0;
  // In use in those cells, by the alphabet.
  virtual base::Result<std::vector<std::string>> comment_tags(
      const std::vector<figures::CommentCell>& cells) = 0;

  // For whoever judges by shelf_of() whether it may be seen. Nothing: there is none.
  virtual base::Result<std::optional<int>> day_of_comment(base::ByteView ref) = 0;
  // False: there is none.
  virtual base::Result<bool> review_comment(base::ByteView ref, const CommentReview& review) = 0;

  // Responses that an earlier version stored: finds the comments of up to `most` of them. Returns how many
  // it has looked at; 0 where all are done.
  virtual base::Result<int> index_comments(const response::Tallier& tallier, int most) = 0;
};

}  // namespace halte::store::hq
