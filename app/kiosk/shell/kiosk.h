// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/kiosk/model/update.h"
#include "app/kiosk/model/views.h"
#include "app/kiosk/shell/setup.h"
#include "core/base/crypto.h"
#include "core/base/time.h"

namespace halte::kiosk::shell {

// The model in motion: holds the one State, feeds it intents, hands its effects on, keeps the View of it.
// Works before there is a configuration. UI thread only.
class Kiosk {
 public:
  struct Ports {
    const base::Clock& clock;
    base::Random& random;
    std::function<bool()> clock_is_synced;
    std::function<void(const model::Effect&)> perform;  // hand on and return
    model::Say say;
    std::string language;  // of the service screens, until a configuration says more
  };

  explicit Kiosk(Ports ports);

  // Taken at once if nobody is there, else when the visitor has gone.
  void set_setup(std::shared_ptr<const Setup> setup);
  void set_service(model::Service service);
  // Something lies on the glass, or is gone again.
  void set_blocked(bool is_blocked);
  // `held`: how long the finger of this tap was down.
  void send(const model::Intent& intent, base::Millis held = base::Millis{0});
  // Does what is due.
  void tick();
  // When tick() has something to do; nullopt: never.
  std::optional<base::Millis> next_deadline() const;

  // Good until the next call of any of the above.
  const model::View& view() const { return view_; }
  // How many views there have been: where it has not risen, the picture of the last one holds.
  unsigned views() const { return views_; }
  const site::Settings* settings() const { return setup_ ? &setup_->configuration.settings : nullptr; }
  const site::Configuration* configuration() const { return setup_ ? &setup_->configuration : nullptr; }
  const std::shared_ptr<const Setup>& setup() const { return setup_; }
  const model::Aids& aids() const { return state_.aids; }
  model::Service service() const { return state_.service; }
  bool in_visit() const { return state_.session.has_value(); }

 private:
  model::Context context(base::Millis held = base::Millis{0}) const;
  void adopt(std::shared_ptr<const Setup> setup);
  void look();

  Ports ports_;
  std::shared_ptr<const Setup> setup_, waiting_;
  model::State state_;
  model::View view_;
  unsigned views_ = 0;
  bool is_blocked_ = false;
};

}  // namespace halte::kiosk::shell
