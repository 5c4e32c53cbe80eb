// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/json_reader.h"
#include "core/base/time.h"

namespace halte::site {

// From and to in minutes after local midnight, 0 <= from < 1440. `to` is up to 1440, or lies at or before
// `from`: then it is open past midnight, into the next day. from == to: 24 hours.
struct OpenSpan {
  int from;
  int to;
  bool operator==(const OpenSpan&) const = default;
};

// When a branch is open in a week, on its own clock. A day may have several spans or none. With no span in
// any day the hours are unknown, and the branch counts as always open. The clock's change to and from
// summer time moves the wall clock, and so the hours with it.
class OpeningHours {
 public:
  using Week = std::array<std::vector<OpenSpan>, 7>;  // 0 = Monday

  OpeningHours() = default;
  explicit OpeningHours(Week week) : week_(std::move(week)) {}

  bool known() const;
  bool is_open(const base::LocalTime& at) const;
  // Minutes of wall clock until it opens or closes next; nothing where it never does.
  std::optional<int> minutes_to_change(const base::LocalTime& at) const;
  const Week& week() const { return week_; }

  bool operator==(const OpeningHours&) const = default;

 private:
  bool is_open_at(int minute_of_week) const;

  Week week_{};
};

// {"mon": ["08:00-21:00"], "sun": ["10:00-12:00", "13:00-18:00"], "fri": ["18:00-02:00"]}
OpeningHours read_opening_hours(base::ObjectReader& object);
base::Json to_json(const OpeningHours& hours);

}  // namespace halte::site
