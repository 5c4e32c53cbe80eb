// SPDX-License-Identifier: Apache-2.0
#pragma once

// Server-sent events. A handler subscribes and answers `Response::stream(hub.subscribe(filter))`;
// anything publishes. There is no replay: an event says what changed, the page then asks for it.

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sync/server/http/message.h"

namespace halte::http {

struct Event {
  std::string name;      // "event:", one line
  std::string data;      // "data:", usually JSON
  std::string audience;  // not sent; for the filters: a role, a branch
};

// The bytes on the wire. Line ends in the name are dropped, in the data they become more "data:" lines.
std::string to_wire(const Event& event);

// One client's queue between the hub and its connection.
class Subscription {
 public:
  using Filter = std::function<bool(const Event&)>;

  Subscription(Filter filter, std::size_t limit) : filter_(std::move(filter)), limit_(limit) {}

  // The hub's side, any thread. An event over the limit closes the subscription: the browser comes back
  // by itself and asks anew, which beats an ever growing queue.
  void offer(const Event& event, const std::string& wire);
  void close();

  // The connection's side. `wake` is called without a lock held, from any thread, whenever there is
  // something to take or the end.
  void on_change(std::function<void()> wake);
  // All that waits, as bytes; nullopt at the end.
  std::optional<std::string> take();
  bool closed() const;

 private:
  void change(std::unique_lock<std::mutex> lock);

  Filter filter_;
  std::size_t limit_;
  mutable std::mutex mutex_;
  std::deque<std::string> waiting_;
  std::function<void()> wake_;
  bool closed_ = false;
};

class EventHub {
 public:
  // `queue_limit`: events that a client may lag behind.
  explicit EventHub(std::size_t queue_limit = 256) : queue_limit_(queue_limit) {}
  ~EventHub() { close(); }

  // Any thread. The filter runs on the publisher's thread, under the hub's lock: short, and it must not
  // call the hub.
  std::shared_ptr<Subscription> subscribe(Subscription::Filter filter);
  void publish(const Event& event);
  void close();  // ends every stream; later subscriptions end at once
  std::size_t subscribers() const;

 private:
  std::size_t queue_limit_;
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<Subscription>> subscriptions_;
  bool closed_ = false;
};

}  // namespace halte::http
