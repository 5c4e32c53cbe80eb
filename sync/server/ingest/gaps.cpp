// SPDX-License-Identifier: Apache-2.0
#include "sync/server/ingest/gaps.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace halte::ingest {
namespace {

using store::hq::EpochRecord;
using store::hq::NumberRange;

constexpr std::size_t most_ranges_told = 10;

std::uint64_t count(const std::vector<NumberRange>& ranges) {
  std::uint64_t all = 0;
  for (const NumberRange& range : ranges) all += range.high - range.low + 1;
  return all;
}

std::vector<NumberRange> holes_in(const std::vector<NumberRange>& received, std::uint64_t captured) {
  std::vector<NumberRange> holes;
  std::uint64_t next = 1;
  for (const NumberRange& range : received) {
    if (range.low > next) holes.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  if (next <= captured) holes.push_back({next, captured});
  return holes;
}

Balance balance_of(EpochRecord epoch, bool is_at_work) {
  Balance b;
  b.is_at_work = is_at_work;
  b.received = count(epoch.received);
  b.captured = std::max(epoch.captured, epoch.received.empty() ? 0 : epoch.received.back().high);
  b.holes = holes_in(epoch.received, b.captured);
  const std::uint64_t open = count(b.holes);
  b.waiting = is_at_work ? std::min(open, epoch.waiting) : 0;
  b.missing = open - b.waiting;
  b.epoch = std::move(epoch);
  return b;
}

std::string to_text(const NumberRange& range) {
  return range.low == range.high ? fmt::format("{}", range.low)
                                 : fmt::format("{} to {}", range.low, range.high);
}

std::string numbers(const std::vector<NumberRange>& ranges) {
  std::string text;
  for (std::size_t i = 0; i < std::min(ranges.size(), most_ranges_told); ++i)
    text += (i == 0 ? "" : ", ") + to_text(ranges[i]);
  if (ranges.size() > most_ranges_told)
    text += fmt::format(" and {} more stretches", ranges.size() - most_ranges_told);
  return text;
}

std::string name_of(const EpochRecord& epoch) {
  return epoch.kiosk_id.empty() ? fmt::format("number {}, removed", epoch.kiosk) : epoch.kiosk_id;
}

}  // namespace

std::vector<Balance> balances(std::vector<EpochRecord> epochs) {
  std::map<std::int64_t, std::optional<base::Instant>> last;  // by kiosk
  for (const EpochRecord& epoch : epochs) last[epoch.kiosk] = std::max(last[epoch.kiosk], epoch.heard);
  std::vector<Balance> all;
  for (EpochRecord& epoch : epochs) {
    // Of two copies of one disk both count on, each in its own.
    const bool is_at_work = epoch.heard == last[epoch.kiosk] || epoch.returned > 0;
    all.push_back(balance_of(std::move(epoch), is_at_work));
  }
  return all;
}

std::uint64_t missing(const std::vector<Balance>& balances) {
  std::uint64_t all = 0;
  for (const Balance& balance : balances) all += balance.missing;
  return all;
}

std::string to_sentence(const Balance& b) {
  const EpochRecord& e = b.epoch;
  std::string text = fmt::format(
      "kiosk {}, epoch {}, {}: {} captured, {} received, {} waiting, ", name_of(e), e.epoch.substr(0, 8),
      e.heard ? "heard " + base::to_rfc3339(std::chrono::floor<std::chrono::seconds>(*e.heard))
              : std::string("never heard"),
      b.captured, b.received, b.waiting);
  if (b.missing == 0)
    text += "nothing missing";
  else
    text += fmt::format("{} missing: {} {}", b.missing,
                        b.missing == count(b.holes) ? "numbers" : "among numbers", numbers(b.holes));
  if (e.reused > 0)
    text += fmt::format(
        "; answers under numbers that had come before: {} (its disk was put back or copied; all are stored, "
        "but this epoch proves nothing any more)",
        e.reused);
  if (e.returned > 0)
    text += "; two copies of its disk are at work: enrol one of the machines as a kiosk of its own";
  if (!b.is_at_work && b.missing > 0)
    text += "; another epoch has taken its place, so look for them on a disk that was replaced or put back";
  return text;
}

std::string to_sentence(const std::vector<Balance>& all) {
  const std::uint64_t lacking = missing(all);
  if (lacking == 0) return fmt::format("nothing is missing (kiosks' databases looked at: {})", all.size());
  return fmt::format(
      "missing in all: {}. A kiosk drops an item only after this server said that it has it: look in newer "
      "backups of this server, and on disks that are no longer in their kiosks",
      lacking);
}

}  // namespace halte::ingest
