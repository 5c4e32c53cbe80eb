// SPDX-License-Identifier: Apache-2.0
// Reading counts: what is packed and what still stands in rows, added up.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/store/hq/sqlite/sqlite_hq_store.h"
#include "core/store/hq/sqlite/stretches.h"

namespace halte::store::hq {
namespace {

// from ≤ x < to
struct Range {
  int from = 0, to = 0;
  bool contains(int x) const { return x >= from && x < to; }
};

// One bin of one group: its sum, or one for each hour.
struct Slot {
  int band = 0;
  std::string bin;
  std::int64_t total = 0;
  std::map<int, std::array<std::int64_t, std::size_t(by_hour.steps)>> hours;  // by stretch

  std::int64_t& at(int hour) {
    const int stretch = hour >= 0 ? hour / by_hour.steps : -1 - (-1 - hour) / by_hour.steps;  // rounded down
    return hours[stretch][std::size_t(hour - stretch * by_hour.steps)];
  }
  template <class Take>
  void each_hour(Take take) const {
    for (const auto& [stretch, counts] : hours)
      for (int i = 0; i < by_hour.steps; ++i)
        if (counts[std::size_t(i)] != 0) take(stretch * by_hour.steps + i, counts[std::size_t(i)]);
  }
};

// What is alike in all that was asked for.
struct Group {
  CountRow row;  // all but hour, band, bin and n
  std::vector<Slot> slots;

  Slot& slot(int band, std::string_view bin) {
    for (Slot& slot : slots)
      if (slot.band == band && slot.bin == bin) return slot;
    return slots.emplace_back(Slot{band, std::string(bin)});
  }
};

class Sums {
 public:
  Sums(const CountFilter& filter, Grain grain) : filter_(filter), grain_(grain) {}

  void begin(const SQLite::Statement& series);
  void add_row(int hour, int band, std::string_view bin, std::int64_t n) {
    Slot& slot = group_->slot(band, bin);
    if (grain_ == Grain::hour)
      slot.at(hour) += n;
    else
      slot.total += n;
  }
  // The steps of a stretch that lie within the range, which is of steps since 1970.
  void add_packed(const Stretch& stretch, int index, Range steps, base::ByteView bytes);
  std::vector<CountRow> rows() const;

 private:
  // The columns by which groups differ, in the order of the rows.
  using Key =
      std::tuple<std::string, std::string, std::string, int, std::string, bool, std::string, std::string>;

