// SPDX-License-Identifier: Apache-2.0
#include "app/ui/anim.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace halte;
using namespace halte::ui;

TEST_CASE("spring: comes to rest exactly on its target within a second, at 60 and at 20 frames a second") {
  for (const SpringSpec spec : {select_spring, morph_spring, press_spring}) {
    for (const float dt : {1 / 60.f, 0.05f}) {
      CAPTURE(dt);
      Spring spring(0);
      int frames = 0;
      for (spring.step(1, dt, spec); !spring.at_rest() && frames < 1000; ++frames) spring.step(1, dt, spec);
      CHECK(spring.value() == 1);
      CHECK(spring.at_rest());
      CHECK(static_cast<float>(frames) * dt < 1.2f);
    }
  }
}

TEST_CASE("spring: an under-damped one overshoots, but never by more than a sixth") {
  Spring spring(0);
  float most = 0;
  for (spring.step(1, 1 / 60.f, select_spring); !spring.at_rest(); spring.step(1, 1 / 60.f, select_spring))
    most = std::max(most, spring.value());
  CHECK(most > 1.02f);
  CHECK(most < 1.17f);
}

TEST_CASE("animator: a spring moves until it is on its target and not after") {
  Animator animator;
  animator.begin_frame(0, Motion::full);
  animator.spring(1, 0);
  CHECK_FALSE(animator.moves(1));
  int frames = 0;
  do {
    animator.begin_frame(1 / 60.f, Motion::full);
    animator.spring(1, 1);
  } while (animator.moves(1) && ++frames < 1000);
  CHECK(frames > 5);
  CHECK(frames < 100);
  CHECK(animator.spring(1, 1) == 1);
}

TEST_CASE("animator: without motion every value jumps and nothing moves") {
  Animator animator;
  animator.begin_frame(0.016f, Motion::off);
  animator.spring(1, 0);
  animator.begin_frame(0.016f, Motion::off);
  CHECK(animator.spring(1, 5) == 5);
  CHECK_FALSE(animator.moves(1));
}

TEST_CASE("animator: asked for twice in a frame a spring moves once") {
  Animator once, twice;
  for (Animator* animator : {&once, &twice}) {
    animator->begin_frame(0, Motion::full);
    animator->spring(1, 0);
    animator->begin_frame(0.016f, Motion::full);
  }
  const float first = once.spring(1, 1);
  twice.spring(1, 1);
  CHECK(twice.spring(1, 1) == first);
}

TEST_CASE("animator: a spring not asked for in a frame starts again on its target") {
  Animator animator;
  animator.begin_frame(0.016f, Motion::full);
  animator.spring(1, 0);
  animator.begin_frame(0.016f, Motion::full);
  animator.begin_frame(0.016f, Motion::full);
  CHECK(animator.spring(1, 7) == 7);
}

TEST_CASE("animator: held values are there at once") {
  Animator animator;
  animator.begin_frame(0.016f, Motion::full);
  animator.spring(1, 1);
  CHECK(animator.hold(1, 0.94f) == 0.94f);
}

TEST_CASE("easing: the standard curve starts at 0, ends at 1 and never turns back") {
  CHECK(ease_standard(-1) == 0);
  CHECK(ease_standard(0) == 0);
  CHECK(ease_standard(2) == 1);
  float last = 0;
  for (float t = 0.01f; t < 1; t += 0.01f) {
    const float x = ease_standard(t);
    CHECK(x >= last);
    last = x;
  }
  CHECK(ease_standard(0.5f) > 0.7f);  // quick at first
}

TEST_CASE("tween: of no length is done at once") {
  const Tween tween{.start = base::Millis{100}, .length = base::Millis{0}};
  CHECK(tween.at(base::Millis{100}) == 1);
  CHECK(tween.done(base::Millis{100}));
}
