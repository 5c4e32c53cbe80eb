// SPDX-License-Identifier: Apache-2.0
// Phone numbers and Dutch citizen numbers.
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/consent/redaction_rules.h"

namespace halte::consent::rules {
namespace {

// Digits that belong together: "06-1234 5678" is one run of three groups. Where a group starts and ends, and
// what stands between it and the next.
struct Group {
  std::size_t begin;
  std::size_t end;
  std::u32string separator;  // after it; empty at the end of the run
};

struct Run {
  std::vector<Group> groups;
  bool plus = false;  // "+" before the first group
};

bool is_separator(char32_t c) { return std::u32string_view(U" -./()_").find(c) != std::u32string_view::npos; }

constexpr std::size_t longest_separator = 3;  // ") - " is not one number any more

Run read_run(const Points& text, std::size_t i) {
  Run run;
  while (true) {
    std::size_t begin = i;
    while (is_digit(point_at(text, i))) ++i;
    std::size_t next = i;
    while (next - i < longest_separator && is_separator(point_at(text, next))) ++next;
    bool more = next > i && is_digit(point_at(text, next));
    run.groups.push_back({begin, i, more ? text.substr(i, next - i) : U""});
    if (!more) return run;
    i = next;
  }
}

std::u32string digits_of(const Points& text, const Run& run, std::size_t first, std::size_t last) {
  std::u32string digits;
  for (std::size_t g = first; g <= last; ++g)
    digits += text.substr(run.groups[g].begin, run.groups[g].end - run.groups[g].begin);
  return digits;
}

std::size_t size_of(const Group& group) { return group.end - group.begin; }

bool parts_numbers(const std::u32string& separator) {
  return separator.find(U' ') != std::u32string::npos || separator.find(U'/') != std::u32string::npos;
}

int number_of(const Points& text, const Group& group) {
  int number = 0;
  for (std::size_t i = group.begin; i < std::min(group.end, group.begin + 6); ++i)
    number = number * 10 + static_cast<int>(text[i] - U'0');
  return number;
}

bool is_year(int number) { return number >= 1900 && number <= 2099; }
bool is_day_and_month(int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; }

// "01-02-2026", "1.2.26" with something else after it: three groups, two equal separators, no space.
bool is_date(const Points& text, const Run& run, std::size_t g) {
  if (g + 2 >= run.groups.size()) return false;
  const Group& day = run.groups[g];
  const Group& month = run.groups[g + 1];
  const Group& year = run.groups[g + 2];
  if (day.separator != month.separator || day.separator.size() != 1 || day.separator == U" ") return false;
  bool year_fits = size_of(year) == 4 ? is_year(number_of(text, year)) : size_of(year) == 2;
  return size_of(day) <= 2 && size_of(month) <= 2 && year_fits && year.separator != day.separator &&
         is_day_and_month(number_of(text, day), number_of(text, month));
}

bool is_clock(const Points& text, const Run& run, std::size_t g) {
  if (g + 1 >= run.groups.size()) return false;
  const Group& hour = run.groups[g];
  const Group& minute = run.groups[g + 1];
  return size_of(hour) <= 2 && size_of(minute) == 2 && hour.separator == U"." && minute.separator != U"." &&
         number_of(text, hour) < 24;
}

// "09.00-17.00", "08.30 12.15": hours or prices in a row.
bool is_clock_pair(const Points& text, const Run& run, std::size_t g) {
  return is_clock(text, run, g) && is_clock(text, run, g + 2);
}

// Numbers in shapes that are no phone's: how many groups to step over.
std::size_t groups_of_date_or_clock(const Points& text, const Run& run, std::size_t g) {
  if (is_date(text, run, g)) return 3;
  return is_clock_pair(text, run, g) ? 4 : 0;
}

struct Prefix {
  std::u32string_view digits;
  std::size_t length;
};
// Mobile numbers in international form that lack the "+".
constexpr std::array bare_mobiles{Prefix{U"316", 11},  Prefix{U"324", 11},  Prefix{U"336", 11},
                                  Prefix{U"337", 11},  Prefix{U"4915", 13}, Prefix{U"4916", 12},
                                  Prefix{U"4917", 12}, Prefix{U"447", 12}};

// National numbers have a trunk 0 and 9 (Belgium) to 12 (Germany) digits; E.164 allows 15 after the "+".
bool is_phone(const std::u32string& digits, bool plus) {
  std::size_t n = digits.size();
  if (plus) return n >= 8 && n <= 15 && digits[0] != U'0';
  if (digits.starts_with(U"00")) return n >= 11 && n <= 15 && digits[2] != U'0';
  if (digits.starts_with(U"0")) return n >= 9 && n <= 12;
  return std::ranges::any_of(bare_mobiles,
                             [&](const Prefix& p) { return n == p.length && digits.starts_with(p.digits); });
}

// "0.99 1.25" starts with a lone 0 and is no phone; "0 6 1 2 …", digit by digit, is one.
bool has_phone_start(const Points& text, const Run& run, std::size_t g, std::size_t last) {
  if (size_of(run.groups[g]) > 1 || run.plus) return true;
  bool spelled = std::all_of(run.groups.begin() + static_cast<std::ptrdiff_t>(g),
                             run.groups.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                             [](const Group& group) { return size_of(group) == 1; });
  return spelled && digits_of(text, run, g, last).starts_with(U"06");
}

// The last group of the phone number that starts with group g: all that is left of the run where it fits, so
// that no digit stays behind; else up to a space, and then the commonest length first.
std::optional<std::size_t> phone_end(const Points& text, const Run& run, std::size_t g) {
  constexpr std::array<std::size_t, 9> by_likelihood{10, 11, 9, 12, 13, 14, 15, 8, 0};
  std::optional<std::size_t> best;
  std::size_t best_rank = by_likelihood.size();
  std::u32string digits;
  for (std::size_t last = g; last < run.groups.size() && digits.size() <= 15; ++last) {
    digits += digits_of(text, run, last, last);
    const std::u32string& separator = run.groups[last].separator;
    bool ends_here = separator.empty() || parts_numbers(separator);
    if (!ends_here || !is_phone(digits, run.plus && g == 0) || !has_phone_start(text, run, g, last)) continue;
    if (separator.empty()) return last;
    auto rank =
        static_cast<std::size_t>(std::ranges::find(by_likelihood, digits.size()) - by_likelihood.begin());
    if (rank >= best_rank) continue;
    best = last;
    best_rank = rank;
  }
  return best;
}

// The eleven-test: 9a + 8b + … + 2h - i is a multiple of eleven.
bool passes_eleven_test(std::u32string digits) {
  if (digits.size() == 8) digits.insert(digits.begin(), U'0');
  if (digits.size() != 9 || digits.starts_with(U"00")) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i)
    sum += static_cast<int>(digits[i] - U'0') * (i == 8 ? -1 : 9 - static_cast<int>(i));
  return sum % 11 == 0;
}

// 20260301 and 01032026 are days.
bool is_written_date(const std::u32string& digits) {
  auto number = [&](std::size_t from, std::size_t size) {
    int value = 0;
    for (char32_t c : digits.substr(from, size)) value = value * 10 + static_cast<int>(c - U'0');
    return value;
  };
  if (digits.size() != 8) return false;
  return (is_year(number(0, 4)) && is_day_and_month(number(6, 2), number(4, 2))) ||
         (is_year(number(4, 4)) && is_day_and_month(number(0, 2), number(2, 2)));
}

// 123456782, 123.456.782, 1234.56.782, 12.345.678: the ways in which a BSN is written.
std::optional<std::size_t> bsn_end(const Points& text, const Run& run, std::size_t g) {
  std::size_t last = g;
  if (size_of(run.groups[g]) < 8) {
    last = g + 2;
    if (last >= run.groups.size() || run.groups[g].separator != run.groups[g + 1].separator)
      return std::nullopt;
    std::array sizes{size_of(run.groups[g]), size_of(run.groups[g + 1]), size_of(run.groups[last])};
    constexpr std::array<std::array<std::size_t, 3>, 3> shapes{{{3, 3, 3}, {4, 2, 3}, {2, 3, 3}}};
    if (std::ranges::find(shapes, sizes) == shapes.end()) return std::nullopt;
    bool spaced = run.groups[g].separator == U" ";
    if (spaced && (g > 0 || last + 1 < run.groups.size())) return std::nullopt;
  }
  const std::u32string& after = run.groups[last].separator;
  if (!after.empty() && !parts_numbers(after)) return std::nullopt;
  std::u32string digits = digits_of(text, run, g, last);
  if (!passes_eleven_test(digits) || is_written_date(digits)) return std::nullopt;
  return last;
}

// A number may start a run, or follow a space or slash inside it.
bool may_start(const Run& run, std::size_t g) { return g == 0 || parts_numbers(run.groups[g - 1].separator); }

// A "+" belongs to the number, and a bracket that closes after its first group: "(020) 123 4567".
std::size_t with_prefix(const Points& text, const Group& first, bool plus) {
  std::size_t begin = first.begin;
  if (plus) begin -= text[begin - 1] == U'+' ? 1 : 2;
  bool bracketed = first.separator.starts_with(U")") && begin > 0 && text[begin - 1] == U'(';
  return bracketed ? begin - 1 : begin;
}

void find_in_run(Points& text, const Run& run, std::vector<Match>& matches) {
  std::size_t g = 0;
  while (g < run.groups.size()) {
    if (std::size_t step = groups_of_date_or_clock(text, run, g)) {
      g += step;
      continue;
    }
    std::optional<std::size_t> bsn = may_start(run, g) && !run.plus ? bsn_end(text, run, g) : std::nullopt;
    std::optional<std::size_t> phone = may_start(run, g) && !bsn ? phone_end(text, run, g) : std::nullopt;
    std::optional<std::size_t> last = bsn ? bsn : phone;
    if (!last) {
      ++g;
      continue;
    }
    std::size_t begin = with_prefix(text, run.groups[g], run.plus && g == 0);
    take(text, matches, {begin, run.groups[*last].end, bsn ? Sensitive::bsn : Sensitive::phone});
    g = *last + 1;
  }
}

// "A0612345678" and "#0612345678" are codes of something; "tel0612345678" is not.
bool is_code(const Points& text, std::size_t begin) {
  if (begin == 0) return false;
  if (text[begin - 1] == U'#') return true;
  std::size_t letters = begin;
  while (letters > 0 && begin - letters < 8 && is_letter(text[letters - 1])) --letters;
  if (letters == begin) return false;
  std::u32string word = text.substr(letters, begin - letters);
  return std::ranges::none_of(
      std::array<std::u32string_view, 7>{U"tel", U"t", U"m", U"mob", U"gsm", U"bsn", U"nr"},
      [&](std::u32string_view known) { return word == known; });
}

}  // namespace

void find_numbers(Points& text, std::vector<Match>& matches) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    Run run = read_run(text, i);
    run.plus = (i > 0 && text[i - 1] == U'+') || (i > 1 && text[i - 1] == U' ' && text[i - 2] == U'+');
    if (!is_code(text, i)) find_in_run(text, run, matches);
    i = run.groups.back().end;
  }
}

}  // namespace halte::consent::rules
