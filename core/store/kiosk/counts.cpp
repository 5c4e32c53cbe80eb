// SPDX-License-Identifier: Apache-2.0
// The ports response::LocalCounts and site::CoverageLog: what this kiosk counted, and when it was there to.
#include "core/store/kiosk/sqlite_kiosk_store.h"

namespace halte::store::kiosk {

using base::Result;
using base::Status;
using response::CountRow;
using response::Response;

namespace {

constexpr std::int64_t quarter_ms = 15 * 60 * 1000, quarters_an_hour = 4;

std::int64_t quarter_of(base::Instant at) { return millis(at) / quarter_ms; }

std::int64_t minute_of(base::Instant at) { return millis(at) / 60'000; }
base::Instant at_minute(std::int64_t minute) { return instant(minute * 60'000); }

}  // namespace

std::int64_t SqliteKioskStore::series_row(const Response& r, const std::string& question,
                                          const std::string& measures) {
  auto bind = [&](SQLite::Statement& s) {
    s.bind(1, r.branch);
    s.bind(2, r.touchpoint);
    s.bind(3, r.survey);
    s.bind(4, r.survey_version);
    s.bind(5, question);
    s.bind(6, measures);
    s.bind(7, r.flags.empty() ? 0 : 1);
  };
  auto& insert = db_.statement(R"sql(
    INSERT OR IGNORE INTO series (branch, touchpoint, survey, survey_version, question, measures, flagged)
    VALUES (?, ?, ?, ?, ?, ?, ?))sql");
  bind(insert);
  insert.exec();
  auto& select = db_.statement(R"sql(
    SELECT row FROM series
    WHERE branch = ? AND touchpoint = ? AND survey = ? AND survey_version = ? AND question = ?
      AND measures = ? AND flagged = ?)sql");
  bind(select);
  select.executeStep();
  return select.getColumn(0).getInt64();
}

void SqliteKioskStore::count(const Response& response, const response::Tally& tally) {
  const std::int64_t quarter = quarter_of(response.submitted);
  auto add = [&](const response::Count& c) {
    const std::int64_t series = series_row(response, c.question, c.measures);
    auto& more = db_.statement(R"sql(
      INSERT INTO count_quarter (series, quarter, band, bin, n) VALUES (?, ?, ?, ?, 1)
      ON CONFLICT DO UPDATE SET n = n + 1)sql");
    more.bind(1, series);
    more.bind(2, quarter);
    more.bind(3, c.band);
    more.bind(4, c.bin);
    more.exec();
    if (!response.receipt_hash) return;
    auto& note = db_.statement("INSERT INTO counted (id, series, quarter, band, bin) VALUES (?, ?, ?, ?, ?)");
    bind_blob(note, 1, response.id.view());
    note.bind(2, series);
    note.bind(3, quarter);
    note.bind(4, c.band);
    note.bind(5, c.bin);
    note.exec();
  };
  add({std::string(response::ended_question), std::string(to_string(response.ended)), 0, ""});
  for (const response::Count& c : tally.counts) add(c);
}

void SqliteKioskStore::uncount_in_transaction(const response::Id& id) {
  auto& less = db_.statement(R"sql(
    UPDATE count_quarter SET n = n - 1
    WHERE (series, quarter, band, bin) IN (SELECT series, quarter, band, bin FROM counted WHERE id = ?))sql");
  bind_blob(less, 1, id.view());
  if (less.exec() == 0) return;
  // A count of nothing would still tell what it was that somebody has erased.
  db_.statement("DELETE FROM count_quarter WHERE n = 0").exec();
  auto& drop = db_.statement("DELETE FROM counted WHERE id = ?");
  bind_blob(drop, 1, id.view());
  drop.exec();
  db_.want_scrub();
}

Status SqliteKioskStore::uncount(std::span<const response::Id> ids) {
  return write("counting erased responses back", [&] {
    for (const response::Id& id : ids) uncount_in_transaction(id);
  });
}

Status SqliteKioskStore::drop_counts_before(base::Instant at) {
  return write("dropping old counts", [&] {
    for (const char* sql :
         {"DELETE FROM count_quarter WHERE quarter < ?", "DELETE FROM counted WHERE quarter < ?"}) {
      auto& drop = db_.statement(sql);
      drop.bind(1, quarter_of(at));
      drop.exec();
    }
  });
}

Result<std::vector<CountRow>> SqliteKioskStore::local_counts(const response::LocalFilter& filter) {
  return read("reading its counts", [&] {
    auto& select = db_.statement(R"sql(
      SELECT s.survey,
             s.survey_version,
             s.question,
             s.measures,
             s.flagged,
             c.quarter / ?5 AS hour,
             c.band,
             c.bin,
             sum(c.n)
      FROM series s CROSS JOIN count_quarter c ON c.series = s.row
      WHERE s.branch = ?1 AND s.touchpoint = ?2 AND c.quarter >= ?3 AND c.quarter < ?4
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)sql");
    select.bind(1, filter.branch);
    select.bind(2, filter.touchpoint);
    select.bind(3, quarter_of(filter.from));
    select.bind(4, quarter_of(filter.to));
    select.bind(5, quarters_an_hour);
    std::vector<CountRow> rows;
    while (select.executeStep())
      rows.push_back({.branch = filter.branch,
                      .touchpoint = filter.touchpoint,
                      .survey = select.getColumn(0).getString(),
                      .survey_version = select.getColumn(1).getInt(),
                      .question = select.getColumn(2).getString(),
                      .flagged = select.getColumn(4).getInt() != 0,
                      .hour = select.getColumn(5).getInt(),
                      .band = select.getColumn(6).getInt(),
                      .bin = select.getColumn(7).getString(),
                      .n = select.getColumn(8).getInt64(),
                      .measures = select.getColumn(3).getString()});
    return rows;
  });
}

Status SqliteKioskStore::note_coverage(site::CoverageState state, base::Instant at) {
  return write("noting that it is on", [&] {
    auto& future = db_.statement("DELETE FROM coverage WHERE ended > ?");
    future.bind(1, minute_of(at + std::chrono::days(1)));
    future.exec();
    auto& last = db_.statement("SELECT began, ended, state FROM coverage ORDER BY began DESC LIMIT 1");
    const bool found = last.executeStep();
    const std::int64_t began = found ? last.getColumn(0).getInt64() : 0;
    const std::int64_t ended = found ? last.getColumn(1).getInt64() : 0;
    const bool is_same = found && last.getColumn(2).getString() == to_string(state);
    const std::int64_t minute = minute_of(at);
    if (found && minute < ended) return;
    const bool is_near = found && minute - ended <= site::longest_silence.count();
    if (is_near) {
      auto& extend = db_.statement("UPDATE coverage SET ended = ? WHERE began = ?");
      extend.bind(1, minute);
      extend.bind(2, began);
      extend.exec();
    }
    if (is_near && (is_same || minute == began)) return;
    auto& insert = db_.statement("INSERT INTO coverage (began, ended, state) VALUES (?, ?, ?)");
    insert.bind(1, minute);
    insert.bind(2, minute);
    insert.bind(3, std::string(to_string(state)));
    insert.exec();
  });
}

Result<std::vector<site::CoverageSpan>> SqliteKioskStore::coverage(base::Instant from, base::Instant to) {
  return read("reading when it was on", [&] {
    auto& select = db_.statement(R"sql(
      SELECT max(began, ?1),
             min(ended, ?2),
             state
      FROM coverage WHERE ended > ?1 AND began < ?2 ORDER BY began)sql");
    select.bind(1, minute_of(from));
    select.bind(2, minute_of(to));
    std::vector<site::CoverageSpan> spans;
    while (select.executeStep())
      spans.push_back({at_minute(select.getColumn(0).getInt64()), at_minute(select.getColumn(1).getInt64()),
                       *site::parse_coverage_state(select.getColumn(2).getString())});
    return spans;
  });
}

Status SqliteKioskStore::drop_coverage_before(base::Instant at) {
  return write("dropping what it was long ago", [&] {
    auto& drop = db_.statement("DELETE FROM coverage WHERE ended < ?");
    drop.bind(1, minute_of(at));
    drop.exec();
  });
}

}  // namespace halte::store::kiosk
