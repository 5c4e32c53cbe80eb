// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/pulse.h"

#include <algorithm>
#include <utility>

namespace halte::kiosk::shell {

base::Millis Pulse::period(base::Millis most) const { return limit_ ? std::min(most, *limit_ / 2) : most; }

void Pulse::beat(std::string status) {
  recorder_.post([this, status = std::move(status)] {
    if (auto sound = store_.probe(); !sound) return log_->error("{}", base::to_string(sound.error()));
    if (!std::exchange(is_told_ready_, true)) runtime::tell_ready();
    runtime::tell_alive(status);
  });
}

}  // namespace halte::kiosk::shell
