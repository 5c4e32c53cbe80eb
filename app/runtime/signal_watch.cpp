// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/signal_watch.h"

#include <csignal>

namespace halte::runtime {
namespace {

constexpr int wake_signal = SIGUSR1;  // ends the watch itself

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : {SIGHUP, SIGINT, SIGTERM, wake_signal}) sigaddset(&set, signal);
  return set;
}

}  // namespace

SignalWatch::SignalWatch(std::function<void()> on_stop) {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this, set, on_stop = std::move(on_stop)] {
    int signal = 0;
    while (sigwait(&set, &signal) == 0) {
      if (ending_) return;
      if (signal != wake_signal) on_stop();  // that signal may come from outside, too
    }
  });
}

SignalWatch::~SignalWatch() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), wake_signal);
  thread_.join();
}

}  // namespace halte::runtime
