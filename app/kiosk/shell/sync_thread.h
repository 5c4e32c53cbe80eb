// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "sync/client/worker.h"
#include "sync/net/curl_http_client.h"

namespace halte::kiosk::shell {

// The thread around client::Worker: steps it when something is due or somebody pokes. stop() cuts a request
// short; what it carried comes back to the outbox with its lease.
class SyncThread {
 public:
  // `device` is called on this thread. All that is passed in outlives the object.
  SyncThread(client::Worker& worker, net::CurlHttpClient& http, std::function<client::DeviceState()> device);
  ~SyncThread() { stop(); }
  SyncThread(const SyncThread&) = delete;
  SyncThread& operator=(const SyncThread&) = delete;

  void poke();  // any thread: there is something new to carry
  // Any thread: `job` has the network for itself, before the next step. Not called any more after stop().
  void run_soon(std::function<void()> job);
  void stop();

 private:
  void run();

  client::Worker& worker_;
  net::CurlHttpClient& http_;
  std::function<client::DeviceState()> device_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool poked_ = false, stopping_ = false;
  std::vector<std::function<void()>> jobs_;
  std::thread thread_;  // last: it uses the members above
};

}  // namespace halte::kiosk::shell
