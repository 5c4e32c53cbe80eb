// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/panel_keeper.h"

#include <utility>

namespace halte::kiosk::shell {

PanelKeeper::PanelKeeper(Ports ports, base::Millis sleeps_after, base::Millis now)
    : ports_(std::move(ports)), sleeps_after_(sleeps_after), next_look_(now + sleeps_after), seen_from_(now) {
  ports_.wake();
}

PanelKeeper::~PanelKeeper() {
  if (is_dark_) ports_.wake();
}

void PanelKeeper::keep(base::Millis now, bool is_touched, bool is_needed) {
  if (is_touched || is_needed) {
    if (is_dark_) light(now);
    next_look_ = now + sleeps_after_;
    return;
  }
  if (now < next_look_) return;
  next_look_ = now + (is_dark_ ? dark_look : look);
  const bool may_be_dark = ports_.may_be_dark();
  if (!may_be_dark) stays_lit_ = false;
  if (is_dark_ && (!may_be_dark || !ports_.is_asleep()))
    light(now);
  else if (!is_dark_ && may_be_dark && !stays_lit_)
    doze(now);
}

void PanelKeeper::doze(base::Millis now) {
  if (auto slept = ports_.sleep(); !slept) {
    stays_lit_ = true;
    return ports_.log->warn("{}; it stays lit", base::to_string(slept.error()));
  }
  is_dark_ = true;
  next_look_ = now + dark_look;
  ports_.log->info("the panel is off, until the hours' end or a touch");
}

void PanelKeeper::light(base::Millis now) {
  ports_.wake();
  is_dark_ = false;
  seen_from_ = now + lights_up;
  next_look_ = now + sleeps_after_;
  ports_.log->info("the panel is on");
}

}  // namespace halte::kiosk::shell
