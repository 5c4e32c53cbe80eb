// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/survey/survey.h"

// Reads the properties of a survey's definition and collects what is wrong with them. A reading
// method returns an empty value after noting a problem, so that the caller just goes on.
namespace halte::survey {

// A language and its subtags: "nl", "pt-BR", "zh-Hant".
bool is_locale(std::string_view locale);
// What a question or a page may be called.
bool is_name(std::string_view name);
// A name that means something else inside SurveyJS's braces.
bool is_reserved(std::string_view lower_name);
// SurveyJS replaces {name} inside texts with the answer.
bool has_piping(std::string_view text);

// A JSON object of the definition and where it stands.
struct Node {
  const base::Json& json;
  std::string pointer;

  const base::Json* find(std::string_view key) const;
  std::string pointer_to(std::string_view key) const;
  std::string pointer_to(std::size_t index) const;
};

// A reference in an expression, to be checked when all questions are known.
struct PendingReference {
  std::string pointer;
  Reference reference;
};

class DefinitionReader {
 public:
  void note(std::string pointer, std::string reason) {
    problems.push_back({std::move(pointer), std::move(reason)});
  }

  // Every property must be one of these.
  void only(const Node& node, std::initializer_list<std::string_view> known, std::string_view what);

  std::string locale(const Node& node);
  // A name that an expression can refer to; "" if there is none to be had.
  std::string name(const Node& node);
  LocalizedText text(const Node& node, std::string_view key);
  LocalizedText text(const base::Json& json, const std::string& pointer);
  bool boolean(const Node& node, std::string_view key);
  std::optional<int> integer(const Node& node, std::string_view key, int min, int max);
  std::optional<std::string> string(const Node& node, std::string_view key);
  std::optional<Expression> expression(const Node& node, std::string_view key);
  // The list under the key, of min to max items; nullptr otherwise.
  const base::Json* list(const Node& node, std::string_view key, std::size_t min, std::size_t max);

  std::string default_locale = "en";
  std::vector<Problem> problems;
  std::vector<PendingReference> references;

 private:
  void translation(LocalizedText& text, std::string_view locale, const base::Json& json,
                   const std::string& pointer);
};

// One question, whatever its type.
Question read_question(DefinitionReader& reader, const Node& node);

}  // namespace halte::survey
