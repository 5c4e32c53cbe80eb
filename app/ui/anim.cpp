// SPDX-License-Identifier: Apache-2.0
#include "app/ui/anim.h"

#include <algorithm>
#include <cmath>

namespace halte::ui {

void Spring::step(float target, float dt, SpringSpec spec) {
  constexpr int substeps = 4;
  const float h = dt / substeps;
  for (int i = 0; i < substeps; ++i) {
    const float pull = spec.omega * spec.omega * (target - x_) - 2 * spec.zeta * spec.omega * v_;
    v_ += pull * h;
    x_ += v_ * h;
  }
  at_rest_ = std::fabs(target - x_) < 0.002f && std::fabs(v_) < 0.02f;
  if (!at_rest_) return;
  x_ = target;
  v_ = 0;
}

float ease_standard(float t) {
  if (t <= 0) return 0;
  if (t >= 1) return 1;
  // Control points (0.2, 0) and (0, 1): x(s) = 0.6 s (1−s)² + s³ rises, so bisection finds s.
  float low = 0, high = 1;
  for (int i = 0; i < 16; ++i) {
    const float s = (low + high) / 2;
    const float x = 0.6f * s * (1 - s) * (1 - s) + s * s * s;
    (x < t ? low : high) = s;
  }
  const float s = (low + high) / 2;
  return 3 * s * s * (1 - s) + s * s * s;
}

float smooth_step(float t) {
  const float x = std::clamp(t, 0.f, 1.f);
  return x * x * (3 - 2 * x);
}

float Tween::at(base::Millis now) const {
  if (length.count() <= 0) return 1;
  return ease_standard(static_cast<float>((now - start).count()) / static_cast<float>(length.count()));
}

void Animator::begin_frame(float dt, Motion motion) {
  std::erase_if(springs_, [this](const auto& item) { return item.second.frame != frame_; });
  dt_ = dt;
  motion_ = motion;
  ++frame_;
}

float Animator::spring(std::uint64_t key, float target, SpringSpec spec) {
  return spring_from(key, target, target, spec);
}

float Animator::spring_from(std::uint64_t key, float from, float target, SpringSpec spec) {
  auto [item, is_new] = springs_.try_emplace(key, Entry{Spring(from), frame_});
  Entry& entry = item->second;
  if (motion_ == Motion::off) entry.spring = Spring(target);
  // Asked for twice in a frame it moves once.
  if (is_new || entry.frame != frame_) entry.spring.step(target, dt_, spec);
  entry.frame = frame_;
  return entry.spring.value();
}

bool Animator::moves(std::uint64_t key) const {
  const auto found = springs_.find(key);
  return found != springs_.end() && !found->second.spring.at_rest();
}

float Animator::hold(std::uint64_t key, float value) {
  springs_.insert_or_assign(key, Entry{Spring(value), frame_});
  return value;
}

}  // namespace halte::ui
