// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/log.h"
#include "sync/server/http/handler.h"

namespace halte::http {

// A fixed number of threads behind a bounded queue. Stop the server first, then the workers.
class Workers {
 public:
  Workers(int threads, std::size_t queue_limit, base::Log log);
  ~Workers();  // runs what is queued, then joins
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False, and nothing kept, when the queue is full. Any thread.
  bool post(std::move_only_function<void()> task);
  std::size_t waiting() const;

  // `answer` on one of these threads; queue full: 503 with Retry-After; a throw: 500, logged.
  Handler handler(std::function<Response(const Request&)> answer);

 private:
  void run();

  std::size_t queue_limit_;
  base::Log log_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::move_only_function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace halte::http
