// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "core/survey/survey.h"

// SurveyJS documents that other programs made, in and out without loss. README.md, "Documents of
// others", says what of them is asked and how an edit finds its way back.
namespace halte::survey {

// What of a document is not as SurveyJS would show it.
struct Remark {
  enum class Kind : std::uint8_t {
    kept,     // stays in the document, the kiosk makes nothing of it
    changed,  // is asked, but in another way
  };
  Kind kind = Kind::kept;
  std::string pointer;  // into the imported document
  std::string reason;   // what goes after the pointer: "is layout, which the kiosk does itself"

  friend bool operator==(const Remark&, const Remark&) = default;
};

struct Import {
  base::Json definition;        // parse() accepts it; the document stands in it whole, under kOriginal
  std::vector<Remark> remarks;  // those of properties in the order of the walk, those of conditions last
};

// A pure function of the document. Refused, with every reason: what is no SurveyJS JSON, larger than
// Limits::bytes (together with its definition) or deeper than 50 levels, holds a condition that nobody
// can read, asks nothing that the kiosk can ask, or was imported already.
std::expected<Import, std::vector<Problem>> import_surveyjs(std::string_view json);

struct Export {
  base::Json document;
  // Where the document, imported again, would not give the definition: pointers into the definition.
  std::vector<Problem> not_carried;
};

// The document that the definition was imported from: JSON-equal to it if nothing was edited, else with
// the definition's edits in it. A definition that was not imported is its own document. Refused: what
// parse() refuses, and a kept document that import_surveyjs() refuses.
std::expected<Export, std::vector<Problem>> export_surveyjs(const base::Json& definition);

}  // namespace halte::survey
