// SPDX-License-Identifier: Apache-2.0
#include "core/survey/survey.h"

#include <doctest/doctest.h>

#include <string>

#include "core/base/file.h"
#include "core/survey/flow.h"
#include "core/survey/markup.h"

using namespace halte::survey;
using halte::base::Json;

namespace {

std::vector<Problem> problems_of(const Json& definition) {
  auto survey = parse(halte::base::to_text(definition));
  return survey ? std::vector<Problem>{} : survey.error();
}

std::vector<std::string> pointers_of(const Json& definition) {
  std::vector<std::string> pointers;
  for (const auto& problem : problems_of(definition)) pointers.push_back(problem.pointer);
  return pointers;
}

Json survey_of(const Json& question) { return {{"pages", {{{"name", "p"}, {"elements", {question}}}}}}; }

std::string shipped(const std::string& name) {
  auto text = halte::base::read_file(std::string(HALTE_SOURCE_DIR) + "/assets/surveys/" + name + ".json");
  REQUIRE(text);
  return *text;
}

const std::vector<std::string> kLocales{"nl", "en", "de", "fr"};
using Pointers = std::vector<std::string>;

}  // namespace

TEST_CASE("survey: the surveys that ship are read and speak all four languages") {
  for (const char* name : {"visit", "counter"}) {
    auto survey = parse(shipped(name));
    REQUIRE_MESSAGE(survey, name);
    CHECK(missing_translations(*survey, kLocales).empty());
  }
}

TEST_CASE("survey: the default survey asks what fits the first tap") {
  auto survey = parse(shipped("visit"));
  REQUIRE(survey);
  auto reason_after = [&](int visit) {
    return visible_questions(survey->pages[1], {{"visit", visit}}).at(0)->name;
  };
  CHECK(reason_after(5) == "went_well");
  CHECK(reason_after(4) == "went_well");
  CHECK(reason_after(3) == "could_be_better");
  CHECK(next_page(*survey, 0, {}) == 2);
  const auto& rating = std::get<Rating>(survey->pages[0].questions[0].kind);
  CHECK(rating.look == Rating::Look::smileys);
  CHECK(rating.items.size() == 5);
  CHECK(rating.items[4].text.in(kLocales) == "Heel goed");
}

TEST_CASE("survey: all problems come at once, each with its pointer") {
  Json definition = {{"pages",
                      {{{"name", "p"},
                        {"elements",
                         {{{"type", "rating"}, {"name", "a"}, {"rateMax", "5"}, {"colour", 1}},
                          {{"type", "matrix"}, {"name", "b"}},
                          {{"type", "text"}, {"name", "A"}, {"visibleIf", "{a} >"}},
                          {{"type", "comment"}, {"name", "d"}, {"visibleIf", "{nobody} = 1"}}}}}}},
                     {"triggers", Json::array()}};
  CHECK(pointers_of(definition) == Pointers{"/triggers", "/pages/0/elements/0/colour",
                                            "/pages/0/elements/0/rateMax", "/pages/0/elements/1/type",
                                            "/pages/0/elements/2/visibleIf", "/pages/0/elements/2/name",
                                            "/pages/0/elements/3/visibleIf"});
}

TEST_CASE("survey: what is not supported is refused with the reason") {
  auto pointer = [](const Json& question) { return pointers_of(survey_of(question)); };
  CHECK(pointer({{"type", "text"}, {"name", "q"}, {"inputType", "date"}}) ==
        Pointers{"/pages/0/elements/0/inputType"});
  CHECK(pointer({{"type", "text"}, {"name", "locale"}}) == Pointers{"/pages/0/elements/0/name"});
  CHECK(pointer({{"type", "text"}, {"name", "a.b"}}) == Pointers{"/pages/0/elements/0/name"});
  CHECK(pointer({{"type", "text"}, {"name", "q"}, {"title", "Dear {q}"}}) ==
        Pointers{"/pages/0/elements/0/title"});
  CHECK(pointer({{"type", "radiogroup"}, {"name", "q"}}) == Pointers{"/pages/0/elements/0"});
  CHECK(pointer({{"type", "radiogroup"}, {"name", "q"}, {"choices", {"1", 1}}}) ==
        Pointers{"/pages/0/elements/0/choices/1"});
  CHECK(pointer({{"type", "rating"}, {"name", "q"}, {"rateValues", {3, 2}}}) ==
        Pointers{"/pages/0/elements/0/rateValues/1"});
  CHECK(pointer({{"type", "rating"}, {"name", "q"}, {"rateMin", 5}, {"rateMax", 5}}) ==
        Pointers{"/pages/0/elements/0"});
  CHECK(pointer({{"type", "html"}, {"name", "q"}, {"html", "<script>"}}) ==
        Pointers{"/pages/0/elements/0/html"});
  CHECK(problems_of(Json::object()) ==
        std::vector<Problem>{{"", "pages is missing: it must be a list of 1 to 100 items"}});
  CHECK(parse("{").error().at(0).reason.starts_with("not JSON at line 1"));
  CHECK(parse(std::string(Limits::bytes + 1, ' ')).error().size() == 1);
}

