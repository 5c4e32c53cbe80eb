// SPDX-License-Identifier: Apache-2.0
#include "core/store/hq/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <ostream>

#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/store/hq/sqlite/copies.h"
#include "core/store/hq/sqlite/schema.h"

namespace halte::store::hq {
namespace {

using base::ErrorKind;
using base::Json;
using base::Result;
namespace fs = std::filesystem;

constexpr const char* doing_export = "exporting the organisation";
constexpr const char* doing_import = "importing an organisation";
constexpr std::size_t most_line_bytes = 64u << 20;  // a picture in base64 is far smaller
constexpr int format = 1;

// Every table but those of who is at work there now.
std::vector<std::string> tables(Database& db) {
  std::vector<std::string> names;
  SQLite::Statement row(db.handle(), R"sql(
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('session', 'link') ORDER BY name)sql");
  while (row.executeStep()) names.push_back(row.getColumn(0).getString());
  return names;
}

std::vector<std::string> columns(Database& db, const std::string& table) {
  std::vector<std::string> names;
  SQLite::Statement row(db.handle(), "SELECT name FROM pragma_table_info(?)");
  row.bind(1, table);
  while (row.executeStep()) names.push_back(row.getColumn(0).getString());
  return names;
}

Json value_of(const SQLite::Column& column) {
  if (column.isNull()) return nullptr;
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  if (column.isBlob()) return {{"b64", base::to_base64url(blob(column))}};
  return column.getString();
}

// False: no value of a column.
bool bind_value(SQLite::Statement& insert, int at, const Json& value) {
  if (value.is_null()) return insert.bind(at), true;
  if (value.is_number_integer()) return insert.bind(at, value.get<std::int64_t>()), true;
  if (value.is_number_float()) return insert.bind(at, value.get<double>()), true;
  if (value.is_string()) return insert.bind(at, value.get<std::string>()), true;
  if (!value.is_object() || !value.contains("b64") || !value["b64"].is_string()) return false;
  const auto bytes = base::from_base64url(value["b64"].get<std::string>());
  if (!bytes) return false;
  bind_blob(insert, at, *bytes);
  return true;
}

class Chain {
 public:
  void add(std::string_view line) {
    base::Bytes both = hash_;
    both.insert(both.end(), line.begin(), line.end());
    hash_ = base::sha256(both);
  }
  std::string hex() const { return base::to_hex(hash_); }

 private:
  base::Bytes hash_;
};

class Writer {
 public:
  explicit Writer(std::ostream& out) : out_(out) {}
  void line(const Json& json) {
    const std::string text = base::to_text(json);
    chain_.add(text);
    out_ << text << '\n';
  }
  std::string hash() const { return chain_.hex(); }

 private:
  std::ostream& out_;
  Chain chain_;
};

std::int64_t write_table(Database& db, const std::string& table, Writer& writer) {
  const auto names = columns(db, table);
  writer.line({{"table", table}, {"columns", names}});
  SQLite::Statement row(
      db.handle(), fmt::format("SELECT \"{}\" FROM \"{}\" ORDER BY 1", fmt::join(names, "\", \""), table));
  std::int64_t rows = 0;
  for (; row.executeStep(); ++rows) {
    Json values = Json::array();
    for (int i = 0; i < int(names.size()); ++i) values.push_back(value_of(row.getColumn(i)));
    writer.line(values);
  }
  return rows;
}

std::unexpected<base::Error> refuse(std::int64_t line, std::string cause) {
  return base::fail(fmt::format("line {}", line), std::move(cause), doing_import, ErrorKind::refused);
}

// Line by line into one transaction of the caller's.
class Reader {
 public:
  Reader(Database& db, std::istream& in) : db_(db), in_(in) {}

  Result<Transferred> read() {
    if (auto begun = take_head(); !begun) return std::unexpected(begun.error());
    while (true) {
      auto json = next();
      if (!json) return std::unexpected(json.error());
      if (json->is_object() && json->contains("end")) return finish(*json);
      const base::Status taken = json->is_array() ? take_row(*json) : take_table(*json);
      if (!taken) return std::unexpected(taken.error());
      chain_.add(line_);
    }
  }

 private:
  Result<Json> next() {
    ++number_;
    line_.clear();
    constexpr const char* cut = "the file ends before its end: it was cut short";
    if (!std::getline(in_, line_)) return refuse(number_, cut);
    if (line_.size() > most_line_bytes) return refuse(number_, "is too long");
    auto json = base::parse_json(line_, fmt::format("line {}", number_), 64);
    if (!json && in_.eof()) return refuse(number_, cut);
    return json;
  }

