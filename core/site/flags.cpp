// SPDX-License-Identifier: Apache-2.0
#include "core/site/flags.h"

#include <algorithm>

namespace halte::site {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr std::size_t burst_taps = 4;
constexpr base::Millis burst_window = 20s;
constexpr base::Millis burst_gap = 2500ms;
constexpr std::size_t repeat_taps = 3;
constexpr base::Millis repeat_window = 15s;
constexpr base::Millis long_press_from = 2s;

// The last `count` taps, where they lie within the window.
std::span<const Tap> last_within(std::span<const Tap> taps, std::size_t count, base::Millis window) {
  if (taps.size() < count) return {};
  std::span<const Tap> last = taps.last(count);
  if (last.back().at - last.front().at > window) return {};
  return last;
}

bool is_burst(std::span<const Tap> taps) {
  if (!last_within(taps, burst_taps, burst_window).empty()) return true;
  return taps.size() >= 2 && taps.back().at - taps[taps.size() - 2].at < burst_gap;
}

bool is_straight_repeat(std::span<const Tap> taps) {
  std::span<const Tap> last = last_within(taps, repeat_taps, repeat_window);
  return !last.empty() &&
         std::ranges::all_of(last, [&](const Tap& tap) { return tap.value == last.back().value; });
}

const Flag burst{"burst", 1};
const Flag straight_repeat{"straight_repeat", 1};
const Flag long_press{"long_press", 1};
const Flag outside_hours{"outside_hours", 1};

}  // namespace

std::vector<FlagRule> flag_rules() {
  return {{burst, "4 or more answers within 20 s, or less than 2.5 s after the one before"},
          {straight_repeat, "the same answer 3 times in a row within 15 s"},
          {long_press, "the finger stayed for 2 s or longer"},
          {outside_hours, "answered while the branch is closed"}};
}

std::vector<Flag> flags_of_last(std::span<const Tap> taps, const OpeningHours& hours,
                                const std::optional<base::LocalTime>& local) {
  std::vector<Flag> flags;
  if (taps.empty()) return flags;
  if (is_burst(taps)) flags.push_back(burst);
  if (is_straight_repeat(taps)) flags.push_back(straight_repeat);
  if (taps.back().held >= long_press_from) flags.push_back(long_press);
  if (local && !hours.is_open(*local)) flags.push_back(outside_hours);
  return flags;
}

}  // namespace halte::site
