// SPDX-License-Identifier: Apache-2.0
// The port Comments, and what the ledger adds to it.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>

#include "core/base/crypto.h"
#include "core/base/fold.h"
#include "core/store/hq/sqlite/sqlite_hq_store.h"

namespace halte::store::hq {

using base::Json;
using base::Result;
using figures::CommentCell;
using figures::CommentDay;

namespace {

constexpr std::size_t ref_bytes = 16;

// fold(text) in SQL.
void fold_column(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  const std::string folded = text ? base::fold(text) : std::string();
  sqlite3_result_text(context, folded.data(), int(folded.size()), SQLITE_TRANSIENT);
}

base::Bytes ref_of(std::int64_t kiosk, const response::Id& id, const std::string& question) {
  const std::string named = fmt::format("{} {} {}", kiosk, base::to_hex(id.view()), question);
  base::Bytes ref = base::sha256(base::as_bytes(named));
  ref.resize(ref_bytes);
  return ref;
}

// Where the visitor was.
int local_day(const response::Response& response) {
  using namespace std::chrono;
  const auto local = base::to_local(response.submitted, response.zone);
  if (!local) return base::days_since_epoch(response.submitted);
  const sys_days day{year{local->year} / unsigned(local->month) / unsigned(local->day)};
  return int(day.time_since_epoch().count());
}

std::string to_text(const std::vector<CommentCell>& cells) {
  Json list = Json::array();
  for (const CommentCell& c : cells)
    list.push_back({{"b", c.branch},
                    {"t", c.touchpoint},
                    {"l", c.language},
                    {"from", c.from_day},
                    {"to", c.to_day},
                    {"told", c.tells_branch}});
  return base::to_text(list);
}

// The comments of the filter's cells. The text varies with the filter; each form is prepared once.
std::string selecting(std::string_view columns, const CommentFilter& filter) {
  std::string where;
  if (filter.ref) where += " AND m.ref = :ref";
  if (filter.band) where += " AND m.band = :band";
  if (filter.status) where += " AND m.status = :status";
  if (filter.reason) where += " AND :reason IN (SELECT value FROM json_each(m.reasons))";
  if (filter.tag) where += " AND :tag IN (SELECT value FROM json_each(m.tags))";
  if (!filter.words.empty())
    where +=
        R"sql( AND NOT EXISTS (SELECT 1 FROM json_each(:words) w WHERE instr(fold(m.text), w.value) = 0))sql";
  return fmt::format(R"sql(
    WITH cell AS (
      SELECT value ->> 'b' AS branch,
             value ->> 't' AS touchpoint,
             value ->> 'l' AS locale,
             value ->> 'from' AS from_day,
             value ->> 'to' AS to_day,
             value ->> 'told' AS told
      FROM json_each(:cells))
    SELECT {}
    FROM cell c CROSS JOIN comment m ON m.branch = c.branch AND m.touchpoint = c.touchpoint AND m.locale = c.locale
                                    AND m.day BETWEEN c.from_day AND c.to_day
    WHERE true{})sql",
                     columns, where);
}

void bind(SQLite::Statement& select, const CommentFilter& filter) {
  select.bind(":cells", to_text(filter.cells));
  if (filter.ref) select.bind(":ref", filter.ref->data(), int(filter.ref->size()));
  if (filter.band) select.bind(":band", *filter.band);
  if (filter.status) select.bind(":status", int(*filter.status));
  if (filter.reason) select.bind(":reason", *filter.reason);
  if (filter.tag) select.bind(":tag", *filter.tag);
  if (!filter.words.empty()) select.bind(":words", base::to_text(Json(filter.words)));
}

constexpr std::string_view record_columns = R"sql(
           m.ref,
           CASE WHEN c.told THEN m.branch ELSE '' END,
           m.touchpoint,
           m.locale,
           c.from_day,
           c.to_day,
           m.survey,
           m.survey_version,
           m.question,
           m.text,
           m.metric,
           m.score,
           m.band,
           m.reasons,
           m.status,
           m.tags)sql";

std::vector<std::string> words_in(const SQLite::Column& column) {
  const Json json = json_of(column);
  return json.is_array() ? json.get<std::vector<std::string>>() : std::vector<std::string>{};
}

CommentRecord read_comment(SQLite::Statement& row) {
  const auto text = [&](int i) { return row.getColumn(i).getString(); };
  const auto number = [&](int i) { return row.getColumn(i).getInt(); };
  return {blob(row.getColumn(0)),
          text(1),
          text(2),
          text(3),
          number(4),
          number(5),
          text(6),
          number(7),
          {text(8), text(9), text(10), number(11), number(12), words_in(row.getColumn(13))},
          CommentStatus(number(14)),
          words_in(row.getColumn(15))};
}

}  // namespace

void add_comment_functions(Database& db) {
  db.handle().createFunction("fold", 1, true, nullptr, fold_column);
}

