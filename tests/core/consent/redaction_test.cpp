// SPDX-License-Identifier: Apache-2.0
#include "core/consent/redaction.h"

#include <doctest/doctest.h>
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace consent = halte::consent;
using consent::Sensitive;

namespace {

std::string redacted(std::string_view text) { return consent::redact(text).text; }

struct Sample {
  const char* text;
  const char* expected;
};

const std::vector<Sample> sensitive{
    // e-mail
    {"Mail me op jan.jansen@gmail.com graag", "Mail me op [e-mail] graag"},
    {"JAN_JANSEN+shop@Example.CO.UK!", "[e-mail]!"},
    {"antwoord naar p.de-vries@kpn-mail.nl.", "antwoord naar [e-mail]."},
    {"(info@bakker.nl)", "([e-mail])"},
    {"piet @ hotmail.com", "[e-mail]"},
    {"piet(at)ziggo.nl", "[e-mail]"},
    {"piet [at] ziggo.nl", "[e-mail]"},
    {"kees at gmail.com bedankt", "[e-mail] bedankt"},
    {"kees apenstaartje gmail punt com", "[e-mail]"},
    {"kees@gmail punt com", "[e-mail]"},
    {"jürgen.müller@web.de", "[e-mail]"},
    {"mail:a@b.nl, of bel", "mail:[e-mail], of bel"},
    {"jan@gmail", "[e-mail]"},
    {"<sophie.martin@orange.fr>", "<[e-mail]>"},
    {"0612345678@kpn.nl", "[e-mail]"},
    {"jan＠gmail.com", "[e-mail]"},
    // Dutch phone numbers
    {"bel 0612345678", "bel [phone]"},
    {"bel 06-12345678 aub", "bel [phone] aub"},
    {"06 12 34 56 78", "[phone]"},
    {"06 - 12 34 56 78.", "[phone]."},
    {"06.12.34.56.78", "[phone]"},
    {"0 6 1 2 3 4 5 6 7 8", "[phone]"},
    {"(020) 123 45 67", "[phone]"},
    {"020-1234567", "[phone]"},
    {"0345 - 12 34 56", "[phone]"},
    {"tel:030-2345678", "tel:[phone]"},
    {"tel0612345678", "tel[phone]"},
    {"+31612345678", "[phone]"},
    {"+31 6 12345678", "[phone]"},
    {"+31 (0)6 12 34 56 78", "[phone]"},
    {"(+31) 6 12345678", "[phone]"},
    {"0031 6 12345678", "[phone]"},
    {"31612345678", "[phone]"},
    {"06\xC2\xA0"
     "12345678",
     "[phone]"},
    {"06‑12345678", "[phone]"},
    {"(06-12345678)", "([phone])"},
    {"kassa 4 06 12345678", "kassa 4 [phone]"},
    {"06-12345678/020-1234567", "[phone]/[phone]"},
    {"06 12345678 06 87654321", "[phone] [phone]"},
    {"op 01-02-2026 06-12345678", "op 01-02-2026 [phone]"},
    // Belgian, German, French, British and other phone numbers
    {"0470 12 34 56", "[phone]"},
    {"0470/12.34.56", "[phone]"},
    {"02 123 45 67", "[phone]"},
    {"+32 470 12 34 56", "[phone]"},
    {"030 1234567", "[phone]"},
    {"0711/123456", "[phone]"},
    {"0171 1234567", "[phone]"},
    {"+49 (0) 171 1234567", "[phone]"},
    {"01 23 45 67 89", "[phone]"},
    {"06.98.76.54.32", "[phone]"},
    {"+33 6 98 76 54 32", "[phone]"},
    {"07911 123456", "[phone]"},
    {"020 7946 0958", "[phone]"},
    {"+44 20 7946 0958", "[phone]"},
    {"+1 (212) 555-0143", "[phone]"},
    {"+351 912 345 678", "[phone]"},
    // IBAN
    {"NL91ABNA0417164300", "[iban]"},
    {"nl91 abna 0417 1643 00 aub terugstorten", "[iban] aub terugstorten"},
    {"IBAN:NL91-ABNA-0417-1643-00", "IBAN:[iban]"},
    {"BE68 5390 0754 7034", "[iban]"},
    {"DE89 3704 0044 0532 0130 00.", "[iban]."},
    {"FR14 2004 1010 0505 0001 3M02 606", "[iban]"},
    {"GB82 WEST 1234 5698 7654 32", "[iban]"},
    {"LU28 0019 4006 4475 0000", "[iban]"},
    // BSN
    {"bsn 123456782", "bsn [bsn]"},
    {"mijn BSN is 111222333.", "mijn BSN is [bsn]."},
    {"123.456.782", "[bsn]"},
    {"1234.56.782", "[bsn]"},
    {"123 456 782", "[bsn]"},
    {"045361423", "[bsn]"},
    // several at once
    {"jan@x.nl of 0612345678", "[e-mail] of [phone]"},
    {"NL91ABNA0417164300 en 123456782", "[iban] en [bsn]"},
};

const std::vector<const char*> harmless{
    "Het kostte € 12,50 en niet € 9,95.",
    "0.99 1.25 0.50 0.75",
    "1.250.000 euro omzet",
    "12.345.678,00",
    "2 halen 1 betalen",
    "3 @ 2,50 per stuk",
    "@jumbo doe er iets aan",
    "gekocht at bol.com",
    "De winkel gaat om 06 uur open",
    "open van 09.00 tot 17.00",
    "09.00-17.00",
    "08.00-12.00 13.00-18.00",
    "09:30 - 18:00",
    "op 01-02-2026 10:30",
    "op 09-05-2026 14.30 uur",
    "01-02-26 14.30 u",
    "2026-03-01",
    "2026-03-01 09.30",
    "20260301",
    "01032026",
    "sinds 2019 2020 2021",
    "bestelling 2026-0012345",
    "order 4521337",
    "order #0612345678",
    "bon A0612345678",
    "artikel 8710400123453",
    "EAN 5 410041 001204",
    "bonnummer 123456789",
    "ordernummer 987654321",
    "kassa 12, bon 4471",
    "1234 AB Utrecht",
    "Dorpsstraat 12-14",
    "Kerkstraat 1012 a",
    "huisnummer 106-108",
    "B-1000 Brussel",
    "75008 Paris",
    "01067 Dresden",
    "maat 40/42",
    "10x20x30 cm",
    "0,5 liter",
    "100% tevreden, een 10!",
    "cijfer 8/10",
    "kenteken 12-ABC-3",
    "NL91 ABNA 1417 1643 01 klopt niet",
    "NL is mooi",
    "versie 1.2.3.4",
    "192.168.178.20",
    "temperatuur 18.5 graden",
    "de 24e van de maand",
    "5 6 7 8 wie heeft het gedaan",
    "112 gebeld",
    "wachttijd 15-20 min",
    "kaart 2620 1234 5678 9",
    "1e kassa, 2e rij, 3e keer",
    "'s Morgens om 8 uur 30",
    "+ 2 punten",
    "ik + 3 kinderen",
    "filiaal 0042",
    "stap 1-2-3 klaar",
    "prijs 19,99 -20% = 15,99",
    "",
};

double cpu_seconds(const std::string& text, int times) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
  };
  const double start = now();
  for (int i = 0; i < times; ++i) consent::redact(text);
  return now() - start;
}

