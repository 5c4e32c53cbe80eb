// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>

namespace halte::base {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// GCC 12 has no std::chrono zone database: Howard Hinnant's is the same interface.
const date::time_zone* find_zone(std::string_view zone) {
  try {
    return date::locate_zone(std::string(zone));
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

std::optional<int> number(std::string_view text, std::size_t at, std::size_t size) {
  int value = 0;
  if (text.size() < at + size) return std::nullopt;
  const char* end = text.data() + at + size;
  auto [stop, error] = std::from_chars(text.data() + at, end, value);
  if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
  return value;
}

}  // namespace

std::string to_rfc3339(Instant at) {
  auto day = std::chrono::floor<days>(at);
  date::year_month_day ymd{date::sys_days{date::days{day.time_since_epoch().count()}}};
  auto ms = (at - day).count();
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int(ymd.year()), unsigned(ymd.month()),
                  unsigned(ymd.day()), ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60);
  if (ms % 1000 != 0) text += fmt::format(".{:03}", ms % 1000);
  return text + "Z";
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') ||
      text[13] != ':' || text[16] != ':')
    return std::nullopt;
  auto y = number(text, 0, 4), mo = number(text, 5, 2), d = number(text, 8, 2);
  auto h = number(text, 11, 2), mi = number(text, 14, 2), s = number(text, 17, 2);
  if (!y || !mo || !d || !h || !mi || !s || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
  date::year_month_day ymd{date::year{*y}, date::month(unsigned(*mo)), date::day(unsigned(*d))};
  if (!ymd.ok()) return std::nullopt;

  std::size_t at = 19;
  int ms = 0;
  if (text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      ms += (text[at] - '0') * scale;
  }
  int offset_minutes = 0;
  std::string_view rest = text.substr(at);
  if (rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':') {
    auto oh = number(rest, 1, 2), om = number(rest, 4, 2);
    if (!oh || !om) return std::nullopt;
    offset_minutes = (*oh * 60 + *om) * (rest[0] == '-' ? -1 : 1);
  } else if (rest != "Z" && rest != "z") {
    return std::nullopt;
  }
  auto day_count = date::sys_days{ymd}.time_since_epoch().count();
  return Instant{days{day_count}} + hours{*h} + minutes{*mi - offset_minutes} + seconds{*s} + Millis{ms};
}

Instant coarsen(Instant at, minutes step) {
  auto width = std::chrono::duration_cast<Millis>(step).count();
  auto ticks = at.time_since_epoch().count();
  auto rest = ((ticks % width) + width) % width;
  return Instant{Millis{ticks - rest}};
}

int days_since_epoch(Instant at) { return int(std::chrono::floor<days>(at).time_since_epoch().count()); }

int hours_since_epoch(Instant at) { return int(std::chrono::floor<hours>(at).time_since_epoch().count()); }

namespace {

// Midnight itself is left out where a clock is put forward over it: then the day begins an hour later.
Instant first_moment(const date::time_zone& zone, date::local_days day) {
  return date::make_zoned(&zone, day, date::choose::earliest).get_sys_time() + Millis{0};
}

std::optional<date::local_days> local_day(const date::time_zone* zone, Instant at) {
  if (!zone) return std::nullopt;
  return date::floor<date::days>(date::make_zoned(zone, date::floor<seconds>(at)).get_local_time());
}

}  // namespace

std::optional<Instant> start_of_day(Instant at, std::string_view zone, int days_after) {
  const auto* place = find_zone(zone);
  const auto day = local_day(place, at);
  if (!day) return std::nullopt;
  return first_moment(*place, *day + date::days{days_after});
}

std::optional<Instant> start_of_month(Instant at, std::string_view zone, int months_after) {
  const auto* place = find_zone(zone);
  const auto day = local_day(place, at);
  if (!day) return std::nullopt;
  const date::year_month_day ymd{*day};
  const auto month = ymd.year() / ymd.month() + date::months{months_after};
  return first_moment(*place, date::local_days{month / 1});
}

std::optional<LocalTime> to_local(Instant at, std::string_view zone) {
  const date::time_zone* tz = find_zone(zone);
  if (!tz) return std::nullopt;
  auto local = tz->to_local(std::chrono::sys_time<Millis>{at.time_since_epoch()});
  auto day = date::floor<date::days>(local);
  date::year_month_day ymd{day};
  date::weekday weekday{day};
  return LocalTime{int(ymd.year()), int(unsigned(ymd.month())), int(unsigned(ymd.day())),
                   int(weekday.iso_encoding()) - 1, int((local - day).count() / 60'000)};
}

std::optional<seconds> ahead_of_utc(Instant at, std::string_view zone) {
  const date::time_zone* tz = find_zone(zone);
  if (!tz) return std::nullopt;
  return tz->get_info(std::chrono::floor<seconds>(at)).offset;
}

bool is_zone(std::string_view zone) { return find_zone(zone) != nullptr; }

Instant SystemClock::now() const { return std::chrono::floor<Millis>(std::chrono::system_clock::now()); }

Millis SystemClock::steady() const {
  return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace halte::base
