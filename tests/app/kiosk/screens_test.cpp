// SPDX-License-Identifier: Apache-2.0
// Every screen in every language on every panel, by the rectangles that the drawing registered.
#include <doctest/doctest.h>

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

// Walks it all; returns the names of the screens.
std::set<std::string> walk(const std::string& survey, const shell::PictureWish& wish) {
  const runtime::Messages messages = catalogues();
  std::set<std::string> screens;
  auto done = shell::draw_pictures(
      setup_of(survey), say_with(messages), wish, [](ui::Stage*) -> base::Status { return {}; },
      [&](const shell::Picture& picture, ui::Stage& stage) -> base::Status {
        screens.insert(picture.screen);
        for (const std::string& complaint : ui::complaints(stage.registry(), stage.display()))
          FAIL_CHECK(picture.name << ": " << complaint);
        return {};
      });
  REQUIRE(done);
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
  const runtime::Messages messages = catalogues();
  int seen = 0;
  auto done = shell::draw_pictures(
      setup_of(default_survey()), say_with(messages), {.themes = {"light"}},
      [](ui::Stage*) -> base::Status { return {}; },
      [&](const shell::Picture& picture, ui::Stage& stage) -> base::Status {
        if (picture.screen != "invitation" && picture.screen != "age") return {};
        const ui::Element* no = stage.registry().find("no");
        const ui::Element* yes = stage.registry().find("yes");
        REQUIRE(no);
        REQUIRE(yes);
        ++seen;
        CHECK(no->rect_mm.w == doctest::Approx(yes->rect_mm.w));
        CHECK(no->rect_mm.h == doctest::Approx(yes->rect_mm.h));
        CHECK_FALSE(no->selected);
        CHECK_FALSE(yes->selected);
        return {};
      });
  REQUIRE(done);
  CHECK(seen == 2 * 7 * 4 * 2 * 2);
}

TEST_CASE("screens: no face moves under the finger that taps it first") {
  const runtime::Messages messages = catalogues();
  ui::Rect before;
  int pairs = 0;
  auto done = shell::draw_pictures(
      setup_of(default_survey()), say_with(messages), {.languages = {"nl"}, .themes = {"light"}},
      [](ui::Stage*) -> base::Status { return {}; },
      [&](const shell::Picture& picture, ui::Stage& stage) -> base::Status {
        const ui::Element* face = stage.registry().find("face/4");
        if (picture.screen == "rate-photo") before = face->rect_mm;
        if (picture.screen != "rate-chosen") return {};
        ++pairs;
        CHECK_MESSAGE(face->rect_mm.x == doctest::Approx(before.x), picture.name);
        CHECK_MESSAGE(face->rect_mm.y == doctest::Approx(before.y), picture.name);
        return {};
      });
  REQUIRE(done);
  CHECK(pairs == 16);
}

TEST_CASE("screens: skip is as large as next, and nothing is selected before it is tapped") {
  const runtime::Messages messages = catalogues();
  int pairs = 0;
  auto done = shell::draw_pictures(
      setup_of(default_survey()), say_with(messages), {.languages = {"de"}, .themes = {"light"}},
      [](ui::Stage*) -> base::Status { return {}; },
      [&](const shell::Picture& picture, ui::Stage& stage) -> base::Status {
        const ui::Element* skip = stage.registry().find("skip");
        const ui::Element* next = stage.registry().find("next");
        if (skip && next) {
          ++pairs;
          CHECK(skip->rect_mm.w == doctest::Approx(next->rect_mm.w));
          CHECK(skip->rect_mm.h == doctest::Approx(next->rect_mm.h));
        }
        const bool touched = picture.screen.ends_with("-chosen") || picture.screen.ends_with("-on");
        for (const ui::Element& element : stage.registry().elements)
          if (!touched && !element.id.starts_with("language"))
            CHECK_FALSE_MESSAGE(element.selected, element.id << " on " << picture.name);
        return {};
      });
  REQUIRE(done);
  CHECK(pairs > 0);
}
