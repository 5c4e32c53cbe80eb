// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/scales.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/ui/widgets/face.h"
#include "tests/app/ui/stages.h"

using namespace halte;
using namespace halte::ui;
using namespace halte::ui::test;
using base::Millis;

TEST_CASE("faces: a tap on face/3 is answer 3, in either order and in either reading direction") {
  for (const ScaleOrder order : {ScaleOrder::worst_left, ScaleOrder::best_left}) {
    for (const Direction direction : {Direction::left_to_right, Direction::right_to_left}) {
      Stage stage = make_stage(panels[0]);
      std::optional<int> answer;
      const auto draw = [&](Frame& f) {
        const FaceScaleView view{.labels = moods, .order = order};
        answer = face_scale(f, {12, 200, 240, face_scale_height(f, 240, view)}, view);
      };
      frame(stage, draw, 0, {}, direction);
      CHECK_FALSE(answer.has_value());
      frame(stage, draw, 500, tap_on(stage.registry(), "face/3", Millis{490}), direction);
      CHECK(answer == 3);
    }
  }
}

TEST_CASE("faces: the worst is on the left in Arabic too, unless the installation says otherwise") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [&](Frame& f) { face_scale(f, {12, 200, 240, 60}, {.labels = moods}); };
  frame(stage, draw, 0, {}, Direction::right_to_left);
  CHECK(stage.registry().find("face/0")->rect_mm.x < stage.registry().find("face/4")->rect_mm.x);
}

TEST_CASE("faces: four skip the neutral one, and the ends are always the ends") {
  CHECK(face_position(0, 5) == 0);
  CHECK(face_position(4, 5) == 4);
  CHECK(face_position(1, 4) == 1);
  CHECK(face_position(2, 4) == 3);
  CHECK(face_position(3, 4) == 4);
  CHECK(face_position(1, 3) == 2);
}

TEST_CASE("faces: on every panel they are 20 mm targets inside the glass, with words that fit") {
  on_every_panel([](Stage& stage, const Display& display) {
    frame(stage, [&](Frame& f) {
      const FaceScaleView view{.labels = moods};
      Rect area = narrowed(display.safe_area(), 420);
      area.h = face_scale_height(f, area.w, view);
      face_scale(f, area, view);
    });
    check_layout(stage);
  });
}

TEST_CASE("blink: four to six seconds apart, 160 ms long, and never while shut at a picture's first frame") {
  long last = -1, shortest = 100'000, longest = 0;
  bool was_open = true;
  for (long ms = 0; ms < 120'000; ms += 10) {
    const bool open = blink_at(Millis{ms}, 7) == 0;
    if (was_open && !open) {
      if (last >= 0) {
        shortest = std::min(shortest, ms - last);
        longest = std::max(longest, ms - last);
      }
      last = ms;
    }
    was_open = open;
  }
  CHECK(shortest >= 3'990);
  CHECK(longest <= 6'010);
}

TEST_CASE(
    "blink: an idle face wakes the loop when it blinks, only its eyes change, and calm motion does not wake "
    "it") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [](Frame& f) { living_face(f, "hero", {134, 100}, 40, 2); };
  frame(stage, draw, 0);
  const auto wake = frame(stage, draw, 1'500);
  REQUIRE(wake.has_value());
  CHECK(*wake > Millis{1'500});
  CHECK(*wake <= Millis{7'000});
  stage.paint().take_changes();
  frame(stage, draw, wake->count() + 60);
  const auto changes = stage.paint().take_changes();
  REQUIRE_FALSE(changes.empty());
  for (const PixelRect& part : changes) CHECK(part.h < 0.6f * 40 * stage.display().px_per_mm);

  Stage calm = make_stage(panels[0], {.motion = Motion::calm});
  frame(calm, draw, 0);
  CHECK_FALSE(frame(calm, draw, 1'500).has_value());
}

TEST_CASE(
    "numbers: eleven keys in one row where the pitch is 15 mm or more, else six and five of equal width") {
  on_every_panel([](Stage& stage, const Display& display) {
    const Rect safe = narrowed(display.safe_area(), 420);
    frame(stage, [&](Frame& f) {
      const NumberRowView view{.low_label = "helemaal niet waarschijnlijk",
                               .high_label = "uiterst waarschijnlijk"};
      Rect area = safe;
      area.h = number_row_height(f, area.w, view);
      number_row(f, area, view);
    });
    check_layout(stage);
    const auto& keys = stage.registry().elements;
    REQUIRE(keys.size() == 11);
    const Mm top = keys[0].rect_mm.y;
    const auto in_first = std::ranges::count_if(keys, [&](const Element& e) { return e.rect_mm.y == top; });
    const bool one_row = (safe.w - 2 * stage.theme().space.s) / 11 >= 15;
    CHECK(in_first == (one_row ? 11 : 6));
    for (const Element& key : keys) CHECK(key.rect_mm.w == doctest::Approx(keys[0].rect_mm.w).epsilon(0.01));
  });
}

TEST_CASE("numbers: the key tapped is the number, and no tap is no number") {
  Stage stage = make_stage(panels[0]);
  std::optional<int> number;
  const auto draw = [&](Frame& f) {
    number = number_row(f, {12, 150, 244, 70}, {.order = ScaleOrder::best_left});
  };
  frame(stage, draw);
  CHECK_FALSE(number.has_value());
  for (const int wanted : {0, 7, 10}) {
    frame(stage, draw, 500, tap_on(stage.registry(), "number/" + std::to_string(wanted), Millis{490}));
    CHECK(number == wanted);
  }
}

TEST_CASE("stars: a tap on star/4 is 4") {
  Stage stage = make_stage(panels[0]);
  std::optional<int> count;
  const auto draw = [&](Frame& f) {
    const StarsView view{};
    count = stars(f, {12, 150, 240, stars_height(f, 240, view)}, view);
  };
  frame(stage, draw);
  frame(stage, draw, 500, tap_on(stage.registry(), "star/4", Millis{490}));
  CHECK(count == 4);
  CHECK(complaints(stage.registry(), panels[0]).empty());
}

TEST_CASE("scales: a card keeps its margin around faces and their words, and around numbers") {
  on_every_panel([](Stage& stage, const Display& display) {
    const std::vector<std::string_view> labels(moods.begin(), moods.end());
    const Mm width = display.usable().w - 2 * stage.theme().space.m;
    const Mm margin = stage.theme().space.s;
    Rect faces, numbers;
    frame(stage, [&](Frame& f) {
      faces = {10, 10, width, face_scale_height(f, width, {.labels = labels})};
      face_scale(f, faces, {.labels = labels});
      numbers = {10, faces.bottom() + 10, width, number_row_height(f, width, {})};
      number_row(f, numbers, {});
    });
    for (const Element& element : stage.registry().elements) {
      const Rect& card = element.role == Role::face ? faces : numbers;
      CHECK(element.rect_mm.y >= card.y + margin - .3f);
      CHECK(element.rect_mm.bottom() <= card.bottom() - margin + .3f);
    }
    CHECK(stage.registry().elements.size() == 16);
  });
}
