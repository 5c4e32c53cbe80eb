// SPDX-License-Identifier: Apache-2.0
#include "core/consent/redaction.h"

#include <algorithm>

#include "core/consent/redaction_rules.h"

namespace halte::consent {
namespace {

// What is looked at: one code point each, with look-alikes folded to ASCII, and where it lies in the text.
struct Folded {
  rules::Points points;
  std::vector<std::size_t> offsets;  // one more than points: the end
};

struct Decoded {
  char32_t point;
  std::size_t bytes;
};

Decoded decode(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t size = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (size == 1 || lead >= 0xF8 || text.size() < size) return {U'\uFFFD', 1};
  char32_t point = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {U'\uFFFD', 1};
    point = (point << 6) | (byte(i) & 0x3Fu);
  }
  return {point, size};
}

char32_t fold(char32_t c) {
  if (c >= 0xFF10 && c <= 0xFF19) return U'0' + (c - 0xFF10);  // full width
  if (c >= 0x0660 && c <= 0x0669) return U'0' + (c - 0x0660);  // Arabic-Indic
  if (c >= 0x06F0 && c <= 0x06F9) return U'0' + (c - 0x06F0);
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return U'-';
  if (c == 0x00A0 || (c >= 0x2000 && c <= 0x200D) || c == 0x202F || c == 0x2060 || c == 0x3000) return U' ';
  if (c == 0xFF20) return U'@';
  if (c == rules::taken) return U' ';
  return c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c;
}

Folded fold(std::string_view text) {
  Folded folded;
  std::size_t at = 0;
  while (at < text.size()) {
    Decoded decoded = decode(text.substr(at));
    folded.points.push_back(fold(decoded.point));
    folded.offsets.push_back(at);
    at += decoded.bytes;
  }
  folded.offsets.push_back(at);
  return folded;
}

struct Writer {
  Redaction result;
  std::size_t room;

  bool write(std::string_view piece, std::size_t points) {
    if (points > room) {
      result.cut = true;
      return false;
    }
    result.text += piece;
    room -= points;
    return true;
  }
};

}  // namespace

void rules::take(Points& text, std::vector<Match>& matches, const Match& match) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(match.begin),
            text.begin() + static_cast<std::ptrdiff_t>(match.end), taken);
  matches.push_back(match);
}

std::string_view replacement(Sensitive kind) {
  switch (kind) {
    case Sensitive::email: return "[e-mail]";
    case Sensitive::phone: return "[phone]";
    case Sensitive::iban: return "[iban]";
    case Sensitive::bsn: return "[bsn]";
  }
  return "[private]";
}

Redaction redact(std::string_view text, std::size_t limit) {
  Folded folded = fold(text);
  std::vector<rules::Match> matches;
  rules::find_emails(folded.points, matches);
  rules::find_ibans(folded.points, matches);
  rules::find_numbers(folded.points, matches);
  std::ranges::sort(matches, {}, &rules::Match::begin);

  Writer writer{{}, limit};
  auto match = matches.begin();
  std::size_t i = 0;
  while (i < folded.points.size()) {
    if (match != matches.end() && match->begin == i) {
      std::string_view word = replacement(match->kind);  // ASCII: a byte is a code point
      if (!writer.write(word, word.size())) break;
      writer.result.replaced.push_back(match->kind);
      i = match->end;
      ++match;
      continue;
    }
    std::size_t from = folded.offsets[i];
    if (!writer.write(text.substr(from, folded.offsets[i + 1] - from), 1)) break;
    ++i;
  }
  return std::move(writer.result);
}

}  // namespace halte::consent
