// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/survey/answers.h"
#include "core/survey/survey.h"

// Which questions and pages a visitor sees. Pure functions of the survey and the answers so far.
// Answers of questions that became hidden still count in expressions until completed() drops them,
// as in SurveyJS, whose clearInvisibleValues is "onComplete" by default.
namespace halte::survey {

// The answers as SurveyJS takes them in: a choice's text "1" becomes its value 1, a lone value of a
// checkbox a list, a list in a text field a text, "true" of a boolean true. Answers of questions that
// do not exist are dropped. What a kiosk itself collected is unchanged; imported answers may not be.
Answers normalized(const Survey& survey, const Answers& answers);

// Its own condition alone, not that of its page.
bool is_visible(const Question& question, const Answers& answers);
// Its own condition, and at least one visible question.
bool is_visible(const Page& page, const Answers& answers);

// In order. The pointers live as long as the page or the survey.
std::vector<const Question*> visible_questions(const Page& page, const Answers& answers);
// Indexes into survey.pages, ascending.
std::vector<std::size_t> visible_pages(const Survey& survey, const Answers& answers);

// The next visible page after (before) the current index; nullopt: the survey is complete (at its start).
std::optional<std::size_t> next_page(const Survey& survey, std::size_t current, const Answers& answers);
std::optional<std::size_t> previous_page(const Survey& survey, std::size_t current, const Answers& answers);
std::optional<std::size_t> first_page(const Survey& survey, const Answers& answers);

// What to keep when the visitor is done: the answers of visible questions, without blank ones and
// without choices that are not offered. Which questions are visible is decided once, by all answers:
// as in SurveyJS, dropping an answer hides no further question.
Answers completed(const Survey& survey, const Answers& answers);

// How many more questions the first one leads to, at most: of all its answers, and without what later answers
// add. Text alone is none. Beyond follow_up_questions people leave a counter; an open question alone
// multiplies drop-out by 2.5 (Peytchev 2009).
inline constexpr std::size_t follow_up_questions = 3;
std::size_t most_follow_ups(const Survey& survey);

}  // namespace halte::survey
