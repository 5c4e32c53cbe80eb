// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/keyboard.h"
#include "app/ui/widgets/scales.h"
#include "app/ui/widgets/surfaces.h"
#include "tests/app/ui/stages.h"

using namespace halte;
using namespace halte::ui;
using namespace halte::ui::test;
using base::Millis;

TEST_CASE("buttons: yes and no have the same size, beside or above each other") {
  on_every_panel([](Stage& stage, const Display& display) {
    for (const std::string_view word : {"Ja", "Ja, ik wil een antwoord op mijn opmerking krijgen"}) {
      frame(stage, [&](Frame& f) {
        const ButtonView no{.id = "no", .label = "Nee, dank u", .kind = ButtonKind::secondary};
        const ButtonView yes{.id = "yes", .label = word};
        Rect area = display.safe_area();
        area.h = button_pair_height(f, area.w, no, yes);
        button_pair(f, area, no, yes);
      });
      const Element *no = stage.registry().find("no"), *yes = stage.registry().find("yes");
      CHECK(no->rect_mm.w == doctest::Approx(yes->rect_mm.w));
      CHECK(no->rect_mm.h == doctest::Approx(yes->rect_mm.h));
      check_layout(stage);
    }
  });
}

TEST_CASE("buttons: the first of a pair stands on the right where one reads from the right") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [](Frame& f) {
    button_pair(f, {12, 100, 240, 22}, {.id = "no", .label = "لا"}, {.id = "yes", .label = "نعم"});
  };
  frame(stage, draw, 0, {}, Direction::right_to_left);
  CHECK(stage.registry().find("no")->rect_mm.x > stage.registry().find("yes")->rect_mm.x);
}

TEST_CASE("buttons: one that is not enabled is there but cannot be tapped") {
  Stage stage = make_stage(panels[0]);
  bool tapped = false;
  const auto draw = [&](Frame& f) {
    tapped |= button(f, {20, 20, 80, 22}, {.id = "next", .label = "Verder", .enabled = false});
  };
  frame(stage, draw);
  frame(stage, draw, 500, tap_on(stage.registry(), "next", Millis{490}));
  CHECK_FALSE(tapped);
}

TEST_CASE("press: the frame that sees the finger already shows the button smaller") {
  Stage stage = make_stage(panels[0]);
  float scale = 1;
  const auto draw = [&](Frame& f) {
    f.target("key", {20, 20, 40, 20});
    scale = f.press_scale("key");
  };
  frame(stage, draw);
  frame(stage, draw, 16, {Touch{Touch::Phase::down, {40, 30}, Millis{15}}});
  CHECK(scale == 0.94f);
}

TEST_CASE("spring: while it moves, the next frame is due at once, at rest never") {
  Stage stage = make_stage(panels[0]);
  float target = 0;
  const auto draw = [&](Frame& f) { f.spring("mark", target); };
  CHECK_FALSE(frame(stage, draw, 0).has_value());
  target = 1;
  CHECK(frame(stage, draw, 16) == Millis{16});
}

TEST_CASE("spring: a frame in the same millisecond as the one before does not strand it") {
  Stage stage = make_stage(panels[0]);
  float target = 0;
  const auto draw = [&](Frame& f) { f.spring("mark", target); };
  frame(stage, draw, 16);
  target = 1;
  CHECK(frame(stage, draw, 16) == Millis{16});
}

TEST_CASE("changes: a press repaints its button and no more, a finger that moves on it nothing") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [](Frame& f) {
    background(f, {});
    button(f, {20, 20, 80, 20}, {.id = "one", .label = "Een"});
    button(f, {20, 60, 80, 20}, {.id = "two", .label = "Twee"});
  };
  frame(stage, draw);
  REQUIRE(stage.paint().take_changes() == std::vector{PixelRect{0, 0, 1080, 1920}});
  frame(stage, draw, 400, {Touch{Touch::Phase::down, {40, 30}, Millis{400}}});
  const auto pressed = stage.paint().take_changes();
  REQUIRE_FALSE(pressed.empty());
  const float k = stage.display().px_per_mm;
  for (const PixelRect& part : pressed) CHECK(float(part.bottom()) < 60 * k);
  frame(stage, draw, 420, {Touch{Touch::Phase::move, {42, 31}, Millis{420}}});
  CHECK(stage.paint().take_changes().empty());
}

TEST_CASE("changes: once a typed word has left the caches, all of the glass is drawn again") {
  Stage stage = make_stage(panels[0]);
  std::string typed = "Jan";
  const auto draw = [&](Frame& f) {
    background(f, {});
    text_field(f, {20, 20, 100, 20}, {.text = typed});
  };
  frame(stage, draw);
  stage.paint().take_changes();
  stage.wipe();
  frame(stage, draw, 16);
  CHECK(stage.paint().take_changes() == std::vector{PixelRect{0, 0, 1080, 1920}});
}

