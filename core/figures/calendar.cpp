// SPDX-License-Identifier: Apache-2.0
#include "core/figures/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace halte::figures {

namespace {

std::string week_of(const base::LocalTime& at) {
  using namespace std::chrono;
  const sys_days day{year{at.year} / unsigned(at.month) / unsigned(at.day)};
  const sys_days thursday = day + days(3 - at.weekday);
  const year_month_day date{thursday};
  const auto number = (thursday - sys_days{date.year() / 1 / 1}).count() / 7 + 1;
  return fmt::format("{:04}-W{:02}", int(date.year()), number);
}

}  // namespace

std::optional<Step> step_named(std::string_view name) {
  const auto* at = std::ranges::find(step_names, name, &std::pair<std::string_view, Step>::first);
  return at == step_names.end() ? std::nullopt : std::optional(at->second);
}

std::string name_of(Step step, const base::LocalTime& at) {
  switch (step) {
    case Step::hour:
      return fmt::format("{:04}-{:02}-{:02}T{:02}", at.year, at.month, at.day, at.minute_of_day / 60);
    case Step::day: return fmt::format("{:04}-{:02}-{:02}", at.year, at.month, at.day);
    case Step::week: return week_of(at);
    case Step::month: break;
  }
  return fmt::format("{:04}-{:02}", at.year, at.month);
}

}  // namespace halte::figures
