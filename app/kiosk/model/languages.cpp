// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/model/languages.h"

#include <algorithm>
#include <array>

namespace halte::kiosk::model {
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

constexpr std::array<std::string_view, 7> own{"en", "nl", "de", "fr", "tr", "pl", "ar"};

}  // namespace

std::span<const std::string_view> program_languages() { return own; }

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

}  // namespace halte::kiosk::model
