// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/survey/surveyjs.h"

// From a SurveyJS document to the subset, and where each part of the result came from.
namespace halte::survey {

// The choice that SurveyJS adds by a switch ("showOtherItem") and words by a property of its own.
struct SpecialChoice {
  std::string text_key;
  std::string switch_key;  // "" where it cannot be switched off
};

struct Origin {
  std::string pointer;                           // of the page or the question in the document
  std::string list_key;                          // of its choices or rate values there
  std::map<std::string, SpecialChoice> special;  // by the choice's value, as JSON text
  std::string outer_condition;  // what the panels around it put before its own condition; may be ""
};

// From a name in small letters (SurveyJS finds names without regard to case) to another name.
using NameMap = std::map<std::string, std::string>;

struct Projection {
  base::Json definition;
  std::vector<Remark> remarks;
  std::map<std::string, Origin> pages;      // by the names in the definition
  std::map<std::string, Origin> questions;  // by the names in the definition
  NameMap names;                            // from a question's name in conditions of the document to here
};

std::expected<Projection, std::vector<Problem>> project(const base::Json& document);

// Writes the names in a condition's braces anew; names that the map does not have stay.
std::string with_names(std::string_view condition, const NameMap& names);

// What stands in a condition's braces: the names that the map gives for it, and what it does not have.
struct UsedNames {
  std::set<std::string> known;
  std::vector<std::string> unknown;
};
UsedNames used_names(std::string_view condition, const NameMap& names);

// Notes what is lost on the way, and reads texts as the kiosk can show them.
class Projector {
 public:
  void kept(std::string pointer, std::string reason) {
    remarks.push_back({Remark::Kind::kept, std::move(pointer), std::move(reason)});
  }
  void changed(std::string pointer, std::string reason) {
    remarks.push_back({Remark::Kind::changed, std::move(pointer), std::move(reason)});
  }
  // Every property but these is kept, with its reason.
  void keep_others(const base::Json& object, const std::string& pointer, std::vector<std::string_view> used);

  // Copies a text under `key` from `source` to `target`, if the kiosk can show any of it.
  void copy_text(const base::Json& source, const std::string& pointer, base::Json& target,
                 std::string_view key);
  std::optional<base::Json> text(const base::Json& json, const std::string& pointer);

  std::string locale = "en";
  std::vector<Remark> remarks;

 private:
  std::optional<std::string> plain_text(const base::Json& json, const std::string& pointer);
};

// One element that is no panel, as a question of the subset without name and condition; or why it is
// not asked.
struct ProjectedQuestion {
  base::Json question;
  Origin origin;
};
std::expected<ProjectedQuestion, std::string> project_question(Projector& projector, const base::Json& source,
                                                               const std::string& pointer);

// Why a property that the kiosk makes nothing of is kept only.
std::string reason_to_keep(std::string_view property);

// Old spellings that SurveyJS still reads: the one that stands in the object, else the new one.
std::string_view spelling(const base::Json& object, std::string_view key);

}  // namespace halte::survey
