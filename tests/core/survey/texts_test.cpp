// SPDX-License-Identifier: Apache-2.0
#include "core/survey/texts.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/file.h"
#include "core/base/po.h"
#include "core/survey/surveyjs.h"

using namespace halte::survey;
using halte::base::Json;

namespace {

Json file(const std::string& path) {
  auto text = halte::base::read_file(std::string(HALTE_SOURCE_DIR) + "/" + path);
  REQUIRE(text);
  return Json::parse(*text);
}

halte::base::PoFile exported(const Json& definition, const std::string& language) {
  auto text = export_texts(definition, language);
  REQUIRE(text);
  auto read = halte::base::read_po(*text, "texts");
  REQUIRE(read);
  return std::move(*read);
}

halte::base::PoEntry& entry(halte::base::PoFile& file, const std::string& context) {
  for (auto& one : file.entries)
    if (one.context == context) return one;
  FAIL("there is no entry " << context);
  return file.entries[0];
}

TranslatedSurvey imported(const Json& definition, const halte::base::PoFile& po) {
  auto made = import_texts(definition, halte::base::write_po(po));
  if (!made)
    for (const auto& problem : made.error()) MESSAGE(problem.pointer << ": " << problem.reason);
  REQUIRE(made);
  return std::move(*made);
}

bool msgfmt_accepts(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("halte_texts_" + std::to_string(std::hash<std::string>{}(text)) + ".po");
  std::ofstream(path) << text;
  // Its warnings count as well.
  const int status =
      std::system(("test -z \"$(msgfmt --check -o /dev/null " + path.string() + " 2>&1)\"").c_str());
  std::filesystem::remove(path);
  return status == 0;
}

Json small() {
  return {{"locale", "nl"},
          {"pages",
           Json::array(
               {{{"name", "p"},
                 {"title", "Kop"},
                 {"elements",
                  Json::array(
                      {{{"type", "checkbox"},
                        {"name", "why"},
                        {"title", "Waarom?"},
                        {"choices",
                         Json::array(
                             {"staff", 3, {{"value", "x"}, {"text", {{"nl", "Anders"}, {"de", "Sonst"}}}}})}},
                       {{"type", "comment"}, {"name", "more"}}})}}})}};
}

}  // namespace

TEST_CASE("texts: every text of a survey is there under a name of its own, with its translation") {
  auto po = exported(small(), "de");
  std::vector<std::string> contexts;
  for (const auto& one : po.entries) contexts.push_back(one.context);
  CHECK(contexts == std::vector<std::string>{"page p/title", "why/title", "why/choices/staff",
                                             "why/choices/3", "why/choices/x", "more/title"});
  CHECK(entry(po, "why/choices/x").text == "Anders");
  CHECK(entry(po, "why/choices/x").translation == "Sonst");
  CHECK(entry(po, "why/choices/3").text == "3");
  CHECK(entry(po, "more/title").text == "more");
  CHECK(po.header.at("Language") == "de");
}

TEST_CASE("texts: msgfmt --check accepts the file of every survey that ships and of every imported one") {
  namespace fs = std::filesystem;
  const fs::path root = HALTE_SOURCE_DIR;
  for (const char* name : {"visit", "counter"})
    CHECK(msgfmt_accepts(*export_texts(file(std::string("assets/surveys/") + name + ".json"), "de")));
  for (const auto& found : fs::directory_iterator(root / "assets/surveys/templates"))
    CHECK(msgfmt_accepts(
        *export_texts(Json::parse(*halte::base::read_file(found.path()))["definition"], "ar")));
  for (const auto& found : fs::directory_iterator(root / "tests/core/survey/surveyjs")) {
    auto made = import_surveyjs(*halte::base::read_file(found.path()));
    REQUIRE(made);
    CHECK(msgfmt_accepts(*export_texts(made->definition, "es")));
  }
  Json lines = small();
  lines["pages"][0]["title"] = {{"nl", "Een\ntwee\n"}, {"de", "Eins"}};
  CHECK(msgfmt_accepts(*export_texts(lines, "de")));
}