// Inside a transaction on the writer.
void SqliteHqStore::add_comments(std::int64_t kiosk, const response::Response& response,
                                 const std::vector<response::Comment>& comments) {
  for (const response::Comment& comment : comments) {
    auto& insert = writer_.statement(R"sql(
      INSERT OR IGNORE INTO comment (ref, kiosk, id, question, branch, touchpoint, locale, day, survey,
                                     survey_version, text, metric, score, band, reasons)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
    bind_blob(insert, 1, ref_of(kiosk, response.id, comment.question));
    insert.bind(2, kiosk);
    bind_blob(insert, 3, response.id.view());
    insert.bind(4, comment.question);
    insert.bind(5, response.branch);
    insert.bind(6, response.touchpoint);
    insert.bind(7, response.locale);
    insert.bind(8, local_day(response));
    insert.bind(9, response.survey);
    insert.bind(10, response.survey_version);
    insert.bind(11, comment.text);
    insert.bind(12, comment.metric);
    insert.bind(13, comment.score);
    insert.bind(14, comment.band);
    insert.bind(15, base::to_text(Json(comment.reasons)));
    insert.exec();
  }
}

Result<std::vector<CommentDay>> SqliteHqStore::comment_days(int from_day, int to_day) {
  return read("counting comments", [&](Database& db) {
    auto& select = db.statement(R"sql(
      SELECT branch,
             touchpoint,
             locale,
             day,
             count(DISTINCT id)
      FROM comment
      WHERE day BETWEEN ? AND ?
      GROUP BY branch, touchpoint, locale, day)sql");
    select.bind(1, from_day);
    select.bind(2, to_day);
    std::vector<CommentDay> days;
    while (select.executeStep())
      days.push_back({select.getColumn(0).getString(), select.getColumn(1).getString(),
                      select.getColumn(2).getString(), select.getColumn(3).getInt(),
                      select.getColumn(4).getInt64()});
    return days;
  });
}

Result<std::vector<CommentRecord>> SqliteHqStore::comments(const CommentFilter& filter,
                                                           const std::optional<CommentKey>& after, int most) {
  return read("reading comments", [&](Database& db) {
    auto& select = db.statement(selecting(record_columns, filter) +
                                (after ? R"sql(
      AND (c.to_day, c.from_day, m.ref) < (:after_to, :after_from, :after_ref))sql"
                                       : "") +
                                R"sql( ORDER BY c.to_day DESC, c.from_day DESC, m.ref DESC LIMIT :most)sql");
    bind(select, filter);
    if (after) {
      select.bind(":after_to", after->to_day);
      select.bind(":after_from", after->from_day);
      select.bind(":after_ref", after->ref.data(), int(after->ref.size()));
    }
    select.bind(":most", most);
    std::vector<CommentRecord> found;
    while (select.executeStep()) found.push_back(read_comment(select));
    return found;
  });
}

Result<std::map<CommentStatus, std::int64_t>> SqliteHqStore::comments_by_status(const CommentFilter& filter) {
  return read("counting comments", [&](Database& db) {
    CommentFilter any = filter;
    any.status.reset();
    auto& select = db.statement(selecting("m.status, count(*)", any) + " GROUP BY m.status");
    bind(select, any);
    std::map<CommentStatus, std::int64_t> counts;
    while (select.executeStep())
      counts[CommentStatus(select.getColumn(0).getInt())] = select.getColumn(1).getInt64();
    return counts;
  });
}

Result<std::vector<std::string>> SqliteHqStore::comment_tags(const std::vector<CommentCell>& cells) {
  return read("listing tags", [&](Database& db) {
    const CommentFilter filter{.cells = cells};
    auto& select = db.statement("SELECT DISTINCT t.value FROM (" + selecting("m.tags AS tags", filter) +
                                ") tagged, json_each(tagged.tags) t ORDER BY t.value");
    bind(select, filter);
    std::vector<std::string> tags;
    while (select.executeStep()) tags.push_back(select.getColumn(0).getString());
    return tags;
  });
}

Result<std::optional<int>> SqliteHqStore::day_of_comment(base::ByteView ref) {
  return read("looking a comment up", [&](Database& db) -> std::optional<int> {
    auto& select = db.statement("SELECT day FROM comment WHERE ref = ?");
    bind_blob(select, 1, ref);
    if (!select.executeStep()) return std::nullopt;
    return select.getColumn(0).getInt();
  });
}

Result<bool> SqliteHqStore::review_comment(base::ByteView ref, const CommentReview& review) {
  return write("reviewing a comment", [&](Database& db) {
    auto& update = db.statement(
        "UPDATE comment SET status = coalesce(:status, status), tags = coalesce(:tags, tags) WHERE ref = "
        ":ref");
    if (review.status) update.bind(":status", int(*review.status));
    if (review.tags) update.bind(":tags", base::to_text(Json(*review.tags)));
    update.bind(":ref", ref.data(), int(ref.size()));
    return update.exec() == 1;
  });
}

Result<int> SqliteHqStore::index_comments(const response::Tallier& tallier, int most) {
  return write("looking for comments", [&](Database& db) {
    std::vector<std::pair<std::int64_t, response::Id>> keys;
    auto& select = db.statement("SELECT kiosk, id FROM comment_backlog LIMIT ?");
    select.bind(1, most);
    while (select.executeStep())
      keys.emplace_back(select.getColumn(0).getInt64(), *response::id_from_bytes(blob(select.getColumn(1))));
    for (const auto& [kiosk, id] : keys) {
      if (const auto found = stored(kiosk, id))
        add_comments(kiosk, found->response, tallier(found->response).comments);
      auto& done = db.statement("DELETE FROM comment_backlog WHERE kiosk = ? AND id = ?");
      done.bind(1, kiosk);
      bind_blob(done, 2, id.view());
      done.exec();
    }
    return int(keys.size());
  });
}

}  // namespace halte::store::hq
