// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {
namespace {

// The text varies with the filter, so that SQLite can use the series' key; each form is prepared once.
std::string counts_sql(const CountFilter& filter, Grain grain) {
  std::string where;
  if (filter.touchpoint) where += " AND s.touchpoint = :touchpoint";
  if (filter.branches) where += " AND s.branch IN (SELECT value FROM json_each(:branches))";
  if (!filter.questions.empty()) where += " AND s.question IN (SELECT value FROM json_each(:questions))";
  return fmt::format(R"sql(
    SELECT {0} AS branch,
           s.touchpoint,
           s.survey,
           s.survey_version,
           s.question,
           s.flagged,
           {1} AS hour,
           c.band,
           c.bin,
           {2} AS locale,
           {3} AS variant,
           sum(c.n)
    FROM series s CROSS JOIN count_hour c ON c.series = s.row
    WHERE c.hour >= :from AND c.hour < :to{4}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)sql",
                     filter.by_branch ? "s.branch" : "''", grain == Grain::hour ? "c.hour" : "0",
                     filter.by_audience ? "s.locale" : "''", filter.by_audience ? "s.variant" : "''", where);
}

CountRow read_row(SQLite::Statement& row) {
  CountRow count{row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                 row.getColumn(3).getInt(),    row.getColumn(4).getString(), row.getColumn(5).getInt() != 0,
                 row.getColumn(6).getInt(),    row.getColumn(7).getInt(),    row.getColumn(8).getString(),
                 row.getColumn(11).getInt64()};
  count.locale = row.getColumn(9).getString();
  count.variant = row.getColumn(10).getString();
  return count;
}

}  // namespace

base::Result<std::vector<CountRow>> SqliteHqStore::counts(const CountFilter& filter, Grain grain) {
  return read("reading counts", [&](Database& db) {
    auto& select = db.statement(counts_sql(filter, grain));
    select.bind(":from", filter.from_hour);
    select.bind(":to", filter.to_hour);
    if (filter.touchpoint) select.bind(":touchpoint", *filter.touchpoint);
    if (filter.branches) select.bind(":branches", base::to_text(base::Json(*filter.branches)));
    if (!filter.questions.empty()) select.bind(":questions", base::to_text(base::Json(filter.questions)));
    std::vector<CountRow> rows;
    while (select.executeStep())
      if (CountRow row = read_row(select); row.n != 0) rows.push_back(std::move(row));  // 0: erased
    return rows;
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
