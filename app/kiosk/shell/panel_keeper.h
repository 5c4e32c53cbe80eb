// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/time.h"

namespace halte::kiosk::shell {

// Puts the panel out while nobody needs it, and lights it again. UI thread; everything passed in outlives it.
//
// Dark: where it may be, once nothing was touched and nobody was there for a while. Lit: at once when
// something is touched or somebody is there, and within `dark_look` of when it may be dark no longer.
class PanelKeeper {
 public:
  struct Ports {
    std::function<base::Status()> sleep;
    std::function<void()> wake;
    std::function<bool()> is_asleep;    // X lights it for what the kiosk never hears of, such as a mouse
    std::function<bool()> may_be_dark;  // as the manager wishes, by the clock on the branch's wall
    base::Log log;
  };

  // Lights it, whatever went before. `sleeps_after`: without a touch and without a visitor.
  PanelKeeper(Ports ports, base::Millis sleeps_after, base::Millis now);
  ~PanelKeeper();  // leaves it lit
  PanelKeeper(const PanelKeeper&) = delete;
  PanelKeeper& operator=(const PanelKeeper&) = delete;

  // Whenever the loop goes round, and when next_look() is reached. `is_touched`: glass or key, since the last
  // time. `is_needed`: a visitor is there, or staff at the manager's view.
  void keep(base::Millis now, bool is_touched, bool is_needed);
  base::Millis next_look() const { return next_look_; }

  // Nothing that is drawn is seen.
  bool is_dark() const { return is_dark_; }
  // Nobody saw what they touched: it was dark, or the panel had not become bright yet. After keep().
  bool is_blind(base::Millis now) const { return is_dark_ || now < seen_from_; }

  // While it is lit, and while it is dark.
  static constexpr base::Millis look{60'000}, dark_look{10'000};
  static constexpr base::Millis lights_up{1'500};  // of a slow panel, from its waking

 private:
  void doze(base::Millis now);
  void light(base::Millis now);

  Ports ports_;
  const base::Millis sleeps_after_;
  base::Millis next_look_;
  base::Millis seen_from_;
  bool is_dark_ = false;
  bool stays_lit_ = false;  // it could not be put out; tried again after the next opening
};

}  // namespace halte::kiosk::shell
