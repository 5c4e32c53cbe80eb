// SPDX-License-Identifier: Apache-2.0
#include "app/ui/languages.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace halte::ui {
namespace {

struct Language {
  std::string_view code, name;
};

constexpr std::array<Language, 16> known{{{"nl", "Nederlands"},
                                          {"en", "English"},
                                          {"de", "Deutsch"},
                                          {"fr", "Français"},
                                          {"tr", "Türkçe"},
                                          {"pl", "Polski"},
                                          {"ar", "العربية"},
                                          {"es", "Español"},
                                          {"pt", "Português"},
                                          {"it", "Italiano"},
                                          {"ro", "Română"},
                                          {"uk", "Українська"},
                                          {"ru", "Русский"},
                                          {"el", "Ελληνικά"},
                                          {"he", "עברית"},
                                          {"fa", "فارسی"}}};

}  // namespace

std::string own_name(std::string_view language) {
  const auto found = std::ranges::find(known, language, &Language::code);
  return std::string(found == known.end() ? language : found->name);
}

std::string short_name(std::string_view language) {
  if (language == "ar") return "ع";
  if (language == "he") return "ע";
  std::string name(language);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return char(std::toupper(c)); });
  return name;
}

}  // namespace halte::ui
