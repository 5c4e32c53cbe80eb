// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/knobs.h"

#include <algorithm>

namespace halte::manager::model {
namespace {

// Around a clock's face, or a ring of choices.
int round_robin(int value, int by, int count) { return ((value + by) % count + count) % count; }

}  // namespace

void turn(site::Adjustments& set, const TurnKnob& knob) {
  const auto within = [&](int value, int step, int low, int high) {
    return std::clamp(value + knob.steps * step, low, high);
  };
  const auto time = [&](int minute) { return round_robin(minute, knob.steps * site::sleep_step, 24 * 60); };
  switch (knob.knob) {
    case Knob::brightness:
      set.brightness = within(set.brightness.value_or(site::most_brightness), site::brightness_step,
                              site::least_brightness, site::most_brightness);
      break;
    case Knob::volume:
      set.volume = within(set.volume, site::volume_step, -site::most_volume, site::most_volume);
      break;
    case Knob::sleep:
      set.sleep.mode = site::Sleep::Mode(round_robin(int(set.sleep.mode), knob.steps, 3));
      break;
    case Knob::sleep_from: set.sleep.from = time(set.sleep.from); break;
    case Knob::sleep_until: set.sleep.until = time(set.sleep.until); break;
  }
}

}  // namespace halte::manager::model
