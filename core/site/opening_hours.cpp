// SPDX-License-Identifier: Apache-2.0
#include "core/site/opening_hours.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace halte::site {
namespace {

constexpr int minutes_of_day = 24 * 60;
constexpr int minutes_of_week = 7 * minutes_of_day;
constexpr std::array<std::string_view, 7> day_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// "08:30"; "24:00" is the end of a day.
std::optional<int> parse_clock(std::string_view text) {
  auto digit = [&](std::size_t i) { return '0' <= text[i] && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  int hours = (text[0] - '0') * 10 + (text[1] - '0');
  int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  int clock = hours * 60 + minutes;
  if (minutes > 59 || clock > minutes_of_day) return std::nullopt;
  return clock;
}

std::optional<OpenSpan> parse_span(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  std::optional<int> from = parse_clock(text.substr(0, 5));
  std::optional<int> to = parse_clock(text.substr(6));
  if (!from || !to || *from == minutes_of_day) return std::nullopt;
  return OpenSpan{*from, *to};
}

std::string to_text(const OpenSpan& span) {
  return fmt::format("{:02}:{:02}-{:02}:{:02}", span.from / 60, span.from % 60, span.to / 60, span.to % 60);
}

int length_of(const OpenSpan& span) {
  return span.to - span.from + (span.to > span.from ? 0 : minutes_of_day);
}

}  // namespace

bool OpeningHours::known() const {
  return std::ranges::any_of(week_, [](const std::vector<OpenSpan>& day) { return !day.empty(); });
}

bool OpeningHours::is_open_at(int minute_of_week) const {
  if (!known()) return true;
  for (int day = 0; day < 7; ++day)
    for (const OpenSpan& span : week_[static_cast<std::size_t>(day)]) {
      int since_opening = minute_of_week - day * minutes_of_day - span.from;
      if ((since_opening + minutes_of_week) % minutes_of_week < length_of(span)) return true;
    }
  return false;
}

bool OpeningHours::is_open(const base::LocalTime& at) const {
  return is_open_at(at.weekday * minutes_of_day + at.minute_of_day);
}

std::optional<int> OpeningHours::minutes_to_change(const base::LocalTime& at) const {
  int now = at.weekday * minutes_of_day + at.minute_of_day;
  bool open = is_open_at(now);
  for (int later = 1; later < minutes_of_week; ++later)
    if (is_open_at((now + later) % minutes_of_week) != open) return later;
  return std::nullopt;
}

OpeningHours read_opening_hours(base::ObjectReader& object) {
  OpeningHours::Week week;
  for (std::size_t day = 0; day < week.size(); ++day) {
    std::string name(day_names[day]);
    for (const std::string& text : object.texts(name)) {
      if (std::optional<OpenSpan> span = parse_span(text))
        week[day].push_back(*span);
      else
        object.problem(name, "must hold times like 08:00-21:00");
    }
  }
  return OpeningHours(std::move(week));
}

base::Json to_json(const OpeningHours& hours) {
  base::Json json = base::Json::object();
  for (std::size_t day = 0; day < hours.week().size(); ++day)
    for (const OpenSpan& span : hours.week()[day]) json[std::string(day_names[day])].push_back(to_text(span));
  return json;
}

}  // namespace halte::site
