// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/sync_thread.h"

#include <utility>

namespace halte::kiosk::shell {

SyncThread::SyncThread(client::Worker& worker, net::CurlHttpClient& http,
                       std::function<client::DeviceState()> device)
    : worker_(worker), http_(http), device_(std::move(device)), thread_([this] { run(); }) {}

void SyncThread::poke() {
  {
    std::lock_guard lock(mutex_);
    poked_ = true;
  }
  changed_.notify_one();
}

void SyncThread::run_soon(std::function<void()> job) {
  {
    std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    poked_ = true;
  }
  changed_.notify_one();
}

void SyncThread::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  http_.abort();
  if (thread_.joinable()) thread_.join();
}

void SyncThread::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    poked_ = false;
    auto jobs = std::exchange(jobs_, {});
    lock.unlock();
    for (const auto& job : jobs) job();
    jobs.clear();  // with what they hold: a code, perhaps
    const base::Millis sleep = worker_.step(device_());
    lock.lock();
    changed_.wait_for(lock, sleep, [this] { return stopping_ || poked_; });
  }
}

}  // namespace halte::kiosk::shell
