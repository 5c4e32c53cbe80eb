// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

// Translations as translators' programs keep them: the .po files of GNU gettext, UTF-8, without plural forms.
// Our own, as gettext's library (libgettextpo) is under the GPL and cannot be part of these programs.
namespace halte::base {

struct PoEntry {
  std::string context;      // msgctxt
  std::string text;         // msgid
  std::string translation;  // msgstr; "" while there is none
  bool fuzzy = false;       // somebody must look at it again
  std::size_t line = 0;     // of its msgid, from 1; not written

  friend bool operator==(const PoEntry&, const PoEntry&) = default;
};

struct PoFile {
  std::map<std::string, std::string, std::less<>> header;  // "Language": "de"
  std::vector<PoEntry> entries;                            // without the header
};

struct PoLimits {
  static constexpr std::size_t bytes = 4 << 20;
  static constexpr std::size_t entries = 20'000;
};

// Strict: an unknown keyword or escape, text outside quotes, a control character, bytes that are no UTF-8, a
// plural form, an entry given twice and a header that is missing or names another charset are refused, with
// the line. Comments and obsolete entries (#~) are skipped.
Result<PoFile> read_po(std::string_view text, std::string subject);

// As msgfmt --check accepts it. The header fields come first, in a fixed order, then the entries in theirs.
std::string write_po(const PoFile& file);

}  // namespace halte::base
