// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Instant;
using base::Result;

namespace {

std::int64_t minute_of(Instant at) {
  return std::chrono::floor<std::chrono::minutes>(at).time_since_epoch().count();
}
Instant at_minute(std::int64_t minute) { return Instant(std::chrono::minutes(minute)); }

struct Last {
  std::int64_t began = 0, ended = 0;
  bool goes_on = false;  // in the same place and state
};
std::optional<Last> last_of(Database& db, const CoverageRecord& told, site::CoverageState state) {
  auto& row = db.statement(R"sql(
    SELECT began,
           ended,
           branch = ? AND touchpoint = ? AND state = ?
    FROM coverage WHERE kiosk = ? ORDER BY began DESC LIMIT 1)sql");
  row.bind(1, told.branch);
  row.bind(2, told.touchpoint);
  row.bind(3, std::string(to_string(state)));
  row.bind(4, told.kiosk);
  if (!row.executeStep()) return std::nullopt;
  return Last{row.getColumn(0).getInt64(), row.getColumn(1).getInt64(), row.getColumn(2).getInt() != 0};
}

void add_span(Database& db, const CoverageRecord& told, const site::CoverageSpan& span, Instant now) {
  const auto last = last_of(db, told, span.state);
  const std::int64_t began = std::max(minute_of(span.began), last ? last->ended : 0);
  const std::int64_t ended = std::min(minute_of(span.ended), minute_of(now));
  if (began >= ended) return;
  if (last && last->goes_on && last->ended == began) {
    auto& extend = db.statement("UPDATE coverage SET ended = ? WHERE kiosk = ? AND began = ?");
    extend.bind(1, ended);
    extend.bind(2, told.kiosk);
    extend.bind(3, last->began);
    extend.exec();
    return;
  }
  auto& insert = db.statement(R"sql(
    INSERT INTO coverage (kiosk, began, ended, branch, touchpoint, state) VALUES (?, ?, ?, ?, ?, ?))sql");
  insert.bind(1, told.kiosk);
  insert.bind(2, began);
  insert.bind(3, ended);
  insert.bind(4, told.branch);
  insert.bind(5, told.touchpoint);
  insert.bind(6, std::string(to_string(span.state)));
  insert.exec();
}

}  // namespace

Result<Instant> SqliteHqStore::add_coverage(const CoverageRecord& told, Instant now) {
  return write("noting when a kiosk could be used", [&](Database& db) {
    for (const site::CoverageSpan& span : told.spans) add_span(db, told, span, now);
    auto& row = db.statement("SELECT max(ended) FROM coverage WHERE kiosk = ?");
    row.bind(1, told.kiosk);
    row.executeStep();
    return row.getColumn(0).isNull() ? now : at_minute(row.getColumn(0).getInt64());
  });
}

Result<std::vector<CoverageRecord>> SqliteHqStore::coverage(Instant from, Instant to) {
  return read("reading when kiosks could be used", [&](Database& db) {
    auto& row = db.statement(R"sql(
      SELECT kiosk,
             branch,
             touchpoint,
             max(began, ?1),
             min(ended, ?2),
             state
      FROM coverage WHERE ended > ?1 AND began < ?2 ORDER BY kiosk, began)sql");
    row.bind(1, minute_of(from));
    row.bind(2, minute_of(to));
    std::vector<CoverageRecord> all;
    while (row.executeStep()) {
      const std::int64_t kiosk = row.getColumn(0).getInt64();
      const std::string branch = row.getColumn(1).getString(), touchpoint = row.getColumn(2).getString();
      if (all.empty() || all.back().kiosk != kiosk || all.back().branch != branch ||
          all.back().touchpoint != touchpoint)
        all.push_back({kiosk, branch, touchpoint, {}});
      all.back().spans.push_back({at_minute(row.getColumn(3).getInt64()),
                                  at_minute(row.getColumn(4).getInt64()),
                                  *site::parse_coverage_state(row.getColumn(5).getString())});
    }
    return all;
  });
}

Result<std::map<std::int64_t, KioskCoverage::Known>> SqliteHqStore::known_coverage() {
  return read("reading since when kiosks are known", [](Database& db) {
    std::map<std::int64_t, Known> known;
    auto& row = db.statement("SELECT kiosk, min(began), max(ended) FROM coverage GROUP BY kiosk");
    while (row.executeStep())
      known[row.getColumn(0).getInt64()] = {at_minute(row.getColumn(1).getInt64()),
                                            at_minute(row.getColumn(2).getInt64())};
    return known;
  });
}

}  // namespace halte::store::hq
