// SPDX-License-Identifier: Apache-2.0
#include "core/survey/survey.h"

#include <fmt/format.h>

#include <functional>

namespace halte::survey {
namespace {

using TextVisitor = std::function<void(std::string pointer, const LocalizedText& text)>;

struct KindTexts {
  const std::string& at;
  const TextVisitor& visit;

  void choices(const std::vector<Choice>& choices) const {
    for (std::size_t i = 0; i < choices.size(); ++i)
      visit(fmt::format("{}/choices/{}", at, i), choices[i].text);
  }
  void operator()(const Rating& rating) const {
    for (std::size_t i = 0; i < rating.items.size(); ++i)
      visit(fmt::format("{}/rateValues/{}", at, i), rating.items[i].text);
    visit(at + "/minRateDescription", rating.min_text);
    visit(at + "/maxRateDescription", rating.max_text);
  }
  void operator()(const Radiogroup& group) const { choices(group.choices); }
  void operator()(const Checkbox& box) const { choices(box.choices); }
  void operator()(const Comment& comment) const { visit(at + "/placeholder", comment.placeholder); }
  void operator()(const TextInput& input) const { visit(at + "/placeholder", input.placeholder); }
  void operator()(const Boolean& boolean) const {
    visit(at + "/labelTrue", boolean.true_text);
    visit(at + "/labelFalse", boolean.false_text);
  }
  void operator()(const Html& html) const { visit(at + "/html", html.html); }
};

void for_each_text(const Survey& survey, const TextVisitor& visit) {
  visit("/title", survey.title);
  visit("/description", survey.description);
  for (std::size_t p = 0; p < survey.pages.size(); ++p) {
    const Page& page = survey.pages[p];
    std::string page_at = fmt::format("/pages/{}", p);
    visit(page_at + "/title", page.title);
    visit(page_at + "/description", page.description);
    for (std::size_t q = 0; q < page.questions.size(); ++q) {
      const Question& question = page.questions[q];
      std::string at = fmt::format("{}/elements/{}", page_at, q);
      visit(at + "/title", question.title);
      visit(at + "/description", question.description);
      std::visit(KindTexts{at, visit}, question.kind);
    }
  }
}

}  // namespace

const Question* find_question(const Survey& survey, std::string_view name) {
  for (const auto& page : survey.pages)
    for (const auto& question : page.questions)
      if (question.name == name) return &question;
  return nullptr;
}

std::vector<MissingTranslation> missing_translations(const Survey& survey,
                                                     std::span<const std::string> locales) {
  std::vector<MissingTranslation> missing;
  for_each_text(survey, [&](const std::string& pointer, const LocalizedText& text) {
    if (text.empty()) return;
    for (const auto& locale : locales)
      if (!text.find(locale)) missing.push_back({pointer, locale});
  });
  return missing;
}

}  // namespace halte::survey