  const CountFilter& filter_;
  Grain grain_;
  std::map<Key, Group> groups_;
  Group* group_ = nullptr;
};

void Sums::begin(const SQLite::Statement& series) {
  const auto text = [&](int column, bool is_asked = true) {
    return is_asked ? series.getColumn(column).getString() : std::string();
  };
  CountRow row{.branch = text(1, filter_.by_branch),
               .touchpoint = text(2),
               .survey = text(3),
               .survey_version = series.getColumn(4).getInt(),
               .question = text(5),
               .flagged = series.getColumn(6).getInt() != 0,
               .bin = {},
               .locale = text(7, filter_.by_audience),
               .variant = text(8, filter_.by_audience)};
  Key key{row.branch,   row.touchpoint, row.survey, row.survey_version,
          row.question, row.flagged,    row.locale, row.variant};
  auto [group, is_new] = groups_.try_emplace(std::move(key));
  group_ = &group->second;
  if (is_new) group_->row = std::move(row);
}

void Sums::add_packed(const Stretch& stretch, int index, Range steps, base::ByteView bytes) {
  const Range within{steps.from - index * stretch.steps, steps.to - index * stretch.steps};
  std::int64_t* sum = nullptr;
  const bool is_whole =
      grain_ == Grain::hour
          ? read_packed(
                bytes, stretch.steps,
                [&](int band, auto bin) { sum = group_->slot(band, bin).hours[index].data(); },
                [&](int step, std::int64_t n) {
                  if (within.contains(step)) sum[step] += n;
                })
          : read_packed(
                bytes, stretch.steps, [&](int band, auto bin) { sum = &group_->slot(band, bin).total; },
                [&](int step, std::int64_t n) {
                  if (within.contains(step)) *sum += n;
                });
  if (!is_whole) throw damaged(stretch);
}

std::vector<CountRow> Sums::rows() const {
  std::vector<CountRow> rows;
  for (const auto& [key, group] : groups_)
    for (const Slot& slot : group.slots) {
      const auto add = [&](int hour, std::int64_t n) {
        CountRow& row = rows.emplace_back(group.row);
        row.hour = hour;
        row.band = slot.band;
        row.bin = slot.bin;
        row.n = n;
      };
      if (grain_ == Grain::hour)
        slot.each_hour(add);
      else if (slot.total != 0)
        add(0, slot.total);
    }
  return rows;
}

// The text varies with the filter, so that SQLite can use the series' keys; each form is prepared once.
std::string series_sql(const CountFilter& filter) {
  std::string where = "true";
  if (filter.touchpoint) where += " AND touchpoint = :touchpoint";
  if (filter.branches) where += " AND branch IN (SELECT value FROM json_each(:branches))";
  if (!filter.questions.empty()) where += " AND question IN (SELECT value FROM json_each(:questions))";
  return fmt::format(R"sql(
    SELECT row, branch, touchpoint, survey, survey_version, question, flagged, locale, variant
    FROM series WHERE {})sql",
                     where);
}

void add_rows(Database& db, Sums& sums, std::int64_t series, Range hours) {
  auto& row =
      db.statement("SELECT hour, band, bin, n FROM count_hour WHERE series = ? AND hour >= ? AND hour < ?");
  row.bind(1, series);
  row.bind(2, hours.from);
  row.bind(3, hours.to);
  while (row.executeStep())
    sums.add_row(row.getColumn(0).getInt(), row.getColumn(1).getInt(), row.getColumn(2).getText(),
                 row.getColumn(3).getInt64());
}

void add_packed(Database& db, Sums& sums, const Stretch& stretch, std::int64_t series, Range steps) {
  if (steps.from >= steps.to) return;
  auto& row = db.statement(stretch.select);
  row.bind(1, stretch.key(series, steps.from));
  row.bind(2, stretch.key(series, steps.to - 1));
  while (row.executeStep())
    sums.add_packed(stretch, stretch.index_of(row.getColumn(0).getInt64()), steps, view(row.getColumn(1)));
}

}  // namespace

// The statement over the series is open until all is read, which holds one state of the database: nothing is
// packed between the rows and what is packed.
base::Result<std::vector<CountRow>> SqliteHqStore::counts(const CountFilter& filter, Grain grain) {
  return read("reading counts", [&](Database& db) {
    auto& series = db.statement(series_sql(filter));
    if (filter.touchpoint) series.bind(":touchpoint", *filter.touchpoint);
    if (filter.branches) series.bind(":branches", base::to_text(base::Json(*filter.branches)));
    if (!filter.questions.empty()) series.bind(":questions", base::to_text(base::Json(filter.questions)));
    const Range hours{filter.from_hour, filter.to_hour};
    // Of what is packed, sums take whole days where they can, and hours at the ends.
    const Range packed{std::clamp(hours.from, 0, end_of_stretches),
                       std::clamp(hours.to, 0, end_of_stretches)};
    Range days{(packed.from + 23) / 24, packed.to / 24};
    if (grain == Grain::hour || days.from >= days.to) days = {packed.to / 24, packed.to / 24};
    Sums sums(filter, grain);
    while (series.executeStep()) {
      const std::int64_t row = series.getColumn(0).getInt64();
      sums.begin(series);
      add_rows(db, sums, row, hours);
      add_packed(db, sums, by_day, row, days);
      if (days.from >= days.to) {
        add_packed(db, sums, by_hour, row, packed);
      } else {
        add_packed(db, sums, by_hour, row, {packed.from, days.from * 24});
        add_packed(db, sums, by_hour, row, {days.to * 24, packed.to});
      }
    }
    return sums.rows();
  });
}

base::Result<std::vector<Latest>> SqliteHqStore::latest() {
  return read("reading the age of the data", [&](Database& db) {
    std::vector<Latest> rows;
    auto& select = db.statement("SELECT branch, touchpoint, at FROM latest ORDER BY branch, touchpoint");
    while (select.executeStep())
      rows.push_back({select.getColumn(0).getString(), select.getColumn(1).getString(),
                      instant(select.getColumn(2).getInt64())});
    return rows;
  });
}

}  // namespace halte::store::hq