  base::Status take_head() {
    auto head = next();
    if (!head) return std::unexpected(head.error());
    if (!head->is_object() || head->value("halte", "") != "organisation")
      return refuse(number_, "is not the beginning of an exported organisation");
    if (head->value("format", 0) != format || head->value("schema", std::size_t{0}) != schema.steps.size())
      return refuse(number_,
                    fmt::format("made by a halte-hq of schema {}, and this one has {}: import it with that "
                                "version, and update then",
                                head->value("schema", std::size_t{0}), schema.steps.size()));
    chain_.add(line_);
    return {};
  }

  base::Status take_table(const Json& json) {
    const auto known = tables(db_);
    table_ = json.is_object() ? json.value("table", "") : "";
    if (std::ranges::find(known, table_) == known.end())
      return refuse(number_, "names no table of this version");
    if (!done_.rows.try_emplace(table_, 0).second) return refuse(number_, "the table comes twice");
    const auto names = columns(db_, table_);
    if (json.value("columns", Json()) != Json(names))
      return refuse(number_, "the columns are not those of this version");
    // What a fresh database has of its own.
    db_.handle().exec(fmt::format("DELETE FROM \"{}\"", table_));
    insert_ = std::make_unique<SQLite::Statement>(
        db_.handle(), fmt::format("INSERT INTO \"{}\" VALUES (?{})", table_,
                                  fmt::join(std::vector<std::string_view>(names.size() - 1, ", ?"), "")));
    width_ = names.size();
    return {};
  }

  base::Status take_row(const Json& values) {
    if (!insert_) return refuse(number_, "a row before its table");
    if (values.size() != width_) return refuse(number_, "not as many values as there are columns");
    insert_->reset();
    for (std::size_t i = 0; i < width_; ++i)
      if (!bind_value(*insert_, int(i) + 1, values[i]))
        return refuse(number_, "holds something other than values");
    insert_->exec();
    ++done_.rows[table_];
    return {};
  }

  Result<Transferred> finish(const Json& end) {
    done_.sha256 = chain_.hex();
    if (end.value("sha256", "") != done_.sha256)
      return refuse(number_, "the hash is another: the file was changed, or lost something on its way");
    if (end.value("rows", Json()) != Json(done_.rows))
      return refuse(number_, "the counts of rows are others");
    for (const auto& [table, rows] : done_.rows) {
      const auto there =
          db_.handle().execAndGet(fmt::format("SELECT count(*) FROM \"{}\"", table)).getInt64();
      if (there != rows)
        return refuse(number_, fmt::format("{} has {} rows, and {} were read", table, there, rows));
    }
    if (done_.rows["organisation"] == 0) return refuse(number_, "there is no organisation in it");
    return done_;
  }

  Database& db_;
  std::istream& in_;
  Chain chain_;
  std::int64_t number_ = 0;
  std::string line_, table_;
  std::unique_ptr<SQLite::Statement> insert_;
  std::size_t width_ = 0;
  Transferred done_;
};

}  // namespace

Result<Transferred> export_organisation(const fs::path& database, std::ostream& out) {
  const bool was_at_rest = is_at_rest(database);
  auto db = open_beside(database, doing_export);
  if (!db) return std::unexpected(db.error());
  auto exported = guarded(*db, doing_export, [&]() -> Transferred {
    SQLite::Transaction snapshot(db->handle());
    Writer writer(out);
    writer.line({{"halte", "organisation"}, {"format", format}, {"schema", schema.steps.size()}});
    Transferred done;
    for (const auto& table : tables(*db)) done.rows[table] = write_table(*db, table, writer);
    done.sha256 = writer.hash();
    out << base::to_text({{"end", true}, {"rows", done.rows}, {"sha256", done.sha256}}) << std::endl;
    if (!out) throw std::runtime_error("the export could not be written to its end");
    return done;
  });
  // Read without a lock.
  if (exported && was_at_rest && !is_at_rest(database))
    return base::fail(database.string(), "its server was started meanwhile; export again", doing_export,
                      ErrorKind::unavailable);
  return exported;
}

Result<Transferred> import_organisation(std::istream& in, const fs::path& database) {
  auto db = Database::open(database, schema);
  if (!db) return std::unexpected(db.error());
  auto imported = guarded(*db, doing_import, [&]() -> Result<Transferred> {
    if (db->handle().execAndGet("SELECT EXISTS (SELECT 1 FROM organisation)").getInt() != 0)
      return base::fail(database.string(), "has an organisation already; import into an empty folder",
                        doing_import, ErrorKind::conflict);
    Transaction transaction(*db);
    db->handle().exec("PRAGMA defer_foreign_keys = ON");
    auto read = Reader(*db, in).read();
    if (read) transaction.commit();
    return read;
  });
  if (!imported) return std::unexpected(imported.error());
  return std::move(*imported);
}

}  // namespace halte::store::hq
