// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace halte::runtime {

// Work handed to one thread by others. post() may be called from any thread and wakes the receiver;
// run() belongs to the receiver: it takes everything under the lock and runs it without the lock, so
// that a job may post again (that job runs at the next run()). Jobs run in the order they came.
class Mailbox {
 public:
  using Job = std::function<void()>;

  // `wake` is called after every post, from the posting thread; it must be safe there.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void post(Job job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    wake_();
  }

  // Returns how many ran.
  std::size_t run() {
    std::vector<Job> taken;
    {
      std::lock_guard lock(mutex_);
      taken.swap(jobs_);
    }
    for (Job& job : taken) job();
    return taken.size();
  }

 private:
  std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<Job> jobs_;
};

}  // namespace halte::runtime
