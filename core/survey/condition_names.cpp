// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "core/survey/projection.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

// Calls `brace` with what stands in each pair of braces outside quotes, `rest` with the text between.
void walk(std::string_view condition, const std::function<void(std::string_view)>& rest,
          const std::function<void(std::string_view)>& brace) {
  std::size_t from = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < condition.size(); ++at) {
    char c = condition[at];
    if (quote) {
      if (c == '\\')
        ++at;
      else if (c == quote)
        quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '{') {
      auto close = condition.find('}', at);
      if (close == std::string_view::npos) break;
      rest(condition.substr(from, at - from));
      brace(condition.substr(at + 1, close - at - 1));
      from = close + 1;
      at = close;
    }
  }
  rest(condition.substr(from));
}

struct Found {
  const std::string* name;
  std::string_view rest;  // "", ".length", "[0]"
};

// "question 1.length" is the length of "question 1" if there is no question of the whole name.
std::optional<Found> find(std::string_view inside, const NameMap& names) {
  auto head_of = [&](std::size_t length) -> std::optional<Found> {
    auto found = names.find(lower_case(inside.substr(0, length)));
    return found == names.end() ? std::nullopt
                                : std::optional<Found>({&found->second, inside.substr(length)});
  };
  constexpr std::string_view kLength = ".length";
  auto found = head_of(inside.size());
  if (!found && inside.ends_with(kLength)) found = head_of(inside.size() - kLength.size());
  if (!found && inside.ends_with(']') && inside.rfind('[') != std::string_view::npos)
    found = head_of(inside.rfind('['));
  return found;
}

}  // namespace

std::string with_names(std::string_view condition, const NameMap& names) {
  std::string text;
  walk(
      condition, [&](std::string_view rest) { text += rest; },
      [&](std::string_view inside) {
        auto found = find(inside, names);
        text += '{';
        text += found ? *found->name + std::string(found->rest) : std::string(inside);
        text += '}';
      });
  return text;
}

UsedNames used_names(std::string_view condition, const NameMap& names) {
  UsedNames used;
  walk(
      condition, [](std::string_view) {},
      [&](std::string_view inside) {
        if (auto found = find(inside, names))
          used.known.insert(*found->name);
        else
          used.unknown.emplace_back(inside);
      });
  return used;
}

}  // namespace halte::survey
