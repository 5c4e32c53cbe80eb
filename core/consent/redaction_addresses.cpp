// SPDX-License-Identifier: Apache-2.0
// E-mail addresses and IBANs.
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/consent/redaction_rules.h"

namespace halte::consent::rules {
namespace {

bool is_local(char32_t c) {
  return is_word(c) || std::u32string_view(U"._%+'-").find(c) != std::u32string_view::npos;
}

constexpr std::array<std::u32string_view, 18> mail_hosts{
    U"gmail",  U"hotmail", U"outlook", U"live", U"icloud", U"yahoo",   U"ziggo",  U"kpnmail", U"planet",
    U"xs4all", U"home",    U"proton",  U"gmx",  U"web.de", U"telenet", U"skynet", U"orange",  U"msn"};

// How sure a sign is that an address follows: "@" stands for itself, "(at)" asks for a domain with a dot, the
// bare word "at" for a host that is known to be a mail provider's: "gekocht at bol.com" is not an address.
enum class AtSign { sign, bracketed, word };
struct At {
  AtSign kind;
  std::size_t end;
};

std::optional<At> read_at(const Points& text, std::size_t i) {
  while (point_at(text, i) == U' ') ++i;
  if (point_at(text, i) == U'@') return At{AtSign::sign, i + 1};
  for (std::u32string_view sign : {U"(at)", U"[at]", U"{at}", U"<at>", U"(apenstaartje)", U"[apenstaartje]"})
    if (starts_with(text, i, sign)) return At{AtSign::bracketed, i + sign.size()};
  for (std::u32string_view sign : {U"at ", U"apenstaartje ", U"apenstaart "})
    if (starts_with(text, i, sign)) return At{AtSign::word, i + sign.size() - 1};
  return std::nullopt;
}

struct Domain {
  std::size_t end;
  bool dotted;
};

std::size_t label_end(const Points& text, std::size_t i) {
  while (is_word(point_at(text, i)) || (point_at(text, i) == U'-' && is_word(point_at(text, i + 1)))) ++i;
  return i;
}

// "example.co.uk", "gmail dot com", "gmail punt com"
std::optional<Domain> read_domain(const Points& text, std::size_t i) {
  if (!is_letter(point_at(text, i)) && !is_digit(point_at(text, i))) return std::nullopt;
  Domain domain{label_end(text, i), false};
  while (true) {
    std::size_t next = domain.end;
    for (std::u32string_view dot : {U" dot ", U" punt ", U" point ", U"(dot)", U"[dot]", U"(punt)", U"."})
      if (starts_with(text, domain.end, dot)) next = domain.end + dot.size();
    std::size_t end = label_end(text, next);
    if (next == domain.end || end == next) break;
    domain = {end, domain.dotted || is_letter(text[end - 1])};
  }
  return domain;
}

bool is_mail_host(const Points& text, std::size_t at) {
  return std::ranges::any_of(mail_hosts, [&](std::u32string_view host) {
    return starts_with(text, at, host) && !is_word(point_at(text, at + host.size()));
  });
}

// The address whose local part is text[begin, end).
std::optional<Match> email_with(const Points& text, std::size_t begin, std::size_t end) {
  std::optional<At> at = read_at(text, end);
  if (!at) return std::nullopt;
  std::size_t start = at->end;
  while (point_at(text, start) == U' ') ++start;
  if (start > at->end + 1 || at->end > end + 16)
    return std::nullopt;  // one space beside the sign, not a new line of thought
  std::optional<Domain> domain = read_domain(text, start);
  if (!domain || !std::any_of(text.begin() + static_cast<std::ptrdiff_t>(start),
                              text.begin() + static_cast<std::ptrdiff_t>(domain->end), is_letter))
    return std::nullopt;
  bool tight = at->kind == AtSign::sign && at->end == end + 1 && start == at->end;
  bool host = is_mail_host(text, start);
  bool sure = tight ? domain->end - start >= 2 : at->kind == AtSign::word ? host : host || domain->dotted;
  if (!sure) return std::nullopt;
  return Match{begin, domain->end, Sensitive::email};
}

struct IbanLength {
  std::u32string_view country;
  std::size_t length;
};
// The countries of SEPA, from the ISO 13616 registry.
constexpr std::array iban_lengths{
    IbanLength{U"ad", 24}, IbanLength{U"at", 20}, IbanLength{U"be", 16}, IbanLength{U"bg", 22},
    IbanLength{U"ch", 21}, IbanLength{U"cy", 28}, IbanLength{U"cz", 24}, IbanLength{U"de", 22},
    IbanLength{U"dk", 18}, IbanLength{U"ee", 20}, IbanLength{U"es", 24}, IbanLength{U"fi", 18},
    IbanLength{U"fr", 27}, IbanLength{U"gb", 22}, IbanLength{U"gi", 23}, IbanLength{U"gr", 27},
    IbanLength{U"hr", 21}, IbanLength{U"hu", 28}, IbanLength{U"ie", 22}, IbanLength{U"is", 26},
    IbanLength{U"it", 27}, IbanLength{U"li", 21}, IbanLength{U"lt", 20}, IbanLength{U"lu", 20},
    IbanLength{U"lv", 21}, IbanLength{U"mc", 27}, IbanLength{U"mt", 31}, IbanLength{U"nl", 18},
    IbanLength{U"no", 15}, IbanLength{U"pl", 28}, IbanLength{U"pt", 25}, IbanLength{U"ro", 24},
    IbanLength{U"se", 24}, IbanLength{U"si", 19}, IbanLength{U"sk", 24}, IbanLength{U"sm", 27},
    IbanLength{U"tr", 26}, IbanLength{U"va", 22}};

// ISO 7064: the first four characters at the end, letters as 10 … 35, the whole modulo 97 is 1.
bool passes_mod_97(std::u32string iban) {
  std::ranges::rotate(iban, iban.begin() + 4);
  unsigned remainder = 0;
  for (char32_t c : iban) {
    unsigned value = is_digit(c) ? c - U'0' : 10 + (c - U'a');
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder == 1;
}

std::optional<Match> iban_at(const Points& text, std::size_t begin) {
  auto country = std::ranges::find_if(
      iban_lengths, [&](const IbanLength& c) { return starts_with(text, begin, c.country); });
  if (country == iban_lengths.end()) return std::nullopt;
  std::u32string iban;
  std::size_t i = begin;
  while (i < text.size() && iban.size() < country->length) {
    bool separator = text[i] == U' ' || text[i] == U'-' || text[i] == U'.';
    if (separator && is_word(point_at(text, i + 1))) {
      ++i;
      continue;
    }
    if (!is_digit(text[i]) && !(text[i] >= U'a' && text[i] <= U'z')) return std::nullopt;
    iban += text[i++];
  }
  bool complete = iban.size() == country->length && !is_digit(point_at(text, i));
  if (!complete || !is_digit(iban[2]) || !is_digit(iban[3]) || !passes_mod_97(iban)) return std::nullopt;
  return Match{begin, i, Sensitive::iban};
}

}  // namespace

void find_emails(Points& text, std::vector<Match>& matches) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (!is_local(text[i])) {
      ++i;
      continue;
    }
    std::size_t begin = i;
    while (i < text.size() && is_local(text[i])) ++i;
    while (begin < i && !is_word(text[begin])) ++begin;
    if (begin == i) continue;
    if (std::optional<Match> match = email_with(text, begin, i)) {
      take(text, matches, *match);
      i = match->end;
    }
  }
}

void find_ibans(Points& text, std::vector<Match>& matches) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    bool at_start = i == 0 || !is_word(text[i - 1]);
    if (!at_start || !is_letter(text[i])) continue;
    if (std::optional<Match> match = iban_at(text, i)) {
      take(text, matches, *match);
      i = match->end - 1;
    }
  }
}

}  // namespace halte::consent::rules
