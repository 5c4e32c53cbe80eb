// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/key_tables.h"

#include <algorithm>

namespace halte::ui {
namespace {

constexpr std::string_view q1 = "qwertyuiop", q2 = "asdfghjkl", q3 = "zxcvbnm";
constexpr std::string_view a1 = "azertyuiop", a2 = "qsdfghjklm", a3 = "wxcvbn'";

struct Language {
  std::string_view code;
  LetterTable table;
};

constexpr Language languages[] = {
    {"en", {{q1, q2, q3}, "éèêëüöçñ"}},
    {"nl", {{q1, q2, q3}, "éëèïüöáóç"}},
    {"nl-BE", {{a1, a2, a3}, "éëèïüöàçê"}},
    {"fr", {{a1, a2, a3}, "éèêëàâçùûîïôœ"}},
    {"de", {{"qwertzuiopü", "asdfghjklöä", "yxcvbnmß"}, ""}},
    {"pl", {{q1, q2, q3}, "ąćęłńóśźż"}},
    {"tr", {{"qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"}, "âîû"}},
    {"es", {{q1, "asdfghjklñ", q3}, "áéíóúü¿¡"}},
    {"pt", {{q1, "asdfghjklç", q3}, "ãõáàâéêíóôú"}},
    {"it", {{q1, q2, q3}, "àèéìòù"}},
    {"sv", {{"qwertyuiopå", "asdfghjklöä", q3}, "éü"}},
    {"da", {{"qwertyuiopå", "asdfghjklæø", q3}, "éü"}},
    {"nb", {{"qwertyuiopå", "asdfghjkløæ", q3}, "éü"}},
    {"ro", {{q1, q2, q3}, "ăâîșț"}},
    {"el", {{"ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"}, "άέήίόύώϊϋ", "ΑΒΓ"}},
    {"ru", {{"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"}, "ё", "АБВ"}},
    {"uk", {{"йцукенгшщзхї", "фівапролджє", "ячсмитьбю"}, "ґ'", "АБВ"}},
    {"ar", {{"ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظذ"}, "أإآ،؟", "أبج"}},
    {"he", {{"קראטוןםפ", "שדגכעיחלךף", "זסבהנמצתץ"}, "", "אבג"}},
};

struct Domain {
  std::string_view language, ending;
};

// The first market is the Netherlands: whoever is not listed lives there too.
constexpr Domain domains[] = {
    {"de", ".de"}, {"fr", ".fr"}, {"nl-BE", ".be"}, {"fr-BE", ".be"}, {"pl", ".pl"}};
constexpr std::string_view more_domains[] = {".nl", ".be", ".de", ".fr", ".eu", ".org", ".net"};

struct Variants {
  char32_t letter;
  std::string_view more;
};

constexpr Variants variants[] = {
    {U'a', "äàâáãåæą"}, {U'e', "éèëêęē"}, {U'i', "ïîíìı"}, {U'o', "öôóòõøœ"}, {U'u', "üûúùů"}, {U'c', "çćč"},
    {U'n', "ñń"},       {U's', "ßśšş"},   {U'l', "ł"},     {U'z', "źżž"},     {U'y', "ÿý"},    {U'g', "ğ"},
    {U'd', "đð"},       {U't', "þț"},     {U'r', "ř"},     {U'ا', "أإآ"},     {U'ي', "ىئ"},    {U'و', "ؤ"},
    {U'ه', "ة"},        {U'е', "ё"},      {U'г', "ґ"},     {U'\'', "’\""},
};

}  // namespace

const LetterTable& letters_of(std::string_view language) {
  const auto named = [](std::string_view code) {
    return std::ranges::find(languages, code, &Language::code);
  };
  auto found = named(language);
  // "de-AT" is "de"; what is not known at all is typed on QWERTY.
  if (found == std::end(languages)) found = named(language.substr(0, language.find('-')));
  return found == std::end(languages) ? languages[0].table : found->table;
}

bool is_latin(const LetterTable& table) { return static_cast<unsigned char>(table.rows[0][0]) < 0x80; }

std::string_view domain_of(std::string_view language) {
  const auto found = std::ranges::find(domains, language, &Domain::language);
  return found == std::end(domains) ? ".nl" : found->ending;
}

std::span<const std::string_view> other_domains() { return more_domains; }

std::string_view variants_of(char32_t letter) {
  const auto found = std::ranges::find(variants, letter, &Variants::letter);
  return found == std::end(variants) ? std::string_view{} : found->more;
}

}  // namespace halte::ui
