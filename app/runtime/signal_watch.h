// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace halte::runtime {

// SIGHUP (xinit's way to end its client), SIGINT and SIGTERM as a call on a thread of its own, where locks
// are allowed. Create it before any other thread: the signals are blocked in the creating thread and in all
// that it starts. One in a process.
class SignalWatch {
 public:
  explicit SignalWatch(std::function<void()> on_stop);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  std::atomic<bool> ending_ = false;
  std::thread thread_;  // last: it uses the member above
};

}  // namespace halte::runtime