TEST_CASE("survey: more than 500 questions are refused") {
  Json pages = Json::array();
  for (int p = 0; p < 51; ++p) {
    Json elements = Json::array();
    for (int q = 0; q < 10; ++q)
      elements.push_back({{"type", "comment"}, {"name", "q" + std::to_string(p * 10 + q)}});
    pages.push_back({{"name", "p" + std::to_string(p)}, {"elements", elements}});
  }
  CHECK(pointers_of({{"pages", pages}}) == Pointers{"/pages"});
  pages.erase(50);
  CHECK(pointers_of({{"pages", pages}}).empty());
}

TEST_CASE("survey: a scale follows from any two of rateMin, rateMax and rateCount") {
  auto scale = [](Json question) {
    question["type"] = "rating";
    question["name"] = "q";
    auto survey = parse(halte::base::to_text(survey_of(question)));
    REQUIRE(survey);
    const auto& items = std::get<Rating>(survey->pages[0].questions[0].kind).items;
    return std::pair(items.front().value, items.back().value);
  };
  CHECK(scale(Json::object()) == std::pair(1, 5));
  CHECK(scale({{"rateMin", 0}, {"rateMax", 10}}) == std::pair(0, 10));
  CHECK(scale({{"rateMin", 2}, {"rateCount", 4}}) == std::pair(2, 5));
  CHECK(scale({{"rateMax", 7}, {"rateCount", 3}}) == std::pair(5, 7));
}

TEST_CASE("survey: a text falls back to the language, the chain, English, then anything") {
  LocalizedText text{{{"nl", "dag"}, {"en", "hello"}}};
  CHECK(text.in(std::vector<std::string>{"nl-BE"}) == "dag");
  CHECK(text.in(std::vector<std::string>{"fr", "nl"}) == "dag");
  CHECK(text.in(std::vector<std::string>{"fr"}) == "hello");
  CHECK(LocalizedText{{{"pl", "cześć"}}}.in({}) == "cześć");
  CHECK(LocalizedText{}.in({}).empty());
}

TEST_CASE("survey: a missing translation is named with its place") {
  auto survey = parse(R"({"locale": "nl", "pages": [{"name": "p", "elements": [
      {"type": "radiogroup", "name": "q", "title": {"default": "Waarom?", "en": "Why?"}, "choices": [{"value": 1, "text": "Zo"}]}]}]})");
  REQUIRE(survey);
  CHECK(missing_translations(*survey, std::vector<std::string>{"nl", "en"}) ==
        std::vector<MissingTranslation>{{"/pages/0/elements/0/choices/0", "en"}});
}

TEST_CASE("survey: markup is text, b, i and br, another tag is refused by name") {
  CHECK(parse_markup("a <b>b<i>c</i></b><br>&lt;").value() ==
        std::vector<StyledRun>{
            {"a ", false, false}, {"b", true, false}, {"c", true, true}, {"\n<", false, false}});
  CHECK(parse_markup("<a href='x'>").error().starts_with("<a href='x'> is not supported"));
  for (const char* broken : {"<b>", "</b>", "<b><i></b></i>", "a < b", "&copy;", "<b onclick=x>"})
    CHECK_FALSE(parse_markup(broken));
}

TEST_CASE("survey: no truncation and no changed byte of a survey brings the reader down") {
  std::string text = shipped("counter");
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < text.size(); at += 7) {
    accepted += parse(text.substr(0, at)).has_value();
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
    accepted += parse(changed).has_value();
  }
  CHECK(accepted < text.size() / 7);
}
