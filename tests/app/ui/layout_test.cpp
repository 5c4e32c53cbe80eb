// SPDX-License-Identifier: Apache-2.0
#include "app/ui/layout.h"

#include <doctest/doctest.h>

using namespace halte::ui;

TEST_CASE("layout: a cut and its rest cover the rectangle, the gap belongs to neither") {
  Rect rest{0, 0, 100, 50};
  const Rect top = take_top(rest, 20, 5);
  CHECK(top == Rect{0, 0, 100, 20});
  CHECK(rest == Rect{0, 25, 100, 25});
  const Rect right = take_right(rest, 30, 10);
  CHECK(right == Rect{70, 25, 30, 25});
  CHECK(rest == Rect{0, 25, 60, 25});
}

TEST_CASE("layout: taking more than there is takes all and leaves nothing, never less than nothing") {
  Rect rest{0, 0, 100, 50};
  CHECK(take_bottom(rest, 80, 5) == Rect{0, 0, 100, 50});
  CHECK(rest.empty());
  CHECK(rest.h == 0);
  CHECK(take_top(rest, 10).h == 0);
}

TEST_CASE("layout: the start is the right side where one reads from the right") {
  Rect left{0, 0, 100, 10}, right{0, 0, 100, 10};
  CHECK(take_start(left, 30, Direction::left_to_right).x == 0);
  CHECK(take_start(right, 30, Direction::right_to_left).x == 70);
}

TEST_CASE("layout: columns are equal and end where the rectangle ends") {
  const auto columns = split_columns({10, 0, 100, 20}, 3, 5);
  REQUIRE(columns.size() == 3);
  CHECK(columns[0].w == doctest::Approx(30));
  CHECK(columns[2].right() == doctest::Approx(110));
  CHECK(columns[1].x - columns[0].right() == doctest::Approx(5));
}

TEST_CASE("layout: mirroring twice is no change") {
  const Rect outer{5, 0, 200, 50}, inner{20, 10, 30, 10};
  CHECK(mirrored(mirrored(inner, outer, Direction::right_to_left), outer, Direction::right_to_left) == inner);
  CHECK(mirrored(inner, outer, Direction::left_to_right) == inner);
  CHECK(mirrored(inner, outer, Direction::right_to_left).right() == 190);
}

TEST_CASE("flow: a box that does not fit starts the next row, one that fits exactly stays") {
  const Rect area{0, 0, 100, 0};
  const Flow two = flow(area, {48, 48, 48}, 10, 4, Direction::left_to_right);
  CHECK(two.boxes[1].y == 0);
  CHECK(two.boxes[2] == Rect{0, 14, 48, 10});
  CHECK(two.height == 24);
}

TEST_CASE("flow: a box wider than the area is cut to it") {
  const Flow one = flow({0, 0, 100, 0}, {150}, 10, 4, Direction::left_to_right);
  CHECK(one.boxes[0].w == 100);
}

TEST_CASE("flow: from the right the rows are the same, mirrored") {
  const Rect area{0, 0, 100, 0};
  const Flow rtl = flow(area, {30, 30, 60}, 10, 4, Direction::right_to_left);
  CHECK(rtl.boxes[0].right() == 100);
  CHECK(rtl.boxes[1].right() == doctest::Approx(66));
  CHECK(rtl.boxes[2].y == 14);
}

TEST_CASE("flow: centred rows leave the same on both sides") {
  const Flow centred_rows = flow({0, 0, 100, 0}, {30, 30}, 10, 4, Direction::left_to_right, true);
  CHECK(centred_rows.boxes[0].x == doctest::Approx(100 - centred_rows.boxes[1].right()));
}

TEST_CASE("layout: the safe area keeps 12 mm, 7 mm on a small panel, and the bezel on top") {
  Display large{1080, 1920, 4.03f};
  CHECK(large.safe_area().x == doctest::Approx(12));
  large.bezel = 5;
  CHECK(large.safe_area().x == doctest::Approx(17));
  const Display small{800, 1280, 5.88f};
  CHECK(small.safe_area().y == doctest::Approx(7));
}

TEST_CASE(
    "layout: on a high glass nothing stands more than 1100 mm above the floor, but half the glass is used") {
  Display glass{1080, 1920, 4.03f};  // 476 mm high
  CHECK(glass.usable() == glass.bounds());
  glass.above_floor = 600;  // ends at 1076
  CHECK(glass.usable() == glass.bounds());
  glass.above_floor = 800;
  CHECK(glass.usable().y == doctest::Approx(176).epsilon(.01));
  CHECK(glass.usable().bottom() == doctest::Approx(glass.bounds().h));
  glass.above_floor = 1500;
  CHECK(glass.usable().y == doctest::Approx(glass.bounds().h / 2));
  Display wide{1920, 1080, 4.03f};  // 268 mm: as a whole within an arm's length
  wide.above_floor = 1500;
  CHECK(wide.usable() == wide.bounds());
}

TEST_CASE("layout: a glass between the drawn sizes shows the screens of the nearest as large as they fit") {
  const auto glass = [](double inches, int longer, int shorter) {
    return Display{longer, shorter, px_per_mm(longer, shorter, inches)};
  };
  for (const Display& drawn : {glass(10.1, 1280, 800), glass(15.6, 1920, 1080), glass(21.5, 1920, 1080)})
    CHECK(fitted(drawn).scale == doctest::Approx(1).epsilon(.002));
  CHECK(fitted(glass(55, 3840, 2160)).scale == 1);
  const Display tiny = fitted(glass(7, 800, 480)), till = fitted(glass(13.3, 1920, 1080));
  CHECK(tiny.panel() == PanelClass::small);
  CHECK(tiny.bounds().h == doctest::Approx(135.9));
  CHECK(tiny.px_per_mm == doctest::Approx(tiny.scale * px_per_mm(800, 480, 7)));
  CHECK(till.panel() == PanelClass::medium);
  CHECK(till.scale == doctest::Approx(.85).epsilon(.01));
  CHECK(fitted(glass(12.1, 1280, 800)).panel() == PanelClass::small);
  CHECK(fitted({1080, 1920, glass(13.3, 1920, 1080).px_per_mm}).scale == till.scale);
}

TEST_CASE("layout: reach and bezel are true millimetres on a glass of any scale") {
  Display glass = fitted({768, 1366, px_per_mm(1366, 768, 18.5)});
  REQUIRE(glass.scale < 1);
  glass.reach = true;  // 410 mm high
  CHECK(glass.usable().h == doctest::Approx(glass.bounds().h / 2));
  glass = fitted({800, 480, px_per_mm(800, 480, 7)});
  glass.bezel = 5;
  CHECK(glass.safe_area().x * glass.scale == doctest::Approx(5 + 7 * glass.scale));
}
