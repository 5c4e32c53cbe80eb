// SPDX-License-Identifier: Apache-2.0
#include "sync/client/retry_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace halte::client {
namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// More seconds than any wait: keeps the arithmetic far from overflow.
constexpr std::int64_t longest_seconds = 1'000'000'000;

std::optional<base::Millis> from_seconds(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t seconds = longest_seconds;
  auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error == std::errc::result_out_of_range) seconds = longest_seconds;
  return std::chrono::seconds(std::min(seconds, longest_seconds));
}

}  // namespace

std::optional<base::Instant> parse_http_date(std::string_view text) {
  constexpr std::string_view shape = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (text.size() != shape.size() || text.substr(25) != " GMT") return std::nullopt;
  auto month = std::ranges::find(months, text.substr(8, 3));
  if (month == months.end()) return std::nullopt;
  return base::parse_rfc3339(fmt::format("{}-{:02}-{}T{}Z", text.substr(12, 4), month - months.begin() + 1,
                                         text.substr(5, 2), text.substr(17, 8)));
}

base::Millis RetryPolicy::delay(int failures, std::optional<base::Millis> retry_after,
                                base::Random& random) const {
  base::Millis ceiling = std::min(first, cap);
  for (int i = 1; i < failures && ceiling < cap; ++i) ceiling = std::min(ceiling * 2, cap);
  base::Millis jittered{std::int64_t(random.uniform() * double(ceiling.count()))};
  base::Millis asked = std::min(retry_after.value_or(base::Millis{0}), longest_retry_after);
  return std::max(jittered, asked);
}

std::optional<base::Millis> parse_retry_after(std::string_view value, base::Instant now) {
  if (auto seconds = from_seconds(value)) return seconds;
  auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return std::max(*date - now, base::Millis{0});
}

}  // namespace halte::client
