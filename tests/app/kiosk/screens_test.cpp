// SPDX-License-Identifier: Apache-2.0
// Every screen in every language on every panel, by the rectangles that the drawing registered.
#include <doctest/doctest.h>

#include <set>

#include "app/kiosk/shell/pictures.h"
#include "app/kiosk/shell/tour.h"
#include "app/runtime/messages.h"
#include "core/base/file.h"

using namespace halte;
using namespace halte::kiosk;

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

model::Say say_with(const runtime::Messages& messages) {
  return [&](const std::string& id, const std::string& language) { return messages.text(id, language); };
}

runtime::Messages load_messages() {
  auto messages = runtime::Messages::create(std::filesystem::path(HALTE_BINARY_DIR) / "share/halte/locale",
                                            "halte-kiosk", {"en", "nl", "de", "fr"});
  REQUIRE(messages);
  return std::move(*messages);
}

std::shared_ptr<const shell::Setup> setup_of(const std::string& survey) {
  auto setup = shell::sample_setup(survey, "https://hq.halte.example/r");
  REQUIRE_MESSAGE(setup, (setup ? "" : base::to_string(setup.error())));
  return *setup;
}

std::string default_survey() {
  auto survey = base::read_file(std::filesystem::path(HALTE_SOURCE_DIR) / "assets/surveys/visit.json");
  REQUIRE(survey);
  return *survey;
}

// Walks it all; returns the names of the screens.
std::set<std::string> walk(const std::string& survey, const std::vector<std::string>& looks) {
  const runtime::Messages messages = load_messages();
  std::set<std::string> screens;
  auto done = shell::draw_pictures(
      setup_of(survey), say_with(messages), {.languages = {"nl", "en", "de", "fr"}, .looks = looks},
      [](ui::Stage*) -> base::Status { return {}; },
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

TEST_CASE(
    "screens: no text cut, no overlap, targets large enough and inside the glass, on every screen of the "
    "visit") {
  const auto screens = walk(default_survey(), {"light", "contrast"});
  for (const char* name : {"rate", "rate-chosen", "invitation", "age", "purposes", "contact", "thanks",
                           "sorry", "privacy", "still-there", "service-full", "service-not-enrolled"})
    CHECK_MESSAGE(screens.contains(name), name);
}

TEST_CASE("screens: the same with large text") { walk(default_survey(), {"large"}); }

TEST_CASE("screens: the same for every kind of question") {
  const auto screens = walk(every_kind, {"light"});
  for (const char* name : {"rate", "question/travel", "question/again", "question/colour", "question/end"})
    CHECK_MESSAGE(screens.contains(name), name);
}

TEST_CASE("screens: yes and no have the same size on every question about consent") {
  const runtime::Messages messages = load_messages();
  int seen = 0;
  auto done = shell::draw_pictures(
      setup_of(default_survey()), say_with(messages),
      {.languages = {"nl", "en", "de", "fr"}, .looks = {"light"}},
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
  CHECK(seen == 2 * 4 * 3);
}

TEST_CASE("screens: skip is as large as next, and nothing is selected before it is tapped") {
  const runtime::Messages messages = load_messages();
  int pairs = 0;
  auto done = shell::draw_pictures(
      setup_of(default_survey()), say_with(messages), {.languages = {"de"}, .looks = {"light"}},
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
