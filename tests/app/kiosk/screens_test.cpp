// SPDX-License-Identifier: Apache-2.0
// Every screen in every language on every panel, by the rectangles that the drawing registered.
#include <doctest/doctest.h>

#include <functional>
#include <set>

#include "app/kiosk/shell/pictures.h"
#include "tests/app/kiosk/catalogues.h"

using namespace halte;
using namespace halte::kiosk;
using namespace halte::kiosk::test;

namespace {

// One question of every kind, with long words.
constexpr const char* every_kind = R"json({
  "locale": "en",
  "pages": [
    {"name": "p1", "elements": [
      {"type": "rating", "name": "stars", "title": "How many stars does the waiting room get?", "rateType": "stars", "rateMax": 5,
       "minRateDescription": "none at all", "maxRateDescription": "all of them"},
      {"type": "radiogroup", "name": "travel", "title": "How did you come here?",
       "choices": ["by bicycle", "by public transport", "on foot", "by car", "otherwise"]},
      {"type": "boolean", "name": "again", "title": "Will you come here again?"},
      {"type": "text", "name": "colour", "title": "Which colour should the chairs have?"},
      {"type": "html", "name": "end", "html": "That was the <b>last</b> question."}]}]
})json";

// Shows every picture of the wish; `logo` stands in for the organisation's.
void each_picture(const std::string& survey, const shell::PictureWish& wish,
                  const std::function<void(const shell::Picture&, ui::Stage&)>& see,
                  const ui::PaintImage& logo = {}) {
  const runtime::Messages messages = catalogues(), staff = catalogues("halte-manager");
  const shell::OnStage on_stage = [&](ui::Stage* stage) -> base::Status {
    if (stage && logo) stage->paint().set_textures({.logo = logo});
    return {};
  };
  const shell::OnPicture on_picture = [&](const shell::Picture& picture, ui::Stage& stage) -> base::Status {
    see(picture, stage);
    return {};
  };
  REQUIRE(shell::draw_pictures(setup_of(survey), sentences_of(messages, staff), wish, on_stage, on_picture));
}

void check_rules(const shell::Picture& picture, ui::Stage& stage) {
  for (const std::string& complaint : ui::complaints(stage.registry(), stage.display()))
    FAIL_CHECK(picture.name << ": " << complaint);
}

// Walks it all; returns the names of the screens.
std::set<std::string> walk(const std::string& survey, const shell::PictureWish& wish) {
  std::set<std::string> screens;
  each_picture(survey, wish, [&](const shell::Picture& picture, ui::Stage& stage) {
    screens.insert(picture.screen);
    check_rules(picture, stage);
  });
  return screens;
}

}  // namespace

TEST_CASE("screens: the visit has them all") {
  const auto screens = walk(default_survey(), {.languages = {"nl"}, .themes = {"light"}, .panels = {"21.5"}});
  for (const char* name : {"rate", "rate-chosen", "invitation", "age", "purposes", "contact", "thanks",
                           "sorry", "privacy", "aids", "still-there", "service-full", "service-not-enrolled"})
    CHECK_MESSAGE(screens.contains(name), name);
}

TEST_CASE("screens: every kind of question fits every glass") {
  const auto screens = walk(every_kind, {.languages = {"nl", "ar"}, .themes = {"light"}});
  for (const char* name : {"rate", "question/travel", "question/again", "question/colour", "question/end"})
    CHECK_MESSAGE(screens.contains(name), name);
}

TEST_CASE("screens: yes and no have the same size on every question about consent") {
  int seen = 0;
  each_picture(default_survey(), {.themes = {"light"}}, [&](const shell::Picture& picture, ui::Stage& stage) {
    if (picture.screen != "invitation" && picture.screen != "age") return;
    const ui::Element* no = stage.registry().find("no");
    const ui::Element* yes = stage.registry().find("yes");
    REQUIRE(no);
    REQUIRE(yes);
    ++seen;
    CHECK(no->rect_mm.w == doctest::Approx(yes->rect_mm.w));
    CHECK(no->rect_mm.h == doctest::Approx(yes->rect_mm.h));
    CHECK_FALSE(no->selected);
    CHECK_FALSE(yes->selected);
  });
  CHECK(seen == 2 * 7 * 4 * 2 * 2);
}

TEST_CASE("screens: a logo of any shape holds the rules on every screen and every glass") {
  for (const auto& [width, height] : {std::pair{960, 120}, {240, 240}, {120, 240}})
    each_picture(default_survey(), {.languages = {"nl", "ar"}, .themes = {"dark"}}, check_rules,
                 {.texture = 4, .width = width, .height = height});
}

TEST_CASE("screens: no face moves under the finger that taps it first") {
  ui::Rect before;
  int pairs = 0;
  each_picture(default_survey(), {.languages = {"nl"}, .themes = {"light"}},
               [&](const shell::Picture& picture, ui::Stage& stage) {
                 const ui::Element* face = stage.registry().find("face/4");
                 if (picture.screen == "rate-photo") before = face->rect_mm;
                 if (picture.screen != "rate-chosen") return;
                 ++pairs;
                 CHECK_MESSAGE(face->rect_mm.x == doctest::Approx(before.x), picture.name);
                 CHECK_MESSAGE(face->rect_mm.y == doctest::Approx(before.y), picture.name);
               });
  CHECK(pairs == 16);
}

TEST_CASE("screens: skip is as large as next, and nothing is selected before it is tapped") {
  int pairs = 0;
  each_picture(default_survey(), {.languages = {"de"}, .themes = {"light"}},
               [&](const shell::Picture& picture, ui::Stage& stage) {
                 const ui::Element* skip = stage.registry().find("skip");
                 const ui::Element* next = stage.registry().find("next");
                 if (skip && next) {
                   ++pairs;
                   CHECK(skip->rect_mm.w == doctest::Approx(next->rect_mm.w));
                   CHECK(skip->rect_mm.h == doctest::Approx(next->rect_mm.h));
                 }
                 if (picture.screen.starts_with("manager")) return;
                 const bool touched = picture.screen.ends_with("-chosen") || picture.screen.ends_with("-on");
                 for (const ui::Element& element : stage.registry().elements)
                   if (!touched && !element.id.starts_with("language"))
                     CHECK_FALSE_MESSAGE(element.selected, element.id << " on " << picture.name);
               });
  CHECK(pairs > 0);
}
