// SPDX-License-Identifier: Apache-2.0
#include "core/survey/localized_text.h"

namespace halte::survey {

const std::string* LocalizedText::find(std::string_view locale) const {
  auto text = by_locale.find(locale);
  if (text == by_locale.end()) text = by_locale.find(locale.substr(0, locale.find('-')));
  return text == by_locale.end() ? nullptr : &text->second;
}

std::string_view LocalizedText::in(std::span<const std::string> chain) const {
  for (const auto& locale : chain)
    if (const auto* text = find(locale)) return *text;
  if (const auto* text = find("en")) return *text;
  return empty() ? std::string_view{} : by_locale.begin()->second;
}

}  // namespace halte::survey
