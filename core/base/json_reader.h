// SPDX-License-Identifier: Apache-2.0
#pragma once

// Strict reading of a JSON document into a struct: every problem at once, each with the place.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/time.h"

namespace halte::base {

struct Problem {
  std::string pointer;  // JSON Pointer (RFC 6901) to the value; "" is the document
  std::string reason;
  bool operator==(const Problem&) const = default;
};
using Problems = std::vector<Problem>;

// "/settings/k: unknown key; /kiosk/id: is missing"
std::string to_string(const Problems& problems);

std::optional<std::chrono::year_month_day> parse_date(std::string_view text);  // "2026-03-01"
std::string to_text(std::chrono::year_month_day date);

// Reads one object. A getter that meets a missing or wrong value notes a problem and gives the fallback,
// so that reading goes on. Call refuse_unknown_keys() last: what no getter asked for is a problem (objects
// inside it have had that done).
// Holds references: the document and the list outlive it.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string pointer, Problems& problems);

  bool has(std::string_view key) const;
  std::string text(const std::string& key);  // required, not empty
  std::string text(const std::string& key, std::string fallback);
  std::optional<std::string> optional_text(const std::string& key);
  std::vector<std::string> texts(const std::string& key);                             // absent: empty
  std::int64_t integer(const std::string& key, std::int64_t low, std::int64_t high);  // required
  std::int64_t integer(const std::string& key, std::int64_t low, std::int64_t high, std::int64_t fallback);
  std::optional<double> number(const std::string& key, double low, double high);
  bool flag(const std::string& key, bool fallback);
  Instant instant(const std::string& key);  // required, RFC 3339
  std::optional<std::chrono::year_month_day> date(const std::string& key);
  std::vector<std::pair<std::string, std::string>> text_map(const std::string& key);  // absent: empty

  // One of a fixed set of words.
  template <class E, std::size_t N>
  E choice(const std::string& key, const std::array<std::pair<std::string_view, E>, N>& words, E fallback) {
    std::optional<std::string> word = optional_text(key);
    if (!word) return fallback;
    std::string allowed;
    for (const auto& [name, value] : words) {
      if (name == *word) return value;
      allowed += allowed.empty() ? "" : ", ";
      allowed += name;
    }
    note_wrong_word(key, allowed);
    return fallback;
  }

  using Read = std::function<void(ObjectReader&)>;
  void object(const std::string& key, const Read& read);           // required
  void optional_object(const std::string& key, const Read& read);  // not called where absent
  void objects(const std::string& key, const Read& read);          // an array of them; absent: none
  const Json* value(const std::string& key);                       // as it is; nullptr where absent

  void problem(const std::string& key, std::string reason);  // "" is the object itself
  void refuse_unknown_keys();
  const std::string& pointer() const { return pointer_; }

 private:
  const Json* find(const std::string& key);
  const Json* find_required(const std::string& key);
  void note_wrong_word(const std::string& key, const std::string& allowed);

  const Json& json_;
  std::string pointer_;
  Problems& problems_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace halte::base
