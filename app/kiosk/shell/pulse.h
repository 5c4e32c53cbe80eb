// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/kiosk/shell/recorder.h"
#include "app/runtime/service_manager.h"
#include "core/base/log.h"
#include "core/store/kiosk/kiosk_store.h"

namespace halte::kiosk::shell {

// The signs of life that the service manager gets. Each takes both threads: that of the glass hands it over,
// the store's tells it. If either hangs, no more is told, and the watchdog has the kiosk started anew. UI
// thread; all that is passed in outlives it.
class Pulse {
 public:
  Pulse(store::kiosk::KioskStore& store, Recorder& recorder, base::Log log)
      : store_(store), recorder_(recorder), log_(std::move(log)) {}

  // How often, where something else needs a look every `most`: half of what the watchdog allows, for one sign
  // may come late.
  base::Millis period(base::Millis most) const;
  // The first one says that the kiosk is ready.
  void beat(std::string status);

 private:
  store::kiosk::KioskStore& store_;
  Recorder& recorder_;
  base::Log log_;
  bool is_told_ready_ = false;  // store thread
  const std::optional<base::Millis> limit_ = runtime::watchdog_limit();
};

}  // namespace halte::kiosk::shell
