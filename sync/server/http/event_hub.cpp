// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/event_hub.h"

#include <algorithm>

namespace halte::http {

std::string to_wire(const Event& event) {
  std::string wire = "event: ";
  std::ranges::copy_if(event.name, std::back_inserter(wire), [](char c) { return c != '\n' && c != '\r'; });
  wire += "\ndata: ";
  for (const char c : event.data) {
    if (c == '\n') {
      wire += "\ndata: ";
    } else if (c != '\r') {
      wire += c;
    }
  }
  return wire + "\n\n";
}

void Subscription::offer(const Event& event, const std::string& wire) {
  if (filter_ && !filter_(event)) return;
  std::unique_lock lock(mutex_);
  if (closed_) return;
  if (waiting_.size() >= limit_) {
    waiting_.clear();
    closed_ = true;
  } else {
    waiting_.push_back(wire);
  }
  change(std::move(lock));
}

void Subscription::close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  change(std::move(lock));
}

void Subscription::change(std::unique_lock<std::mutex> lock) {
  const auto wake = wake_;
  lock.unlock();
  if (wake) wake();
}

void Subscription::on_change(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

std::optional<std::string> Subscription::take() {
  const std::lock_guard lock(mutex_);
  if (closed_ && waiting_.empty()) return std::nullopt;
  std::string all;
  for (const auto& wire : waiting_) all += wire;
  waiting_.clear();
  return all;
}

bool Subscription::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

std::shared_ptr<Subscription> EventHub::subscribe(Subscription::Filter filter) {
  auto subscription = std::make_shared<Subscription>(std::move(filter), queue_limit_);
  const std::lock_guard lock(mutex_);
  std::erase_if(subscriptions_, [](const auto& weak) { return weak.expired(); });
  subscriptions_.push_back(subscription);
  if (closed_) subscription->close();
  return subscription;
}

void EventHub::publish(const Event& event) {
  const std::string wire = to_wire(event);
  const std::lock_guard lock(mutex_);
  for (const auto& weak : subscriptions_) {
    if (const auto subscription = weak.lock()) subscription->offer(event, wire);
  }
}

void EventHub::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  for (const auto& weak : subscriptions_) {
    if (const auto subscription = weak.lock()) subscription->close();
  }
}

std::size_t EventHub::subscribers() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(subscriptions_, [](const auto& weak) {
    const auto subscription = weak.lock();
    return subscription && !subscription->closed();
  }));
}

}  // namespace halte::http
