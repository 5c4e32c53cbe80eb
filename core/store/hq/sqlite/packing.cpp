// SPDX-License-Identifier: Apache-2.0
// Packing counts, and taking one out of what is packed.
#include <map>

#include "core/store/hq/sqlite/sqlite_hq_store.h"
#include "core/store/hq/sqlite/stretches.h"

namespace halte::store::hq {
namespace {

// The packed counts of one series that a change needs, read when they are first needed.
class Packing {
 public:
  Packing(Database& db, std::int64_t series) : db_(db), series_(series) {}

  // False: nothing of it is there to take away.
  bool add(int hour, int band, std::string_view bin, std::int64_t n) {
    for (const Stretch* stretch : {&by_hour, &by_day}) {
      const int step = hour / stretch->hours_a_step;
      auto& bins = bins_of(*stretch, stretch->key(series_, step));
      if (!add_to(bins, band, bin, step % stretch->steps, n)) return false;
    }
    return true;
  }

  void save() const {
    for (const auto& [where, bins] : read_) {
      const auto& [stretch, key] = where;
      auto& change = db_.statement(bins.empty() ? stretch->drop : stretch->save);
      change.bind(1, key);
      const base::Bytes bytes = pack(bins);
      if (!bins.empty()) bind_blob(change, 2, bytes);
      change.exec();
    }
  }

 private:
  PackedBins& bins_of(const Stretch& stretch, std::int64_t key) {
    auto [known, is_new] = read_.try_emplace({&stretch, key});
    if (!is_new) return known->second;
    auto& select = db_.statement(stretch.select);
    select.bind(1, key);
    select.bind(2, key);
    if (!select.executeStep()) return known->second;
    auto bins = unpack(view(select.getColumn(1)), stretch.steps);
    if (!bins) throw damaged(stretch);
    return known->second = std::move(*bins);
  }

  Database& db_;
  std::int64_t series_;
  std::map<std::pair<const Stretch*, std::int64_t>, PackedBins> read_;
};

void pack_series(Database& db, std::int64_t series) {
  Packing packing(db, series);
  auto& row =
      db.statement("SELECT hour, band, bin, n FROM count_hour WHERE series = ? AND hour >= 0 AND hour < ?");
  row.bind(1, series);
  row.bind(2, end_of_stretches);
  while (row.executeStep())
    packing.add(row.getColumn(0).getInt(), row.getColumn(1).getInt(), row.getColumn(2).getText(),
                row.getColumn(3).getInt64());
  packing.save();
  auto& packed = db.statement("DELETE FROM count_hour WHERE series = ? AND hour >= 0 AND hour < ?");
  packed.bind(1, series);
  packed.bind(2, end_of_stretches);
  packed.exec();
}

}  // namespace

base::Result<std::int64_t> SqliteHqStore::unpacked_counts() {
  return read("counting what is not packed", [](Database& db) {
    auto& count = db.statement("SELECT count(*) FROM count_hour");
    count.executeStep();
    return count.getColumn(0).getInt64();
  });
}

base::Result<std::int64_t> SqliteHqStore::pack_counts(std::int64_t after, int most) {
  return write("packing counts", [&](Database& db) -> std::int64_t {
    std::vector<std::int64_t> all;
    auto& series =
        db.statement("SELECT DISTINCT series FROM count_hour WHERE series > ? ORDER BY series LIMIT ?");
    series.bind(1, after);
    series.bind(2, most);
    while (series.executeStep()) all.push_back(series.getColumn(0).getInt64());
    for (const std::int64_t one : all) pack_series(db, one);
    return int(all.size()) < most ? 0 : all.back();
  });
}

void SqliteHqStore::take_from_packed(std::int64_t series, int hour, int band, const std::string& bin) {
  if (!is_in_stretches(hour)) return;
  Packing packing(writer_, series);
  if (packing.add(hour, band, bin, -1)) packing.save();
}

}  // namespace halte::store::hq
