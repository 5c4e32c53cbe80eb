// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace halte::runtime {

// One thread that runs jobs in the order they were posted: the store thread is one. post() from any
// thread, never blocks on a running job. stop() (or the destructor) runs what was posted before it,
// then joins; posting after stop() is an error of the program and the job is dropped.
class Worker {
 public:
  using Job = std::function<void()>;

  Worker();
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void post(Job job);
  void stop();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the members above
};

}  // namespace halte::runtime
