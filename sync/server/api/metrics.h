// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sync/server/http/server.h"

namespace halte::api {

// Lines of a measurement in Prometheus' text format, version 0.0.4.
class Exposition {
 public:
  // `type`: "counter", "gauge" or "histogram".
  void family(std::string_view name, std::string_view type, std::string_view help);
  // `labels`: name and value, in turn. Values are escaped.
  void sample(std::string_view name, const std::vector<std::pair<std::string, std::string>>& labels,
              double value);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// What was answered, by the pattern of its route: never a path, an address or a person. Any thread.
class Requests {
 public:
  void add(const http::Served& served);
  void write(Exposition& out) const;

 private:
  static constexpr std::array bounds_s{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};
  struct Durations {
    std::array<std::uint64_t, bounds_s.size() + 1> buckets{};  // the last: longer than all
    double sum_s = 0;
    std::uint64_t count = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, int>, std::uint64_t> answered_;  // method, route, status
  std::map<std::string, Durations> durations_;                                   // by route
};

}  // namespace halte::api
