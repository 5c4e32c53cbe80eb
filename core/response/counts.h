// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/response/response.h"

namespace halte::response {

// One answer as one bin: question "visit", bin "4". `band` is the band of the response's score that a
// reason is counted with (0 none, 1 low, 2 middle, 3 high).
struct Count {
  std::string question;
  std::string bin;
  int band = 0;
  std::string measures;  // what the question is for: a metric's name, "reason", or nothing
};
inline constexpr std::string_view measures_reason = "reason";

// What a visitor wrote to one question, and what stands beside it.
struct Comment {
  std::string question, text;
  std::string metric = {};  // of the score that its response has; empty: none
  int score = 0, band = 0;  // band: as in Count
  std::vector<std::string> reasons =
      {};  // "could_be_better:wait": the same value may mean another thing elsewhere
};

// What a response adds to the counts, and an erasure takes away again. `known` is false when its survey
// version is not: such a response is stored and marked, and counts as a response alone.
struct Tally {
  bool known = false;
  std::vector<Count> counts;
  std::vector<Comment> comments = {};  // at headquarters: a kiosk reads none
};
using Tallier = std::function<Tally(const Response&)>;

// The pseudo-question that counts responses, by how they ended ("complete", "timeout", "exit", "restart").
inline constexpr std::string_view ended_question = "#ended";

struct CountRow {
  std::string branch;
  std::string touchpoint;
  std::string survey;
  int survey_version = 0;
  std::string question;
  bool flagged = false;
  int hour = 0;  // hours since 1970, UTC; 0 unless asked by the hour
  int band = 0;
  std::string bin;
  std::int64_t n = 0;
  std::string measures = {};  // on a kiosk, which forgets old surveys; empty where the survey is at hand
  std::string locale = {}, variant = {};  // where asked by audience
};

struct LocalFilter {
  std::string branch;
  std::string touchpoint;
  base::Instant from{}, to{};  // from ≤ submitted < to, both on a quarter of an hour
};

// What a kiosk counted itself: its own figures, which stay after its rows are acknowledged and follow
// erasures. Any thread; durable when a call returns.
class LocalCounts {
 public:
  virtual ~LocalCounts() = default;
  // By the hour.
  virtual base::Result<std::vector<CountRow>> local_counts(const LocalFilter& filter) = 0;
  // Erased at the server: counted back. An id that was never counted here, or is already gone, is no error.
  virtual base::Status uncount(std::span<const Id> ids) = 0;
  // Nothing older is kept.
  virtual base::Status drop_counts_before(base::Instant at) = 0;
};

}  // namespace halte::response
