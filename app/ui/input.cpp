// SPDX-License-Identifier: Apache-2.0
#include "app/ui/input.h"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <utility>

namespace halte::ui {
namespace {

Mm distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

void Input::begin_frame(const std::vector<Event>& events, base::Millis now, const std::string& struck) {
  now_ = now;
  lifts_.clear();
  for (const Event& event : events) {
    const auto* touch = std::get_if<Touch>(&event);
    if (touch == nullptr) continue;
    switch (touch->phase) {
      case Touch::Phase::down: on_down(*touch); break;
      case Touch::Phase::move: on_move(*touch); break;
      case Touch::Phase::up: on_up(*touch); break;
    }
  }
  if (!struck.empty() && now >= guard_until_) strike(struck);
  if (press_ && now - press_->since > rules_.stuck_after) {
    stuck_ = true;
    press_->counts = false;
  }
  targets_.clear();
}

void Input::add_target(Id id, const Rect& hit, bool repeats) {
  targets_.push_back({id.hash(), to_string(id), hit, repeats});
}

void Input::screen_changed(base::Millis now) {
  guard_until_ = now + rules_.guard;
  targets_.clear();
  consume_press();
}

void Input::on_down(const Touch& touch) {
  stuck_ = false;
  press_ = Press{.from = touch.at, .at = touch.at, .since = touch.time, .counts = touch.time >= guard_until_};
  for (const Target& target : targets_ | std::views::reverse) {
    if (!target.hit.contains(touch.at)) continue;
    press_->hash = target.hash;
    press_->name = target.name;
    press_->hit = target.hit;
    press_->repeats = target.repeats;
    break;
  }
}

void Input::on_move(const Touch& touch) {
  if (press_) press_->at = touch.at;
}

bool Input::has_slipped(const Press& press, Point at) const {
  return distance(press.from, at) > rules_.slop && !press.hit.contains(at);
}

void Input::on_up(const Touch& touch) {
  if (!press_) return;
  const Press press = *std::exchange(press_, std::nullopt);
  stuck_ = false;
  const base::Millis held = touch.time - press.since;
  if (press.hash == 0 || !press.counts || held > rules_.stuck_after) return;
  add_lift({press.name, press.hash, touch.at, held, has_slipped(press, touch.at)}, touch.time, press.repeats);
}

void Input::strike(const std::string& name) {
  const auto found = std::ranges::find(targets_, name, &Target::name);
  if (found != targets_.end())
    add_lift({name, found->hash, found->hit.centre(), base::Millis{0}, false}, now_, found->repeats);
}

void Input::add_lift(const Lift& lift, base::Millis at, bool repeats) {
  const bool twice = lift.hash == last_hash_ && at - last_lift_ < rules_.double_strike;
  last_hash_ = lift.hash;
  last_lift_ = at;
  if (!twice || repeats) lifts_.push_back(lift);
}

bool Input::tapped(Id id) const {
  return std::ranges::any_of(
      lifts_, [hash = id.hash()](const Lift& lift) { return lift.hash == hash && !lift.slipped; });
}

bool Input::pressed(Id id) const {
  return press_ && press_->counts && press_->hash == id.hash() && !has_slipped(*press_, press_->at);
}

std::optional<base::Millis> Input::press_age(Id id) const {
  if (!press_ || !press_->counts || press_->hash != id.hash()) return std::nullopt;
  return now_ - press_->since;
}

bool Input::long_pressed(Id id) const {
  const auto age = press_age(id);
  return age && *age >= rules_.long_press;
}

std::optional<Point> Input::touch_point() const {
  if (!press_) return std::nullopt;
  return press_->at;
}

void Input::consume_press() {
  if (press_) press_->counts = false;
}

std::optional<base::Millis> Input::next_deadline() const {
  if (!press_ || stuck_) return std::nullopt;
  const base::Millis long_at = press_->since + rules_.long_press;
  return now_ < long_at ? long_at : press_->since + rules_.stuck_after + base::Millis{1};
}

}  // namespace halte::ui
