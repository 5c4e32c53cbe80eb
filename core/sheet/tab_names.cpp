// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/utf8.h"
#include "core/sheet/xlsx.h"

namespace halte::sheet {
namespace {

constexpr std::size_t longest = 31;  // UTF-16 units

// Cuts to `most` UTF-16 units, never inside a character.
std::string_view shortened(std::string_view name, std::size_t most) {
  std::size_t units = 0, at = 0;
  while (at < name.size()) {
    const auto first = static_cast<unsigned char>(name[at]);
    const std::size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    units += bytes == 4 ? 2 : 1;
    if (units > most) break;
    at += bytes;
  }
  return name.substr(0, at);
}

std::string_view trimmed(std::string_view name) {
  const auto begin = name.find_first_not_of(" '"), end = name.find_last_not_of(" '");
  return begin == name.npos ? "" : name.substr(begin, end - begin + 1);
}

std::string tab_name(std::string_view title) {
  std::string name = base::clean_utf8(title);
  for (char& c : name)
    if (std::string_view("[]:*?/\\").contains(c) || static_cast<unsigned char>(c) < ' ') c = ' ';
  name = trimmed(shortened(trimmed(name), longest));
  return name.empty() ? "-" : name;
}

// Spreadsheets tell names apart without regard to case.
std::string folded(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) { return 'A' <= c && c <= 'Z' ? char(c + 32) : c; });
  return name;
}

}  // namespace

std::vector<std::string> tab_names(std::span<const Sheet> sheets) {
  // "History" is the one name that Excel keeps for itself.
  std::vector<std::string> names;
  std::set<std::string> taken{"history"};
  for (const Sheet& sheet : sheets) {
    const std::string wish = tab_name(sheet.title);
    std::string name = wish;
    for (int count = 2; taken.contains(folded(name)); ++count) {
      const std::string end = fmt::format(" ({})", count);
      name = std::string(shortened(wish, longest - end.size())) + end;
    }
    taken.insert(folded(name));
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace halte::sheet
