// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/workers.h"

#include <exception>

#include "sync/server/http/problem.h"

namespace halte::http {

Workers::Workers(int threads, std::size_t queue_limit, base::Log log)
    : queue_limit_(queue_limit), log_(std::move(log)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool Workers::post(std::move_only_function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= queue_limit_) return false;
    queue_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

std::size_t Workers::waiting() const {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

Handler Workers::handler(std::function<Response(const Request&)> answer) {
  return [this, answer = std::move(answer)](Request request, Reply reply) {
    // Shared, so that the reply is still here to say "busy" when the queue does not take the task.
    auto shared = std::make_shared<Reply>(std::move(reply));
    auto task = [this, answer, request = std::move(request), shared] {
      try {
        (*shared)(answer(request));
      } catch (const std::exception& error) {
        log_->error("{} failed: {}", request.method, error.what());
        (*shared)(problem(Problem::internal));
      }
    };
    if (!post(std::move(task))) (*shared)(problem_retry(Problem::busy, "the queue is full", 2));
  };
}

void Workers::run() {
  while (true) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    auto task = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    try {
      task();
    } catch (const std::exception& error) {
      log_->error("a request failed: {}", error.what());  // its reply went with it: the connection closes
    }
  }
}

}  // namespace halte::http
