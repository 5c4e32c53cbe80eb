// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/survey/expression.h"
#include "core/survey/localized_text.h"

// A survey: SurveyJS JSON, of which assets/schemas/survey.schema.json publishes the subset that is
// supported. Parsed once, then an immutable value that any thread may read.
namespace halte::survey {

struct Choice {
  base::Json value;  // a text or a whole number, as it stands in the answer
  LocalizedText text;
};

struct RatingItem {
  int value;
  LocalizedText text;  // may be empty: then the number, star or face speaks for itself
};

struct Rating {
  enum class Look : std::uint8_t { numbers, stars, smileys };
  Look look = Look::numbers;
  std::vector<RatingItem> items;  // ascending, at least two
  LocalizedText min_text;         // under the lowest item; may be empty
  LocalizedText max_text;
};

struct Radiogroup {
  std::vector<Choice> choices;
};

struct Checkbox {
  std::vector<Choice> choices;
  std::size_t min_selected = 0;             // 0: none need be chosen
  std::optional<std::size_t> max_selected;  // unset: all may be
};

struct Comment {
  std::optional<std::size_t> max_length;  // UTF-16 code units, as in browsers
  LocalizedText placeholder;
};

struct TextInput {
  enum class Type : std::uint8_t { text, email, tel, number };
  Type type = Type::text;
  std::optional<std::size_t> max_length;  // UTF-16 code units
  LocalizedText placeholder;
};

struct Boolean {
  LocalizedText true_text;  // may be empty: then the interface's own "Yes"
  LocalizedText false_text;
};

struct Html {
  LocalizedText html;  // every translation passes parse_markup()
};

using QuestionKind = std::variant<Rating, Radiogroup, Checkbox, Comment, TextInput, Boolean, Html>;

struct Question {
  std::string name;
  LocalizedText title;  // the name, where the definition has none; empty for html
  LocalizedText description;
  bool required = false;
  std::optional<Expression> visible_if;
  QuestionKind kind;
};

struct Page {
  std::string name;
  LocalizedText title;
  LocalizedText description;
  std::optional<Expression> visible_if;
  std::vector<Question> questions;  // at least one
};

struct Survey {
  std::string locale = "en";  // the language of texts that name none
  LocalizedText title;
  LocalizedText description;
  std::vector<Page> pages;  // at least one
};

// What is wrong, and where: a JSON pointer (RFC 6901) into the definition, "" for the whole.
struct Problem {
  std::string pointer;
  std::string reason;

  friend bool operator==(const Problem&, const Problem&) = default;
};

struct Limits {
  static constexpr std::size_t bytes = 1 << 20;
  static constexpr std::size_t pages = 100;
  static constexpr std::size_t questions = 500;
  static constexpr std::size_t choices = 100;
  static constexpr std::size_t text_bytes = 4096;
  static constexpr std::size_t name_bytes = 64;
};

// The property of a definition that holds the SurveyJS document it was imported from; see surveyjs.h.
inline constexpr std::string_view kOriginal = "surveyjs";

// All problems at once, in the order of the document; those of references between questions last.
std::expected<Survey, std::vector<Problem>> parse(std::string_view json);

// nullptr if there is no such question.
const Question* find_question(const Survey& survey, std::string_view name);

struct MissingTranslation {
  std::string pointer;
  std::string locale;

  friend bool operator==(const MissingTranslation&, const MissingTranslation&) = default;
};

// Every text of the survey that exists, but not in one of the locales.
std::vector<MissingTranslation> missing_translations(const Survey& survey,
                                                     std::span<const std::string> locales);

}  // namespace halte::survey
