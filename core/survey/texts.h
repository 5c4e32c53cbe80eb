// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "core/survey/survey.h"

// A survey's texts for translators: a .po file of one language. Each text has a name of its own as
// msgctxt ("nps/title", "reasons/choices/staff", "page rate/title"), so that it is found again wherever its
// question has moved to; the msgid is the text in the survey's own language.
namespace halte::survey {

// Every text that the survey has, with its translation where there is one. Refused: what parse() refuses, and
// a language that is none or the survey's own.
std::expected<std::string, std::vector<Problem>> export_texts(const base::Json& definition,
                                                              std::string_view language);

struct TranslatedSurvey {
  base::Json definition;
  std::string language;
  std::size_t applied = 0;       // translations that are new or other than before
  std::size_t untranslated = 0;  // entries without a msgstr: what the survey has, stays
  // What is not applied, and why. The pointer is the msgctxt: the text has changed since (then the
  // translation counts as fuzzy), is marked fuzzy, or is not there any more.
  std::vector<Problem> left_out;
};

// The language is that of the file's header. Refused as a whole: a file that read_po() refuses, a definition
// that parse() refuses, before or with the translations in it (an answer in braces, a tag).
std::expected<TranslatedSurvey, std::vector<Problem>> import_texts(const base::Json& definition,
                                                                   std::string_view po);

}  // namespace halte::survey
