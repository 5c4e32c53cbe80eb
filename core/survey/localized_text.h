// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace halte::survey {

// One text in several languages, by locale ("nl", "pt-BR"). UTF-8.
struct LocalizedText {
  std::map<std::string, std::string, std::less<>> by_locale;

  bool empty() const { return by_locale.empty(); }

  // The text for a locale, or for its language alone ("nl" serves "nl-BE"); nullptr if there is none.
  const std::string* find(std::string_view locale) const;

  // The first of the chain that exists (visitor's locale, survey's locale, ...), then English, then
  // whatever there is; "" only if the text is empty.
  std::string_view in(std::span<const std::string> chain) const;

  friend bool operator==(const LocalizedText&, const LocalizedText&) = default;
};

}  // namespace halte::survey