TEST_CASE(
    "field: in a field of one line a long word is drawn whole, not broken into lines of which the last is "
    "seen") {
  Stage stage = make_stage(panels[0]);
  std::string typed = "+";
  const auto draw = [&](Frame& f) {
    background(f, {});
    text_field(f, {20, 20, 40, 15}, {.text = typed, .max_length = 100, .counter = false});
  };
  const auto vertices = [&](long ms) {
    frame(stage, draw, ms);
    return stage.paint().stats().vertices;
  };
  const int one = vertices(0);
  typed = "+31301234567";
  constexpr int of_a_letter = 4;
  CHECK(vertices(16) - one == 11 * of_a_letter);
}

TEST_CASE("changes: a visitor who leaves a screen without typed words costs no drawing") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [](Frame& f) {
    background(f, {});
    f.label({20, 20, 100, 20},
            {.text = "Dank u wel!", .style = f.theme.type.body, .color = f.theme.palette.ink});
  };
  frame(stage, draw);
  stage.paint().take_changes();
  stage.wipe();
  frame(stage, draw, 16);
  CHECK(stage.paint().take_changes().empty());
}

TEST_CASE("chips: they wrap inside the area, do not overlap, and the one tapped is named") {
  constexpr std::array<ChipView, 6> chips{
      {{"Personeel"}, {"Wachttijd", true}, {"Prijs"}, {"Aanbod"}, {"Netheid"}, {"Iets anders"}}};
  on_every_panel([&](Stage& stage, const Display&) {
    long ms = 0;
    for (const Direction direction : {Direction::left_to_right, Direction::right_to_left}) {
      std::optional<int> tapped;
      const auto draw = [&](Frame& f) { tapped = chip_group(f, f.display.safe_area(), {.chips = chips}); };
      frame(stage, draw, ms += 500, {}, direction);
      check_layout(stage);
      ms += 500;
      frame(stage, draw, ms, tap_on(stage.registry(), "chip/5", Millis{ms - 10}), direction);
      CHECK(tapped == 5);
    }
  });
}

TEST_CASE("stars, switches, languages: they fit on every panel") {
  const std::array<std::string, 4> languages{"nl", "de", "en", "ar"};
  on_every_panel([&](Stage& stage, const Display& display) {
    frame(stage, [&](Frame& f) {
      Rect rest = narrowed(display.safe_area(), 420);
      const StarsView star_view{.low_label = "heel slecht", .high_label = "heel goed"};
      const SwitchRowView row{
          .id = "news", .label = "Nieuws per e-mail", .detail = "Hoogstens één keer per maand."};
      Rect pills = take_top(rest, language_pills_height(f.theme), 4);
      language_pills(f, take_left(pills, language_pills_width(f.theme, 4)), {.languages = languages});
      stars(f, take_top(rest, stars_height(f, rest.w, star_view), 4), star_view);
      switch_row(f, take_top(rest, switch_row_height(f, rest.w, row)), row);
    });
    check_layout(stage);
  });
}

TEST_CASE("switch: the whole row answers") {
  Stage stage = make_stage(panels[0]);
  bool tapped = false;
  const auto draw = [&](Frame& f) {
    const SwitchRowView row{
        .id = "news", .label = "Nieuws per e-mail", .detail = "Hoogstens één keer per maand."};
    tapped = switch_row(f, {20, 100, 220, switch_row_height(f, 220, row)}, row);
  };
  frame(stage, draw);
  frame(stage, draw, 500,
        {Touch{Touch::Phase::down, {30, 105}, Millis{480}}, Touch{Touch::Phase::up, {30, 105}, Millis{490}}});
  CHECK(tapped);
  CHECK(complaints(stage.registry(), panels[0]).empty());
}

TEST_CASE("scrim: nothing below it can be tapped") {
  Stage stage = make_stage(panels[0]);
  bool below = false, above = false;
  const auto draw = [&](Frame& f) {
    below = button(f, {20, 20, 80, 22}, {.id = "below", .label = "Onder"});
    scrim(f);
    above = button(f, {20, 100, 80, 22}, {.id = "above", .label = "Boven"});
  };
  frame(stage, draw);
  frame(stage, draw, 500, tap_on(stage.registry(), "below", Millis{490}));
  CHECK_FALSE(below);
  frame(stage, draw, 600, tap_on(stage.registry(), "above", Millis{590}));
  CHECK(above);
}

TEST_CASE("label: shrinks to fit and does not register as cut, with no room left it does") {
  Stage stage = make_stage(panels[0]);
  frame(stage, [](Frame& f) {
    const TextStyle style = f.theme.type.title;
    f.label({20, 20, 60, 30},
            {.text = "Bereikbaarheid", .style = style, .background = rgb(0xFFFFFF), .least = 5});
    f.label({20, 60, 20, 30}, {.text = "Bereikbaarheid", .style = style, .background = rgb(0xFFFFFF)});
  });
  CHECK_FALSE(stage.registry().texts[0].cut);
  CHECK(stage.registry().texts[0].size < stage.theme().type.title.size);
  CHECK((stage.registry().texts[1].cut || stage.registry().texts[1].broken_word));
}

