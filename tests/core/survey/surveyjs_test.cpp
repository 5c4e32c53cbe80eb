// SPDX-License-Identifier: Apache-2.0
#include "core/survey/surveyjs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/base/file.h"
#include "core/survey/markup.h"

using namespace halte::survey;
using halte::base::Json;

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> fixtures() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(HALTE_SOURCE_DIR) / "tests/core/survey/surveyjs"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

Json document(const std::string& name) {
  auto text =
      halte::base::read_file(fs::path(HALTE_SOURCE_DIR) / "tests/core/survey/surveyjs" / (name + ".json"));
  REQUIRE(text);
  return Json::parse(*text);
}

Import imported(const Json& source) {
  auto made = import_surveyjs(halte::base::to_text(source));
  if (!made)
    for (const auto& problem : made.error()) MESSAGE(problem.pointer << ": " << problem.reason);
  REQUIRE(made);
  return std::move(*made);
}

std::vector<Problem> refusal_of(const Json& source) {
  auto made = import_surveyjs(halte::base::to_text(source));
  return made ? std::vector<Problem>{} : made.error();
}

Export exported(const Json& definition) {
  auto made = export_surveyjs(definition);
  if (!made)
    for (const auto& problem : made.error()) MESSAGE(problem.pointer << ": " << problem.reason);
  REQUIRE(made);
  return std::move(*made);
}

Json& question(Json& definition, const std::string& name) {
  for (auto& page : definition["pages"])
    for (auto& element : page["elements"])
      if (element["name"] == name) return element;
  FAIL("there is no question " << name);
  return definition;
}

std::vector<std::string> asked(const Json& definition) {
  std::vector<std::string> names;
  for (const auto& page : definition["pages"])
    for (const auto& element : page["elements"]) names.push_back(element["name"]);
  return names;
}
using Names = std::vector<std::string>;

std::string reason_at(const Import& made, const std::string& pointer) {
  auto found = std::ranges::find(made.remarks, pointer, &Remark::pointer);
  return found == made.remarks.end() ? "" : found->reason;
}

Json survey_of(const Json& elements) { return {{"elements", elements}}; }

// The paths at which the two differ.
std::vector<std::string> differences(const Json& a, const Json& b) {
  std::vector<std::string> paths;
  for (const auto& step : Json::diff(a, b))
    paths.push_back(step["op"].get<std::string>() + " " + step["path"].get<std::string>());
  return paths;
}

}  // namespace

TEST_CASE("surveyjs: a document of others comes out as it came in") {
  REQUIRE(fixtures().size() >= 8);
  for (const auto& file : fixtures()) {
    CAPTURE(file.string());
    auto text = halte::base::read_file(file);
    REQUIRE(text);
    auto made = import_surveyjs(*text);
    REQUIRE(made);
    CHECK(parse(halte::base::to_text(made->definition)));
    auto out = exported(made->definition);
    CHECK(out.document == Json::parse(*text));
    CHECK(out.not_carried.empty());
    // Written to a file and read again, it is the same.
    CHECK(exported(Json::parse(made->definition.dump())).document.dump() == Json::parse(*text).dump());
  }
}

TEST_CASE("surveyjs: every remark points at something that the document has, with a reason") {
  for (const auto& file : fixtures()) {
    const Json source = Json::parse(*halte::base::read_file(file));
    const auto made = imported(source);
    CHECK_FALSE(made.remarks.empty());
    for (const auto& remark : made.remarks) {
      INFO(file.string() << " " << remark.pointer << ": " << remark.reason);
      CHECK(source.contains(Json::json_pointer(remark.pointer)));
      CHECK_FALSE(remark.reason.empty());
    }
  }
}

TEST_CASE("surveyjs: what the kiosk can ask is asked, in the order of the document") {
  auto of = [](const char* name) { return asked(imported(document(name)).definition); };
  CHECK(of("nps") == Names{"recommend", "liked", "why_passive", "why_low"});
  CHECK(of("csat_matrix") == Names{"csat", "again", "order_number"});
  CHECK(of("restaurant_panels") ==
        Names{"welcome", "meal", "wine", "wine_comment", "best_dish", "improve", "come_back", "mail"});
  CHECK(of("patient_assessment") == Names{"first-name", "last-name", "weight", "height", "symptoms",
                                          "fever_days", "medicine", "which_medicine"});
  CHECK(of("product_feedback") == Names{"Do_you_use_the_app", "why_never", "ease", "hard_part", "hard_pay",
                                        "hard_other", "hard_followup", "device", "device_comment",
                                        "locale_2"});
  CHECK(of("multi_language") == Names{"room", "missing", "more"});
  CHECK(of("choices_by_url") == Names{"region", "again", "again_no"});
  CHECK(of("quiz_timers") == Names{"start", "origin", "kinds", "milk"});
  CHECK(of("event_legacy") == Names{"came_by", "parking", "talks", "food", "bring", "speaker"});
}

