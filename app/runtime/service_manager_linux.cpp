// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/service_manager.h"

#include <systemd/sd-daemon.h>

#include <chrono>

namespace halte::runtime {
namespace {

// Ended by a line feed: what reads messages as lines finds them whole.
void notify(const std::string& lines) { (void)sd_notify(0, (lines + "\n").c_str()); }

}  // namespace

void tell_ready() { notify("READY=1"); }
void tell_alive(const std::string& status) { notify("WATCHDOG=1\nSTATUS=" + status); }
void tell_stopping() { notify("STOPPING=1"); }

std::optional<base::Millis> watchdog_limit() {
  std::uint64_t limit_us = 0;
  if (sd_watchdog_enabled(0, &limit_us) <= 0) return std::nullopt;
  return std::chrono::duration_cast<base::Millis>(std::chrono::microseconds(limit_us));
}

}  // namespace halte::runtime
