// SPDX-License-Identifier: Apache-2.0
#include "app/ui/damage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace halte::ui;

namespace {

constexpr PixelRect glass{0, 0, 1000, 2000};

long area(const PixelRect& r) { return long{r.w} * r.h; }

// They do not overlap, so what each has of the box adds up.
bool covers(const std::vector<PixelRect>& parts, const PixelRect& box) {
  long covered = 0;
  for (const PixelRect& part : parts) covered += area(intersect(part, box));
  return covered == area(box);
}

bool overlap(const std::vector<PixelRect>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t j = i + 1; j < parts.size(); ++j)
      if (!intersect(parts[i], parts[j]).empty()) return true;
  return false;
}

}  // namespace

TEST_CASE("damage: two equal pictures differ nowhere") {
  const std::vector<Stroke> picture{{{0, 0, 1000, 2000}, 1}, {{10, 10, 50, 50}, 2}};
  CHECK(damage(picture, picture, glass).empty());
  CHECK(damage({}, {}, glass).empty());
}

TEST_CASE("damage: a shape that came, went or moved damages where it was and where it is") {
  const std::vector<Stroke> before{{glass, 1}, {{10, 10, 50, 50}, 2}, {{500, 1500, 40, 40}, 3}};
  const std::vector<Stroke> now{{glass, 1}, {{800, 10, 50, 50}, 4}, {{500, 1500, 40, 40}, 3}};
  const auto parts = damage(before, now, glass);
  CHECK(parts.size() == 2);
  CHECK(covers(parts, {10, 10, 50, 50}));
  CHECK(covers(parts, {800, 10, 50, 50}));
  CHECK_FALSE(covers(parts, {500, 1500, 40, 40}));
}

TEST_CASE("damage: shapes that changed places in the order are drawn again") {
  const Stroke below{{0, 0, 20, 20}, 7}, above{{10, 10, 20, 20}, 8};
  const auto parts = damage(std::vector{below, above}, std::vector{above, below}, glass);
  CHECK(covers(parts, {10, 10, 10, 10}));
}

TEST_CASE("damage: it ends at the edge of the glass, and beyond it there is none") {
  const auto parts = damage({}, std::vector<Stroke>{{{-50, -50, 60, 60}, 1}, {{2000, 0, 9, 9}, 2}}, glass);
  CHECK(parts == std::vector{PixelRect{0, 0, 10, 10}});
}

TEST_CASE("damage: neighbours become one part, and however much changes there are few, and none overlap") {
  const std::vector<Stroke> row{{{0, 0, 30, 30}, 1}, {{32, 0, 30, 30}, 2}, {{64, 0, 30, 30}, 3}};
  CHECK(damage({}, row, glass) == std::vector{PixelRect{0, 0, 94, 30}});

  std::mt19937 random(4);
  std::vector<Stroke> many;
  for (std::uint64_t i = 0; i < 200; ++i)
    many.push_back({{int(random() % 900), int(random() % 1900), 40, 40}, i + 1});
  const auto parts = damage({}, many, glass);
  CHECK(parts.size() <= 24);
  CHECK_FALSE(overlap(parts));
  CHECK(std::ranges::all_of(many, [&](const Stroke& s) { return covers(parts, s.box); }));
}