TEST_CASE("surveyjs: what is kept and what is changed is said, with the reason") {
  const auto patient = imported(document("patient_assessment"));
  CHECK(reason_at(patient, "/calculatedValues") == "is not computed at the kiosk");
  CHECK(reason_at(patient, "/pages/0/elements/0") == "its questions are asked one by one");
  CHECK(reason_at(patient, "/pages/0/elements/1") == "is not asked: the kiosk has no input of this kind");
  CHECK(reason_at(patient, "/pages/0/elements/2") ==
        "is not asked: its condition is on {birthdate}, which the kiosk does not ask");
  CHECK(reason_at(patient, "/pages/1/elements/5") ==
        "is not asked: its condition is on {letter_comment}, which the kiosk does not ask");
  CHECK(reason_at(patient, "/pages/2") == "is not shown: it asks nothing at the kiosk");
  CHECK(reason_at(patient, "/pages/2/elements/0") ==
        "is not asked: the kiosk has no question of type signaturepad");
  const auto product = imported(document("product_feedback"));
  CHECK(reason_at(product, "/pages/0/elements/0/name") ==
        "is called Do_you_use_the_app here, and in answers");
  CHECK(reason_at(product, "/pages/1/elements/2") ==
        "is not asked: its answer is that of /pages/1/elements/1");
  CHECK(reason_at(product, "/pages/1/elements/5") ==
        "is asked as radiogroup, not rating: its values are not whole numbers that rise");
  CHECK(reason_at(product, "/pages/1/elements/6") ==
        "is not asked: its condition is on {locale}, which the kiosk does not ask");  // SurveyJS's own
  const auto legacy = imported(document("event_legacy"));
  CHECK(reason_at(legacy, "/pages/0/questions/4").starts_with("is not asked: rateMin"));
  CHECK(reason_at(legacy, "/pages/1/questions/1") == "is not asked: it is read only");
}

TEST_CASE("surveyjs: a panel's condition counts for each of its questions") {
  auto definition = imported(document("restaurant_panels")).definition;
  CHECK(question(definition, "wine")["visibleIf"] == "{meal} = 'Dinner'");
  CHECK(question(definition, "wine_comment")["visibleIf"] == "({meal} = 'Dinner') = true and ({wine} < 3)");
}

TEST_CASE("surveyjs: names that the kiosk cannot use are replaced, in conditions as well") {
  auto definition = imported(document("product_feedback")).definition;
  CHECK(question(definition, "why_never")["visibleIf"] == "{Do_you_use_the_app} = 'Never'");
  CHECK(question(definition, "ease")["visibleIf"] ==
        "{Do_you_use_the_app} anyof ['Every day', 'Now and then']");
  CHECK(question(definition, "hard_followup")["visibleIf"] ==
        "{hard_pay} notempty or {hard_other.length} > 3");
  CHECK(question(definition, "Do_you_use_the_app")["title"] == "Do you use the app?");
}

TEST_CASE("surveyjs: an edit of what Halte knows changes the document there and nowhere else") {
  const Json source = document("restaurant_panels");
  Json definition = imported(source).definition;
  question(definition, "wine")["title"] = {{"en", "The wine of the evening"}, {"fr", "Le vin"}};
  question(definition, "best_dish")["choices"][1]["text"]["fr"] = "Le poisson";
  question(definition, "meal")["choices"][0] = {{"value", "Breakfast"}, {"text", "Early"}};
  question(definition, "wine_comment")["visibleIf"] = "({meal} = 'Dinner') = true and ({wine} < 4)";
  question(definition, "come_back")["labelTrue"] = "Yes";
  const auto out = exported(definition);
  CHECK(out.not_carried.empty());
  CHECK(differences(source, out.document) ==
        Names{"replace /elements/1/elements/0/choices/0", "replace /elements/1/elements/1/elements/0/title",
              "replace /elements/1/elements/1/elements/1/visibleIf",
              "replace /elements/2/elements/0/choices/1/text/fr", "replace /elements/4/labelTrue"});
  CHECK(out.document["/elements/1/elements/1/elements/1/visibleIf"_json_pointer] == "{wine} < 4");
}

