// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/print_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace halte::manager::model {
namespace {

using Translate = std::function<std::string(const char*)>;

// On the branch's clock, or on that of Greenwich where its zone is not known.
base::LocalTime local_time(base::Instant at, const std::string& zone) {
  if (const auto local = base::to_local(at, zone)) return *local;
  return base::to_local(at, "UTC").value_or(base::LocalTime{1970, 1, 1, 3, 0});
}

std::string date_of(const base::LocalTime& day, const Translate& t) {
  constexpr std::array weekdays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};
  std::string date = t("{weekday} {day} {month} {year}");
  date = ui::fill(std::move(date), "weekday", t(weekdays[std::size_t(day.weekday)]));
  date = ui::fill(std::move(date), "day", day.day == 1 ? t("1") : std::to_string(day.day));
  date = ui::fill(std::move(date), "month", t(months[std::size_t(day.month - 1)]));
  return ui::fill(std::move(date), "year", std::to_string(day.year));
}

// A stick is read by every machine: what is more than letters and digits in a kiosk's id stays out.
std::string file_name(const std::string& kiosk_id, const base::LocalTime& day) {
  std::string name = kiosk_id;
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '_') c = '-';
  }
  return fmt::format("halte-{}-{:04}-{:02}-{:02}.pdf", name, day.year, day.month, day.day);
}

// The map is of a week; a day has one row of it.
HoursView row_of(HoursView map, int weekday) {
  if (map.days.empty()) return map;
  const std::size_t hours = map.hours.size(), row = std::size_t(weekday);
  map.days = {map.days[row]};
  map.cells = {map.cells.begin() + std::ptrdiff_t(row * hours),
               map.cells.begin() + std::ptrdiff_t((row + 1) * hours)};
  return map;
}

bool is_hatched(const HourCell& cell) { return cell.kind == HourCell::Kind::too_few; }

std::vector<std::string> notes_of(const PrintView& view, const figures::Report& report, const Translate& t) {
  std::vector<std::string> notes{ui::fill(t("Figures of fewer than {count} answers are not shown."), "count",
                                          std::to_string(report.threshold.answers()))};
  const bool has_line = std::ranges::any_of(view.scores, [](const auto& s) { return !s.value.empty(); });
  const bool has_ring =
      std::ranges::any_of(view.scores, [](const auto& s) { return s.scale.before.has_value(); });
  if (has_ring)
    notes.push_back(t("Bands and thin lines: the 95 % interval. Ring: yesterday."));
  else if (has_line)
    notes.push_back(t("Bands and thin lines: the 95 % interval."));
  return notes;
}

}  // namespace

PrintView print_view(const Snapshot& snapshot, const Words& words, const std::string& language,
                     base::Instant printed) {
  const Translate t = [&](const char* id) { return words.say(id, language); };
  const Identity& identity = snapshot.identity;
  const Figures& today = snapshot.figures[std::size_t(figures::PeriodKind::day)];
  const FiguresWords w{words, language, today};
  const base::LocalTime day = local_time(today.report.period.from, identity.zone);

  PrintView view{.language = language,
                 .file = file_name(identity.kiosk_id, day),
                 .program = identity.software,
                 .printed = printed};
  view.title = ui::fill(t("The day at {place}"), "place", identity.branch + " · " + identity.touchpoint);
  view.date = date_of(day, t);
  view.as_of = ui::fill(t("as of {time}"), "time", clock_time(snapshot.at, identity.zone));
  ScoresView scores = scores_of(w);
  view.facts = std::move(scores.facts);
  view.scores = std::move(scores.scores);
  view.hours = row_of(hours_of(w), day.weekday);
  // Beside a score of the same name it has to say what it is.
  view.hours.title = view.hours.days.empty() ? t("Hours") : t("Hours") + " · " + view.hours.title;
  if (std::ranges::any_of(view.hours.cells, is_hatched)) view.hours_too_few = t("too few");
  view.reasons = reasons_of(w);
  view.delivery = t("Delivery to headquarters");
  view.delivery_facts = delivery_facts(words, language, snapshot);
  view.notes = notes_of(view, today.report, t);
  view.imprint =
      ui::fill(ui::fill(t("Printed {time} by {program}"), "time", day_and_time(printed, identity.zone)),
               "program", identity.software);
  return view;
}

}  // namespace halte::manager::model
