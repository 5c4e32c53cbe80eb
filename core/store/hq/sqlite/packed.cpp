// SPDX-License-Identifier: Apache-2.0
#include "core/store/hq/sqlite/packed.h"

#include <algorithm>

#include "core/base/bytes.h"

namespace halte::store::hq {
namespace {

void put_number(base::Bytes& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes.push_back(std::uint8_t(number | 0x80));
  bytes.push_back(std::uint8_t(number));
}

}  // namespace

std::uint64_t PackedReader::long_number() {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
    const std::uint8_t byte = *at_++;
    number |= std::uint64_t(byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
  return spoil();
}

std::string_view PackedReader::text(std::uint64_t length) {
  if (length > std::uint64_t(end_ - at_)) {
    spoil();
    return {};
  }
  const auto text = base::as_text({at_, std::size_t(length)});
  at_ += length;
  return text;
}

bool add_to(PackedBins& bins, int band, std::string_view bin, int step, std::int64_t n) {
  auto found = std::ranges::find_if(bins, [&](const auto& b) { return b.band == band && b.bin == bin; });
  if (found == bins.end()) {
    if (n < 0) return false;
    found = bins.insert(bins.end(), {band, std::string(bin), {}});
  }
  auto& entries = found->entries;
  auto entry = std::ranges::lower_bound(entries, step, {}, &PackedBin::Entry::step);
  const bool is_there = entry != entries.end() && entry->step == step;
  if ((is_there ? entry->n : 0) + n < 0) return false;
  if (is_there)
    entry->n += n;
  else
    entry = entries.insert(entry, {step, n});
  if (entry->n == 0) entries.erase(entry);
  if (entries.empty()) bins.erase(found);
  return true;
}

base::Bytes pack(const PackedBins& bins) {
  base::Bytes bytes;
  put_number(bytes, bins.size());
  for (const PackedBin& bin : bins) {
    put_number(bytes, std::uint64_t(bin.band));
    put_number(bytes, bin.bin.size());
    bytes.insert(bytes.end(), bin.bin.begin(), bin.bin.end());
    put_number(bytes, bin.entries.size());
    int before = 0;
    for (const auto& [step, n] : bin.entries) {
      put_number(bytes, std::uint64_t(step - before));
      put_number(bytes, std::uint64_t(n));
      before = step;
    }
  }
  return bytes;
}

std::optional<PackedBins> unpack(base::ByteView bytes, int steps) {
  PackedBins bins;
  const bool is_whole = read_packed(
      bytes, steps, [&](int band, std::string_view bin) { bins.push_back({band, std::string(bin), {}}); },
      [&](int step, std::int64_t n) { bins.back().entries.push_back({step, n}); });
  if (!is_whole) return std::nullopt;
  return bins;
}

}  // namespace halte::store::hq
