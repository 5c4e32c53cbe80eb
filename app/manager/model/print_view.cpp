// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/print_view.h"

#include <fmt/format.h>

#include "app/manager/model/delivery_view.h"
#include "app/manager/model/figures_view.h"

namespace halte::manager::model {
namespace {

// Of a day that is one of seven rows, the one row.
void add_hours(PrintView& print, const HoursView& week, int weekday) {
  print.hours_title = week.title;
  if (!week.none.empty()) return;
  const auto columns = std::ptrdiff_t(week.hours.size());
  const auto first = week.cells.begin() + columns * weekday;
  print.hours = week.hours;
  print.cells.assign(first, first + columns);
}

}  // namespace

PrintView print_of(const State& state, const Words& words) {
  const Snapshot& snapshot = *state.snapshot;
  const Identity& identity = snapshot.identity;
  const SettingsWords w{words, state};
  const FiguresWords day{words, state.language, snapshot.figures[0]};
  const auto local = base::to_local(snapshot.at, identity.zone);
  PrintView print{.language = state.language,
                  .title = identity.branch + " · " + identity.touchpoint,
                  .subtitle = w.t("Report of the day") + " · " + day_and_time(snapshot.at, identity.zone),
                  .scores = scores_of(day),
                  .reasons = reasons_of(day),
                  .delivery_title = w.t("Delivery to headquarters"),
                  .delivery = delivery_facts(w, snapshot),
                  .note = w.t("What too few people answered is left out, so that nobody is recognised."),
                  .program = identity.software};
  add_hours(print, hours_of(day), local ? local->weekday : 0);
  const std::string date = base::to_rfc3339(snapshot.at).substr(0, 10);
  print.file =
      fmt::format("halte-{}-{}.pdf", identity.kiosk_id,
                  local ? fmt::format("{}-{:02}-{:02}", local->year, local->month, local->day) : date);
  return print;
}

}  // namespace halte::manager::model
