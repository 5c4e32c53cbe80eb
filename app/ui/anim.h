// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>

#include "app/ui/theme.h"
#include "core/base/time.h"

namespace halte::ui {

// Damped spring x'' = ω²(target − x) − 2ζω x'. Integrated in four substeps; at rest it is exactly on its
// target and the loop may sleep.
struct SpringSpec {
  float omega = 18;     // 1/s
  float zeta = .72f;    // < 1 overshoots
  bool always = false;  // also with lite effects, where everything else jumps: software pays for each frame
};
inline constexpr SpringSpec select_spring{18, .55f};
inline constexpr SpringSpec press_spring{42, .85f, true};
inline constexpr SpringSpec morph_spring{16, .85f, true};

class Spring {
 public:
  explicit Spring(float at = 0) : x_(at) {}
  // One step of dt seconds (0 … 0.05).
  void step(float target, float dt, SpringSpec spec = {});
  float value() const { return x_; }
  // On its target; not only without speed: a step of 0 s leaves a spring that has still to go.
  bool at_rest() const { return at_rest_; }

 private:
  float x_, v_ = 0;
  bool at_rest_ = true;
};

// The standard curve (0.2, 0, 0, 1) as a cubic Bézier in time; t and result in 0 … 1.
float ease_standard(float t);
float smooth_step(float t);

// 0 … 1 over a length of time since `start`, eased; 1 at once when length is 0.
struct Tween {
  base::Millis start{0};
  base::Millis length{280};
  float at(base::Millis now) const;
  bool done(base::Millis now) const { return now - start >= length; }
};

// Springs by key (Id::hash), so that screens stay pure functions. Springs not asked for in a frame are
// forgotten after the next one; a new one starts on its target (or on `from`).
class Animator {
 public:
  void begin_frame(float dt, Motion motion);
  float spring(std::uint64_t key, float target, SpringSpec spec = {});
  float spring_from(std::uint64_t key, float from, float target, SpringSpec spec = {});
  // Puts the spring on a value at once and keeps it there for this frame.
  float hold(std::uint64_t key, float value);
  bool moves(std::uint64_t key) const;
  void clear() { springs_.clear(); }

 private:
  struct Entry {
    Spring spring;
    std::uint32_t frame = 0;
  };
  std::unordered_map<std::uint64_t, Entry> springs_;
  float dt_ = 0;
  Motion motion_ = Motion::full;
  std::uint32_t frame_ = 0;
};

}  // namespace halte::ui
