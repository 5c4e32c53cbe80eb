// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is asked at a touchpoint, and from when. A place says it as the id of a survey, asked always and in
// its newest version, or as a list of
//
//   survey    its id
//   version   of it; absent: the newest there is
//   from      a local date ("2026-12-01": from midnight at the branch) or an RFC 3339 time; absent: always
//   variant   a–z and 0–9, at most 16: the name that its answers carry
//
// Of the entries whose `from` has come those with the latest one hold. Two may hold at once: then each names
// a variant, and each visitor gets one of them at random. More than two are not taken (yet): every variant
// more leaves fewer answers for each.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/base/json_reader.h"
#include "core/base/time.h"

namespace halte::site {

inline constexpr std::size_t most_variants = 2;     // at once
inline constexpr std::size_t most_asks = 20;        // entries of a list
inline constexpr std::size_t most_steps_ahead = 4;  // that a kiosk is told of

struct Asked {
  std::string survey;
  std::optional<std::int64_t> version;  // absent: the newest
  std::string variant;                  // empty: none
  bool operator==(const Asked&) const = default;
};

// A day at the branch, or a moment. Where both begin at once, the moment is the more exact word, and holds.
using From = std::variant<std::chrono::year_month_day, base::Instant>;
struct AskedFrom {
  std::optional<From> from;  // absent: always
  Asked asked;
  bool operator==(const AskedFrom&) const = default;
};
using Asking = std::vector<AskedFrom>;

// All problems at once: a key it does not know, a date that is none, two at once without a variant each.
// Absent: empty.
Asking read_asking(base::ObjectReader& object, const std::string& key);
// Of `asks` as a place says it, which was judged when it was read: what is said of that touchpoint.
Asking asking_at(const base::Json& asks, const std::string& touchpoint);

// What holds together, from a moment on.
struct AskingStep {
  std::optional<base::Instant> from;  // absent: it holds already
  std::vector<Asked> asked;           // at least one, at most most_variants
  bool operator==(const AskingStep&) const = default;
};
// What holds at `at` in a branch of that zone (UTC where it is none), then the next `most_steps_ahead`
// changes. Where no entry has come, `otherwise` is asked.
std::vector<AskingStep> plan(const Asking& asking, const Asked& otherwise, base::Instant at,
                             std::string_view zone);

// "a–z and 0–9, at most 16", not empty.
bool is_variant(std::string_view name);

}  // namespace halte::site
