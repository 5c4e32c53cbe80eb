// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/model/survey_questionnaire.h"

#include <algorithm>

#include "core/base/visit.h"
#include "core/survey/flow.h"
#include "core/survey/markup.h"

namespace halte::kiosk::model {
namespace {

// The survey's own language is the one for visitors whose language has no translation.
Text text_of(const survey::LocalizedText& source, const std::string& locale) {
  Text text(source.by_locale.begin(), source.by_locale.end());
  if (auto own = text.find(locale); own != text.end()) text["default"] = own->second;
  return text;
}

Text plain_text(const survey::LocalizedText& html, const std::string& locale) {
  Text text = text_of(html, locale);
  for (auto& [language, content] : text) {
    auto runs = survey::parse_markup(content);
    if (!runs) continue;  // cannot be: parse() has read it before
    content.clear();
    for (const survey::StyledRun& run : *runs) content += run.text;
  }
  return text;
}

Kind kind_of(survey::Rating::Look look) {
  switch (look) {
    case survey::Rating::Look::smileys: return Kind::faces;
    case survey::Rating::Look::stars: return Kind::stars;
    case survey::Rating::Look::numbers: break;
  }
  return Kind::numbers;
}

// Faces are drawn for two to five answers; a longer scale is shown as numbers.
constexpr std::size_t most_faces = 5;
// Digits: how many people, how many minutes. Too few for a phone number, which would be kept in the clear.
constexpr std::size_t longest_number = 6;

// A row of number keys counts from the first to the last.
bool is_without_gaps(const std::vector<survey::RatingItem>& items) {
  for (std::size_t i = 1; i < items.size(); ++i)
    if (items[i].value != items[i - 1].value + 1) return false;
  return true;
}

bool has_words_between(const Question& question) {
  const auto has_words = [](const Choice& choice) { return !choice.label.empty(); };
  return std::any_of(question.choices.begin() + 1, question.choices.end() - 1, has_words);
}

void show_as_choices(Question& question) {
  question.kind = Kind::single_choice;
  for (Choice& choice : question.choices)
    if (choice.label.empty()) choice.label = {{"default", base::to_text(choice.value)}};
}

// The words of a scale's ends stand below it; gaps, or words in between, make it a list.
void fill_numbers(Question& question, const std::vector<survey::RatingItem>& items) {
  if (!is_without_gaps(items) || has_words_between(question)) return show_as_choices(question);
  if (question.low_label.empty()) question.low_label = question.choices.front().label;
  if (question.high_label.empty()) question.high_label = question.choices.back().label;
}

void fill_rating(Question& question, const survey::Rating& rating, const std::string& locale) {
  question.kind = kind_of(rating.look);
  if (question.kind == Kind::faces && rating.items.size() > most_faces) question.kind = Kind::numbers;
  for (const survey::RatingItem& item : rating.items)
    question.choices.push_back({item.value, text_of(item.text, locale)});
  question.low_label = text_of(rating.min_text, locale);
  question.high_label = text_of(rating.max_text, locale);
  if (question.kind == Kind::numbers) fill_numbers(question, rating.items);
  if (question.kind != Kind::faces) return;
  // Where the faces have no words of their own, the ends keep theirs.
  for (Choice& choice : question.choices)
    if (choice.label.empty()) choice.label = {{"default", ""}};
  if (question.choices.front().label == Text{{"default", ""}} && !question.low_label.empty())
    question.choices.front().label = question.low_label;
  if (question.choices.back().label == Text{{"default", ""}} && !question.high_label.empty())
    question.choices.back().label = question.high_label;
}

void fill_choices(Question& question, const std::vector<survey::Choice>& choices, const std::string& locale) {
  for (const survey::Choice& choice : choices)
    question.choices.push_back({choice.value, text_of(choice.text, locale)});
}

ui::Typing typing_of(survey::TextInput::Type type) {
  using enum survey::TextInput::Type;
  switch (type) {
    case email: return ui::Typing::email;
    case tel: return ui::Typing::phone;
    case number: return ui::Typing::number;
    case text: break;
  }
  return ui::Typing::words;
}

void fill_line(Question& question, const survey::TextInput& input, const std::string& locale) {
  question.kind = Kind::line;
  question.typing = typing_of(input.type);
  question.placeholder = text_of(input.placeholder, locale);
  const std::size_t longest = question.typing == ui::Typing::number ? longest_number : 100;
  question.max_length = std::min(input.max_length.value_or(longest), longest);
}

Question question_of(const survey::Question& source, const std::string& locale) {
  Question question{.name = source.name,
                    .kind = Kind::statement,
                    .title = text_of(source.title, locale),
                    .description = text_of(source.description, locale),
                    .choices = {},
                    .low_label = {},
                    .high_label = {},
                    .required = source.required};
  std::visit(base::Visitor{[&](const survey::Rating& rating) { fill_rating(question, rating, locale); },
                           [&](const survey::Radiogroup& group) {
                             question.kind = Kind::single_choice;
                             fill_choices(question, group.choices, locale);
                           },
                           [&](const survey::Checkbox& box) {
                             question.kind = Kind::multiple_choice;
                             question.least = box.min_selected;
                             question.most = box.max_selected;
                             fill_choices(question, box.choices, locale);
                           },
                           [&](const survey::Comment& comment) {
                             question.kind = Kind::comment;
                             question.max_length =
                                 std::min(comment.max_length.value_or(500), question.max_length);
                             question.placeholder = text_of(comment.placeholder, locale);
                           },
                           [&](const survey::TextInput& input) { fill_line(question, input, locale); },
                           [&](const survey::Boolean& boolean) {
                             question.kind = Kind::yes_no;
                             question.choices = {{false, text_of(boolean.false_text, locale)},
                                                 {true, text_of(boolean.true_text, locale)}};
                           },
                           [&](const survey::Html& html) { question.title = plain_text(html.html, locale); }},
             source.kind);
  return question;
}

survey::Answers answers_of(const base::Json& answers) {
  survey::Answers all;
  for (const auto& [name, value] : answers.items()) all.emplace(name, value);
  return all;
}

}  // namespace

base::Result<std::unique_ptr<SurveyQuestionnaire>> SurveyQuestionnaire::create(
    const site::SurveyReference& reference) {
  auto parsed = survey::parse(base::to_text(reference.definition));
  if (!parsed) {
    std::string causes;
    for (const survey::Problem& problem : parsed.error())
      causes += (causes.empty() ? "" : "; ") + problem.pointer + ": " + problem.reason;
    return base::fail("survey " + reference.id, causes, "reading the configuration",
                      base::ErrorKind::invalid);
  }
  std::unique_ptr<SurveyQuestionnaire> made(new SurveyQuestionnaire);
  made->survey_ = std::move(*parsed);
  for (const survey::Page& page : made->survey_.pages)
    for (const survey::Question& question : page.questions)
      made->questions_.emplace(question.name, question_of(question, made->survey_.locale));
  if (made->visible(base::Json::object()).empty())
    return base::fail("survey " + reference.id, "asks nothing of a visitor who has answered nothing",
                      "reading the configuration", base::ErrorKind::invalid);
  return made;
}

std::vector<const Question*> SurveyQuestionnaire::visible(const base::Json& answers) const {
  const survey::Answers given = answers_of(answers);
  std::vector<const Question*> all;
  for (std::size_t page : survey::visible_pages(survey_, given))
    for (const survey::Question* question : survey::visible_questions(survey_.pages[page], given))
      all.push_back(&questions_.find(question->name)->second);
  return all;
}

}  // namespace halte::kiosk::model
