// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {
namespace {

// The text varies with the filter, so that SQLite can use the series' key; each form is prepared once.
std::string counts_sql(const CountFilter& filter, Grain grain) {
  std::string where;
  if (filter.touchpoint) where += " AND s.touchpoint = :touchpoint";
  if (filter.branch) where += " AND s.branch = :branch";
  if (!filter.questions.empty()) {
    where += " AND s.question IN (";
    for (std::size_t i = 0; i < filter.questions.size(); ++i)
      where += fmt::format("{}:q{}", i ? ", " : "", i);
    where += ")";
  }
  std::string_view hour = grain == Grain::hour ? "c.hour" : "0";
  return fmt::format(R"sql(
    SELECT s.branch,
           s.touchpoint,
           s.survey,
           s.survey_version,
           s.question,
           s.flagged,
           {0} AS hour,
           c.band,
           c.bin,
           sum(c.n)
    FROM series s CROSS JOIN count_hour c ON c.series = s.row
    WHERE c.hour >= :from AND c.hour < :to{1}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9)sql",
                     hour, where);
}

}  // namespace

base::Result<std::vector<CountRow>> SqliteHqStore::counts(const CountFilter& filter, Grain grain) {
  return read("reading counts", [&](Database& db) {
    auto& select = db.statement(counts_sql(filter, grain));
    select.bind(":from", filter.from_hour);
    select.bind(":to", filter.to_hour);
    if (filter.touchpoint) select.bind(":touchpoint", *filter.touchpoint);
    if (filter.branch) select.bind(":branch", *filter.branch);
    for (std::size_t i = 0; i < filter.questions.size(); ++i)
      select.bind(fmt::format(":q{}", i), filter.questions[i]);
    std::vector<CountRow> rows;
    while (select.executeStep()) {
      std::int64_t n = select.getColumn(9).getInt64();
      if (n == 0) continue;  // what an erasure emptied
      rows.push_back(
          {select.getColumn(0).getString(), select.getColumn(1).getString(), select.getColumn(2).getString(),
           select.getColumn(3).getInt(), select.getColumn(4).getString(), select.getColumn(5).getInt() != 0,
           select.getColumn(6).getInt(), select.getColumn(7).getInt(), select.getColumn(8).getString(), n});
    }
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