TEST_CASE("surveyjs: an edited condition gets the document's own names back") {
  const Json source = document("product_feedback");
  Json definition = imported(source).definition;
  question(definition, "hard_pay")["visibleIf"] = "{hard_part} = 'pay' and {device} notempty and {ease} = 3";
  const auto out = exported(definition);
  CHECK(out.not_carried.empty());
  CHECK(out.document["pages"][0]["elements"][4]["visibleIf"] ==
        "{hard part} = 'pay' and {device} notempty and {ease} = 3");
}

TEST_CASE("surveyjs: choices that SurveyJS adds by a switch are worded and taken out there") {
  const Json source = document("nps");
  Json definition = imported(source).definition;
  auto& choices = question(definition, "liked")["choices"];
  REQUIRE(choices.size() == 5);
  CHECK(choices[4] == Json{{"value", "other"}, {"text", "Something we forgot"}});
  choices[4]["text"] = "Anything else";
  CHECK(differences(source, exported(definition).document) == Names{"replace /pages/0/elements/1/otherText"});
  choices.erase(4);
  CHECK(differences(source, exported(definition).document) ==
        Names{"replace /pages/0/elements/1/showOtherItem"});
}

TEST_CASE("surveyjs: questions and pages that go, come and move do so in the document") {
  const Json source = document("restaurant_panels");
  Json definition = imported(source).definition;
  auto& elements = definition["pages"][0]["elements"];
  std::erase_if(elements.get_ref<Json::array_t&>(), [](const Json& q) { return q["name"] == "improve"; });
  elements.insert(elements.begin() + 2,
                  Json{{"type", "comment"}, {"name", "noise"}, {"title", "Was it loud?"}});
  std::swap(elements[elements.size() - 1], elements[elements.size() - 2]);
  auto out = exported(definition);
  CHECK(out.not_carried.empty());
  CHECK(asked(imported(out.document).definition) == asked(definition));
  CHECK(out.document["elements"][1]["elements"][1]["name"] == "noise");
  CHECK(out.document["elements"][2]["elements"].size() == 2);  // the image stays
  CHECK(out.document["elements"][1]["title"] == "Your visit");

  definition["pages"].push_back(
      {{"name", "last"}, {"title", "Last"}, {"elements", {{{"type", "comment"}, {"name", "bye"}}}}});
  out = exported(definition);
  CHECK(out.not_carried.empty());
  CHECK(out.document["pages"].size() == 2);
  CHECK(out.document["pages"][1]["title"] == "Last");
  CHECK_FALSE(out.document.contains("elements"));
}

TEST_CASE("surveyjs: pages change their order, and a page that goes takes its rest along") {
  const Json source = document("multi_language");
  Json definition = imported(source).definition;
  std::swap(definition["pages"][0], definition["pages"][1]);
  auto out = exported(definition);
  CHECK(out.not_carried.empty());
  CHECK(out.document["pages"][0] == source["pages"][1]);
  CHECK(out.document["pages"][1] == source["pages"][0]);
  definition["pages"].erase(1);
  out = exported(definition);
  CHECK(out.not_carried.empty());
  CHECK(out.document["pages"] == Json::array({source["pages"][1]}));
  CHECK(out.document["completedHtml"] == source["completedHtml"]);
}

TEST_CASE("surveyjs: an edit that the document cannot say is named") {
  Json definition = imported(document("restaurant_panels")).definition;
  question(definition, "wine_comment")["visibleIf"] = "{wine} < 2";  // its panel has a condition too
  const auto out = exported(definition);
  REQUIRE(out.not_carried.size() == 1);
  CHECK(out.not_carried[0].pointer == "/pages/0/elements/3/visibleIf");
}

TEST_CASE("surveyjs: a text in many languages keeps them, and default counts as the survey's own") {
  auto definition = imported(document("multi_language")).definition;
  auto survey = parse(halte::base::to_text(definition));
  REQUIRE(survey);
  const auto& title = survey->title.by_locale;
  CHECK(title.at("nl") == "Uw verblijf");
  CHECK(title.at("en") == "Your stay");  // the fallback of all others
  CHECK(title.at("zh-cn") == "您的住宿");
  CHECK(survey->pages[0].questions[1].title.by_locale.at("nl") == "Wat miste u?");
}