// Of one long text to as much in short ones, right after each other: a machine that is slow for a while is it
// for both. The least of several, since what disturbs one of the two only adds.
double work_ratio(const std::string& text, const std::string& part, int parts) {
  // Memory that is given back to the kernel is had from it page by page again, and only the long text's is.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  double least = 1e9;
  for (int i = 0; i < 7; ++i) least = std::min(least, cpu_seconds(text, 1) / cpu_seconds(part, parts));
  return least;
}

}  // namespace

TEST_CASE("redaction: finds what is sensitive and leaves alone what only looks like it") {
  int found = 0, missed = 0, wrong = 0;
  for (const Sample& sample : sensitive) {
    bool good = redacted(sample.text) == sample.expected;
    (good ? found : missed)++;
    CAPTURE(sample.text);
    CHECK(redacted(sample.text) == sample.expected);
  }
  for (const char* text : harmless) {
    wrong += redacted(text) != text;
    CAPTURE(text);
    CHECK(redacted(text) == text);
  }
  std::printf(
      "redaction: %d of %d sensitive samples replaced (recall %.3f), %d of %zu harmless ones changed "
      "(%.3f)\n",
      found, found + missed, static_cast<double>(found) / (found + missed), wrong, harmless.size(),
      static_cast<double>(wrong) / static_cast<double>(harmless.size()));
}

