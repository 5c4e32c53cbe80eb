// SPDX-License-Identifier: Apache-2.0
#pragma once

// Counts of one series over a stretch of time as bytes, which take less room and are read faster than rows.
// What has just arrived stands in rows (count_hour) and is packed in passing; a figure is the sum of both.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace halte::store::hq {

// The counts of one bin: so many at each step (an hour or a day since the stretch began), ascending, none of
// 0.
struct PackedBin {
  struct Entry {
    int step = 0;
    std::int64_t n = 0;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  int band = 0;
  std::string bin;
  std::vector<Entry> entries;
  friend bool operator==(const PackedBin&, const PackedBin&) = default;
};
using PackedBins = std::vector<PackedBin>;

// Adds n, which may be negative, at a step. False, and nothing is changed: there would be less than none.
bool add_to(PackedBins& bins, int band, std::string_view bin, int step, std::int64_t n);

// Numbers as LEB128: how many bins; of each its band, the length of its name, the name, how many entries; of
// each of these how many steps after the one before (the first: after step 0), and n.
base::Bytes pack(const PackedBins& bins);
// `steps`: how many the stretch has. Nothing: these bytes were not made by pack() for such a stretch.
std::optional<PackedBins> unpack(base::ByteView bytes, int steps);

class PackedReader {
 public:
  explicit PackedReader(base::ByteView bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}
  // Past the end, or of more than 64 bits: nothing more is read, and is_whole() is false.
  std::uint64_t number() {
    if (at_ != end_ && *at_ < 0x80) return *at_++;  // nearly all are small
    return long_number();
  }
  std::string_view text(std::uint64_t length);
  bool is_whole() const { return is_whole_; }
  bool at_end() const { return at_ == end_; }

 private:
  std::uint64_t long_number();
  std::uint64_t spoil() {
    is_whole_ = false;
    at_ = end_;
    return 0;
  }

  const std::uint8_t* at_;
  const std::uint8_t* end_;
  bool is_whole_ = true;
};

// Reads without a copy: bin(band, name) before the entries of each, entry(step, n) for each of them, 0 ≤ step
// < steps. False: as unpack(); what could be read has been told.
template <class OnBin, class OnEntry>
bool read_packed(base::ByteView bytes, int steps, OnBin&& bin, OnEntry&& entry) {
  PackedReader read(bytes);
  for (std::uint64_t bins = read.number(); bins > 0 && read.is_whole(); --bins) {
    const auto band = int(read.number());
    bin(band, read.text(read.number()));
    std::uint64_t step = 0;
    for (std::uint64_t left = read.number(); left > 0 && read.is_whole(); --left) {
      step += read.number();
      const auto n = std::int64_t(read.number());
      if (step >= std::uint64_t(steps)) return false;
      if (read.is_whole()) entry(int(step), n);
    }
  }
  return read.is_whole() && read.at_end();
}

}  // namespace halte::store::hq
