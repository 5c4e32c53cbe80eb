// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace halte::stats {

// The whole numbers that a question can be answered with, both ends included.
struct Scale {
  int low = 0;
  int high = 0;
  bool holds(int value) const { return low <= value && value <= high; }
  bool operator==(const Scale&) const = default;
};

// How often each value of a scale was answered: one bin a value, no count below zero. This is all that
// is stored about answers, so every figure is computed from it. A plain value; not synchronised.
class Distribution {
 public:
  explicit Distribution(Scale scale);
  // Bins from the lowest value up. Their number must be high - low + 1, or the rest is empty.
  Distribution(Scale scale, std::span<const std::int64_t> bins);

  Scale scale() const { return scale_; }
  std::int64_t n() const;                      // answers in all
  std::int64_t count(int value) const;         // 0 outside the scale
  std::int64_t count(int from, int to) const;  // both ends included
  std::span<const std::int64_t> bins() const { return bins_; }

  // False, and nothing changed, where the value is outside the scale, the scales differ, or a bin would
  // fall below zero. A negative count takes answers away (an erasure).
  bool add(int value, std::int64_t count = 1);
  bool merge(const Distribution& other);
  bool subtract(const Distribution& other);

  bool operator==(const Distribution&) const = default;

 private:
  bool combine(const Distribution& other, std::int64_t sign);

  Scale scale_;
  std::vector<std::int64_t> bins_;
};

}  // namespace halte::stats