TEST_CASE("texts: a file that comes back as it went changes nothing") {
  for (const char* path : {"assets/surveys/visit.json", "assets/surveys/counter.json"}) {
    const Json definition = file(path);
    const auto made = imported(definition, exported(definition, "de"));
    CHECK(made.definition == definition);
    CHECK(made.applied == 0);
    CHECK(made.untranslated == 0);
    CHECK(made.left_out.empty());
  }
}

TEST_CASE("texts: translations arrive where the text stands, whatever form it has there") {
  auto po = exported(small(), "de");
  entry(po, "page p/title").translation = "Kopf";
  entry(po, "why/choices/staff").translation = "Personal";
  entry(po, "why/choices/x").translation = "Etwas anderes";
  entry(po, "more/title").translation = "Mehr?";
  const auto made = imported(small(), po);
  CHECK(made.applied == 4);
  CHECK(made.untranslated == 2);
  const Json& page = made.definition["pages"][0];
  CHECK(page["title"] == Json{{"default", "Kop"}, {"de", "Kopf"}});
  const Json& choices = page["elements"][0]["choices"];
  CHECK(choices[0] == Json{{"value", "staff"}, {"text", {{"default", "staff"}, {"de", "Personal"}}}});
  CHECK(choices[1] == 3);
  CHECK(choices[2]["text"] == Json{{"nl", "Anders"}, {"de", "Etwas anderes"}});
  CHECK(page["elements"][1]["title"] == Json{{"default", "more"}, {"de", "Mehr?"}});
}

TEST_CASE("texts: a translation of a text that has changed since is fuzzy, and reported") {
  auto po = exported(small(), "de");
  entry(po, "why/title").translation = "Warum?";
  entry(po, "page p/title").translation = "Kopf";
  entry(po, "page p/title").fuzzy = true;
  po.entries.push_back({"gone/title", "Weg", "Fort"});
  Json changed = small();
  changed["pages"][0]["elements"][0]["title"] = "Waarom wel?";
  const auto made = imported(changed, po);
  CHECK(made.definition == changed);
  REQUIRE(made.left_out.size() == 3);
  CHECK(made.left_out[0].pointer == "page p/title");
  CHECK(made.left_out[0].reason.ends_with("is marked fuzzy, not applied"));
  CHECK(made.left_out[1].reason.ends_with("fuzzy, not applied: the text is now \"Waarom wel?\""));
  CHECK(made.left_out[2].reason.ends_with("the survey has no such text"));
}

TEST_CASE("texts: translations of an imported survey go out with the document of others") {
  const Json document = file("tests/core/survey/surveyjs/restaurant_panels.json");
  const auto survey = import_surveyjs(halte::base::to_text(document));
  REQUIRE(survey);
  auto po = exported(survey->definition, "de");
  for (auto& one : po.entries)
    if (one.translation.empty()) one.translation = one.text + " (de)";
  const auto made = imported(survey->definition, po);
  CHECK(made.untranslated == 0);
  auto out = export_surveyjs(made.definition);
  REQUIRE(out);
  CHECK(out->not_carried.empty());
  CHECK(out->document["/elements/1/elements/1/elements/0/title"_json_pointer] ==
        Json{{"default", "The wine"}, {"de", "The wine (de)"}});
  CHECK(out->document["/elements/2/elements/0/choices/2/imageLink"_json_pointer] ==
        "https://example.com/cake.jpg");
}

TEST_CASE("texts: wrong languages and translations that no kiosk can show are refused") {
  auto refusal = [](auto&& made) {
    return made ? std::string() : made.error().at(0).pointer + ": " + made.error().at(0).reason;
  };
  CHECK(refusal(export_texts(small(), "nl")) == "/locale: \"nl\" is the survey's own language");
  CHECK(refusal(export_texts(small(), "../de")).starts_with(": \"../de\" is not a language"));
  CHECK(refusal(export_texts({{"pages", 1}}, "de")).starts_with("/pages: "));
  auto po = exported(small(), "de");
  entry(po, "why/title").translation = "Warum {more}?";
  CHECK(refusal(import_texts(small(), halte::base::write_po(po)))
            .starts_with("/pages/0/elements/0/title/de: "));
  CHECK(refusal(import_texts(small(), "nonsense")).starts_with(": line 1: "));
  po.header["Language"] = "";
  CHECK(refusal(import_texts(small(), halte::base::write_po(po))) == ": the header names no Language");
}
