// SPDX-License-Identifier: Apache-2.0
// 500 and more sentences as visitors type them: shapes times numbers times sentences, the same on every run.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "core/consent/redaction.h"

namespace consent = halte::consent;

namespace {

constexpr std::array sentences{"Bel me terug op {} graag.",
                               "{}",
                               "De rij was lang, kassa 2 was dicht ({}). Groet, Jan",
                               "Bitte melden: {}, danke!",
                               "Mon contact : {} merci beaucoup",
                               "Please reach me on {} after 18.00, it cost €12,50",
                               "gisteren om 10.30 uur gebeld {} maar op 01-02-2026 niet"};

std::string in_sentence(std::size_t i, const std::string& what) {
  std::string sentence = sentences[i % sentences.size()];
  return sentence.replace(sentence.find("{}"), 2, what);
}

class Source {
 public:
  explicit Source(std::uint64_t seed) : random_(seed) {}

  int digit(int low = 0) { return std::uniform_int_distribution<int>(low, 9)(random_); }
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  // '#' becomes any digit, '%' one from 1 to 9.
  std::string fill(std::string shape) {
    for (char& c : shape) {
      if (c == '#') c = static_cast<char>('0' + digit());
      if (c == '%') c = static_cast<char>('0' + digit(1));
    }
    return shape;
  }

 private:
  std::mt19937_64 random_;
};

bool passes_eleven_test(const std::string& nine) {
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (nine[i] - '0') * (i == 8 ? -1 : 9 - static_cast<int>(i));
  return sum % 11 == 0;
}

std::string citizen_number(Source& source) {
  while (true) {
    std::string number = source.fill("%########");
    if (passes_eleven_test(number)) return number;
  }
}

// Check digits by ISO 7064, from the bank's part of the number.
std::string iban(const std::string& country, const std::string& bank) {
  unsigned remainder = 0;
  for (char c : bank + country + "00") {
    unsigned value = c >= 'A' ? static_cast<unsigned>(c - 'A') + 10 : static_cast<unsigned>(c - '0');
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  unsigned check = 98 - remainder;
  return country + (check < 10 ? "0" : "") + std::to_string(check) + bank;
}

std::string in_fours(const std::string& text) {
  std::string spaced;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % 4 == 0) spaced += ' ';
    spaced += text[i];
  }
  return spaced;
}

std::vector<std::string> secrets(Source& source) {
  constexpr std::array phones{
      "06########",         "06-########",       "06 ## ## ## ##",       "06 #### ####",
      "06-#### ####",       "+316########",      "+31 6 ########",       "+31(0)6########",
      "0031 6 ## ## ## ##", "0%#-%######",       "0%# - %## ## ##",      "(0%#) %## ## ##",
      "0%## %#####",        "0%##-%#####",       "+31 %# %## ## ##",     "04## ## ## ##",
      "04##/##.##.##",      "+32 4## ## ## ##",  "02 %## ## ##",         "03/%##.##.##",
      "0171 %######",       "0151-%#######",     "089 %#######",         "030/%######",
      "+49 171 %######",    "0049 171 %######",  "06 ## ## ## ##",       "07.##.##.##.##",
      "01-##-##-##-##",     "+33 6 ## ## ## ##", "+33 (0)1 ## ## ## ##", "07### ######",
      "020 7### ####",      "+44 7### ######",   "+48 %## ### ###"};
  constexpr std::array emails{"jan{}@gmail.com",         "p.de.vries{}@ziggo.nl",
                              "Maria_{}@Hotmail.be",     "info+{}@bakkerij-smit.nl",
                              "j{} @ kpnmail.nl",        "els{}(at)telenet.be",
                              "hans.müller{}@web.de",    "kim{} at outlook.com",
                              "tom{}@uni.ac.uk",         "x{}@y.nl",
                              "sophie{} [at] orange.fr", "piet{}@live punt nl"};
  std::vector<std::string> all;
  for (int round = 0; round < 7; ++round)
    for (const char* shape : phones) all.push_back(source.fill(shape));
  for (int round = 0; round < 12; ++round)
    for (std::string shape : emails) all.push_back(shape.replace(shape.find("{}"), 2, source.fill("##")));
  for (int round = 0; round < 25; ++round) {
    std::string number = citizen_number(source);
    all.push_back(number);
    all.push_back(number.substr(0, 3) + "." + number.substr(3, 3) + "." + number.substr(6));
    std::string nl = iban("NL", "RABO" + source.fill("##########"));
    std::string be = iban("BE", source.fill("############"));
    std::string de = iban("DE", source.fill("##################"));
    all.insert(all.end(), {nl, in_fours(nl), be, in_fours(be), in_fours(de)});
  }
  return all;
}

std::string failing_order_number(Source& source, const char* shape) {
  while (true) {
    std::string number = source.fill(shape);
    if (!passes_eleven_test((number.size() == 8 ? "0" : "") + number)) return number;
  }
}

std::vector<std::string> harmless(Source& source) {
  constexpr std::array shapes{"€ %#,##",
                              "%#.##",
                              "%.###,##",
                              "%#%",
                              "%#-0%-202#",
                              "1#/1%/2025",
                              "2026-0%-1#",
                              "0%:3#",
                              "0%.15-1%.45",
                              "1%.00 - 1%.30 uur",
                              "order %#####",
                              "bon %######",
                              "nr. 2026-00#####",
                              "%### AB",
                              "Kerkstraat %##",
                              "huisnr %#-%#",
                              "bonuskaart 26## #### #### #",
                              "EAN 87###########",
                              "%#x%# cm",
                              "cijfer %/10",
                              "#0%########",
                              "kassa %",
                              "%## gram voor %#,##",
                              "maat 4%",
                              "filiaal %###",
                              "om 0% uur",
                              "B-%###",
                              "%e keer",
                              "%#,# graden"};
  std::vector<std::string> all;
  for (int round = 0; round < 10; ++round) {
    for (const char* shape : shapes) all.push_back(source.fill(shape));
    all.push_back("ordernummer " + failing_order_number(source, "%########"));
    all.push_back("klacht " + failing_order_number(source, "%#######"));
  }
  return all;
}

}  // namespace

TEST_CASE("redaction: of 500 and more sentences with a secret at least 98 % are redacted") {
  Source source(17);
  std::vector<std::string> all = secrets(source);
  std::size_t found = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string text = in_sentence(i, all[i]);
    auto result = consent::redact(text);
    // Whole: what stands in its place is one word, and the sentence around it is as it was.
    bool good = result.replaced.size() == 1 &&
                result.text == in_sentence(i, std::string(consent::replacement(result.replaced[0])));
    found += good;
    if (!good) MESSAGE(text << " -> " << result.text);
  }
  double recall = static_cast<double>(found) / static_cast<double>(all.size());
  std::printf("redaction: %zu of %zu sentences with a secret (recall %.3f)\n", found, all.size(), recall);
  CHECK(all.size() >= 500);
  CHECK(recall >= 0.98);
}

TEST_CASE("redaction: of 300 and more sentences without a secret at most 2 % are changed") {
  Source source(18);
  std::vector<std::string> all = harmless(source);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string text = in_sentence(i, all[i]);
    bool wrong = consent::redact(text).text != text;
    changed += wrong;
    if (wrong) MESSAGE(text << " -> " << consent::redact(text).text);
  }
  double share = static_cast<double>(changed) / static_cast<double>(all.size());
  std::printf("redaction: %zu of %zu harmless sentences changed (%.3f)\n", changed, all.size(), share);
  CHECK(all.size() >= 300);
  CHECK(share <= 0.02);
}