TEST_CASE("redaction: a citizen number must pass the eleven-test, with or without its leading zero") {
  int replaced = 0;
  for (int number = 45'000'000; number < 45'001'100; ++number) {
    std::string eight = std::to_string(number);
    std::string nine = "0" + eight;
    CHECK((redacted(eight) == "[bsn]") == (redacted(nine) == "[bsn]"));
    if (redacted(eight) != eight) ++replaced;
  }
  CHECK(replaced == 100);  // one in eleven
  CHECK(redacted("123456781") == "123456781");
}

TEST_CASE("redaction: one wrong character in an IBAN and it is none") {
  const std::string iban = "DE89370400440532013000";
  CHECK(redacted(iban) == "[iban]");
  for (std::size_t i = 2; i < iban.size(); ++i) {
    std::string wrong = iban;
    wrong[i] = wrong[i] == '9' ? '0' : static_cast<char>(wrong[i] + 1);
    CHECK(redacted(wrong) != "[iban]");
  }
}

TEST_CASE("redaction: names what it replaced, in the order of the text") {
  auto result = consent::redact("123456782, 0612345678, a@b.nl");
  CHECK(result.replaced == std::vector{Sensitive::bsn, Sensitive::phone, Sensitive::email});
  CHECK_FALSE(result.cut);
}

TEST_CASE("redaction: running it again changes nothing") {
  for (const Sample& sample : sensitive) CHECK(redacted(redacted(sample.text)) == redacted(sample.text));
}

TEST_CASE("redaction: at most 500 code points, never half a letter and never half a replacement") {
  std::string long_text;
  for (int i = 0; i < 600; ++i) long_text += "é";
  auto result = consent::redact(long_text);
  CHECK(result.cut);
  CHECK(result.text.size() == 1000);
  CHECK(consent::redact("😀😀😀", 2).text == "😀😀");
  CHECK(consent::redact("ab 0612345678", 9).text == "ab ");
  CHECK(consent::redact("ab 0612345678", 10).text == "ab [phone]");
  CHECK_FALSE(consent::redact("ab 0612345678", 10).cut);
}

TEST_CASE("redaction: a number that straddles the limit is replaced and not cut in two") {
  std::string text(495, 'a');
  text += " 0612345678";
  auto result = consent::redact(text);
  CHECK(result.cut);
  CHECK(result.text == std::string(495, 'a') + " ");
}

TEST_CASE("redaction: bytes that are no UTF-8 pass as they are") {
  std::string broken = "a\xFF\xC3(\xE2\x82 b";
  CHECK(redacted(broken) == broken);
  CHECK(redacted(std::string("a\0b", 3)) == std::string("a\0b", 3));
}

TEST_CASE("redaction: takes time in proportion to the length, whatever the text") {
  for (const char* piece :
       {"a", "0", "0 ", "6-", "a@", "@", "a ", "nl91abna", "06 ", "(0)", "a.b", " ", "+3"}) {
    const auto of_length = [&](std::size_t length) {
      std::string text;
      while (text.size() < length) text += piece;
      return text;
    };
    CAPTURE(piece);
    // Eight times the length: as much work as eight short ones, not eight times as much.
    CHECK(work_ratio(of_length(200'000), of_length(25'000), 8) < 3);
  }
}