TEST_CASE("complaints: small, overlapping and outlying targets are named, and so is faint text") {
  Stage stage = make_stage(panels[0]);
  frame(stage, [](Frame& f) {
    f.target("small", {50, 50, 10, 10});
    f.target("one", {100, 100, 30, 30});
    f.target("two", {120, 110, 30, 30});
    f.target("away", {-10, 200, 30, 30});
    f.label(
        {20, 300, 200, 20},
        {.text = "grijs", .style = f.theme.type.body, .color = rgb(0xBBBBBB), .background = rgb(0xFFFFFF)});
  });
  const auto found = complaints(stage.registry(), stage.display());
  const auto names = [&](std::string_view what) {
    return std::ranges::any_of(found,
                               [&](const std::string& c) { return c.find(what) != std::string::npos; });
  };
  CHECK(names("small: target is 10.0 x 10.0 mm"));
  CHECK(names("one and two: targets overlap"));
  CHECK(names("away: outside the glass"));
  CHECK(names("\"grijs\": contrast"));
  CHECK(found.size() == 4);
}

TEST_CASE("stage: a screen at rest asks for no frame at all") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [](Frame& f) {
    background(f);
    face_scale(f, {12, 200, 240, 60}, {.labels = moods});
    progress_dots(f, {100, 300}, 0, 3);
  };
  frame(stage, draw, 0);
  CHECK_FALSE(frame(stage, draw, 16).has_value());
}

TEST_CASE("stage: a choice animates for less than a second, then rests") {
  Stage stage = make_stage(panels[0]);
  int selected = -1;
  const auto draw = [&](Frame& f) {
    face_scale(f, {12, 200, 240, 60}, {.labels = moods, .selected = selected});
  };
  frame(stage, draw, 0);
  selected = 4;
  long ms = 0;
  while (frame(stage, draw, ms += 16).has_value() && ms < 5'000) {
  }
  CHECK(ms > 50);
  CHECK(ms < 1'000);
}

TEST_CASE("stage: a new screen enters within 280 ms, at once without motion") {
  Stage stage = make_stage(panels[0]);
  float entered = -1;
  const auto draw = [&](Frame& f) { entered = f.entering(); };
  stage.screen_changed(Millis{1000});
  CHECK(frame(stage, draw, 1000).has_value());
  CHECK(entered == 0);
  CHECK_FALSE(frame(stage, draw, 1280).has_value());
  CHECK(entered == 1);
  Stage still = make_stage(panels[0], {.motion = Motion::off});
  still.screen_changed(Millis{1000});
  frame(still, draw, 1000);
  CHECK(entered == 1);
}

TEST_CASE("QR: the symbol has its three finders, and too long a content is an error") {
  const auto code = make_qr("https://halte.example/r/7Q4K-M2XD");
  REQUIRE(code.has_value());
  const auto dark = [&](int x, int y) { return code->dark[static_cast<std::size_t>(y * code->size + x)]; };
  for (const auto& [x, y] : {std::pair{0, 0}, {code->size - 7, 0}, {0, code->size - 7}}) {
    CHECK(dark(x, y));
    CHECK_FALSE(dark(x + 1, y + 1));
    CHECK(dark(x + 3, y + 3));
  }
  const auto too_long = make_qr(std::string(5000, 'x'));
  REQUIRE_FALSE(too_long.has_value());
  CHECK(too_long.error().kind == base::ErrorKind::invalid);
}

TEST_CASE("brand header: a logo of any shape is drawn whole, on paper where the glass is dark, and fits") {
  for (const auto& [width, height] : {std::pair{960, 120}, {240, 240}, {120, 240}}) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark, Scheme::high_contrast}) {
      Stage stage = make_stage(panels[0], {.scheme = scheme});
      stage.paint().set_textures({.logo = {.texture = 3, .width = width, .height = height}, .photos = {}});
      const Rect box{12, 12, 200, brand_header_height(stage.theme())};
      frame(stage, [&](Frame& f) { brand_header(f, box, "Versmarkt"); });
      const Element* logo = stage.registry().find("logo");
      REQUIRE(logo != nullptr);
      CHECK(logo->rect_mm.w / logo->rect_mm.h == doctest::Approx(double(width) / height).epsilon(.001));
      CHECK(logo->rect_mm.y >= box.y);
      CHECK(logo->rect_mm.right() <= box.centre().x);
      CHECK(logo->label == "Versmarkt");
      // A word mark says the name itself.
      CHECK(stage.registry().texts.empty() == (width == 960));
    }
  }
}