TEST_CASE("surveyjs: a definition that was not imported is its own document") {
  const Json own = {{"pages", {{{"name", "p"}, {"elements", {{{"type", "comment"}, {"name", "a"}}}}}}}};
  CHECK(exported(own).document == own);
  CHECK_FALSE(export_surveyjs({{"pages", Json::array()}}));
}

TEST_CASE("surveyjs: what cannot be asked at all is refused with pointer and reason") {
  CHECK(refusal_of(Json::object()) == std::vector<Problem>{{"", "asks nothing that the kiosk can ask"}});
  CHECK(refusal_of(survey_of(Json::array({{{"type", "file"}, {"name", "f"}}}))) ==
        std::vector<Problem>{{"", "asks nothing that the kiosk can ask"},
                             {"/elements/0", "is not asked: the kiosk has no question of type file"}});
  const Json broken = survey_of(
      Json::array({{{"type", "comment"}, {"name", "a"}},
                   {{"type", "panel"},
                    {"name", "p"},
                    {"visibleIf", "{a} ="},
                    {"elements", {{{"type", "text"}, {"name", "b"}}, {{"type", "text"}, {"name", "c"}}}}}}));
  CHECK(refusal_of(broken) ==
        std::vector<Problem>{
            {"/elements/1/visibleIf", "at character 6: the expression ends where a value is expected"}});
  CHECK(refusal_of(Json::array()).at(0).reason == "must be an object: a survey");
}

TEST_CASE("surveyjs: a condition that only SurveyJS can read costs its question, not the survey") {
  const auto made =
      imported(survey_of(Json::array({{{"type", "comment"}, {"name", "a"}},
                                      {{"type", "comment"}, {"name", "b"}, {"visibleIf", "isWeekend({a})"}},
                                      {{"type", "comment"}, {"name", "c"}, {"visibleIf", "{a} = yes"}},
                                      {{"type", "comment"}, {"name", "d"}, {"visibleIf", "{c} empty"}}})));
  CHECK(asked(made.definition) == Names{"a"});
  CHECK(reason_at(made, "/elements/1").find("isWeekend") != std::string::npos);
}

TEST_CASE("surveyjs: deep and huge documents are refused") {
  std::string deep = R"({"elements":[{"type":"text","name":"a"}],"x":)" + std::string(100'000, '[') +
                     std::string(100'000, ']') + "}";
  auto refused = import_surveyjs(deep);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().at(0).reason == "nested deeper than 50 levels");
  Json huge = survey_of(Json::array({{{"type", "comment"}, {"name", "a"}}}));
  huge["completedHtml"] = std::string(Limits::bytes, 'x');
  CHECK(refusal_of(huge).at(0).reason == "is larger than 1048576 bytes");
  huge["completedHtml"] = std::string(Limits::bytes - 100, 'x');
  CHECK(refusal_of(huge).at(0).reason.starts_with("is larger than 1048576 bytes, together"));
  Json many = Json::array();
  for (int i = 0; i < 501; ++i) many.push_back({{"type", "text"}, {"name", "q" + std::to_string(i)}});
  CHECK(refusal_of(survey_of(many)) == std::vector<Problem>{{"", "holds more than 500 questions"}});
}

TEST_CASE("surveyjs: the HTML of a page is shown as text with bold, italic and line ends") {
  CHECK(simplified_markup("<p>One</p>\n<p>Two &amp; <em>three</em></p>") == "One<br>Two &amp; <i>three</i>");
  CHECK(simplified_markup("<div><img src='x'></div>").empty());
  CHECK(simplified_markup("<b></b><p>&nbsp;</p>").empty());
  CHECK(simplified_markup("a < b &eacute;t&eacute;&nbsp;&rarr; x &") == "a &lt; b été &amp;rarr; x &amp;");
  CHECK(simplified_markup("<script>alert('<b>')</script>x<STYLE>p{}</STYLE>") == "x");
  CHECK(simplified_markup("<strong><i>a</strong>b</i>") == "<b><i>a</i></b>b");
  for (auto text : {"<b>a", "<b><b>a</b></b>", "</b>a", "<i><b>x</i>y</b>", "a<", "&", "<<b>>"})
    CHECK_MESSAGE(parse_markup(simplified_markup(text)), text);
}
