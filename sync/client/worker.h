// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/base/log.h"
#include "sync/client/configuration_fetcher.h"
#include "sync/client/heartbeat.h"
#include "sync/client/retry_policy.h"
#include "sync/client/status.h"
#include "sync/client/uploader.h"

namespace halte::client {

// What the sync thread does, without the thread: each step does what is due and says how long to sleep. It
// never removes an answer and never stops trying. All calls from one thread; what is passed in outlives it.
//
//   batches        as soon as something is due in the outbox and the link is not to be left alone
//   heartbeat      every minute, and at once when the screen or the database changed state
//   configuration  at the start and every five minutes
class Worker {
 public:
  struct Ports {
    outbox::Outbox& outbox;
    site::IdentityStore& identity;
    site::CoverageLog& coverage;
    net::HttpClient& http;
    const base::Clock& clock;
    base::Random& random;
    Listener& listener;
    base::Log log;
  };
  struct Schedule {
    RetryPolicy retry;
    base::Millis heartbeat{60'000};
    base::Millis configuration{5 * 60'000};
  };

  Worker(const Ports& ports, ConfigurationCheck check, const Schedule& schedule);

  // Returns how long to sleep at most. Call it again earlier when a response was closed or erased, after an
  // enrolment and after unparking: a response then leaves in this call. Blocks as long as its requests.
  base::Millis step(const DeviceState& device);

  // The network is back, as the operating system says: nothing waits for its backoff any more. Then step().
  void link_came_up();
  // So is another way to the server (a proxy, other authorities): whatever did not reach it is tried again at
  // once. Then step().
  void route_changed();

 private:
  struct Job {
    base::Millis due{0};  // by the steady clock
    int failures = 0;     // in a row
    std::optional<Trouble> trouble;
  };

  base::Status work(const DeviceState& device);
  base::Status meet_enrolment();
  base::Status upload(const DeviceState& device);
  base::Status beat(const DeviceState& device);
  base::Status add_coverage(protocol::Heartbeat& heartbeat, const DeviceState& device);
  base::Status fetch();
  base::Status publish();

  void in_contact(Job& job);
  void back_off(Job& job, const Trouble& trouble);
  std::pair<SyncState, std::string> standing() const;
  void tell();
  base::Millis until_next() const;

  Ports ports_;
  Schedule schedule_;
  Uploader uploader_;
  ConfigurationFetcher fetcher_;

  std::optional<site::Enrolment> enrolment_;
  Job upload_, heartbeat_, configuration_;
  base::Millis paused_until_{0};
  bool more_ = false;                            // the last claim found something, so there may be more
  std::optional<DeviceState> told_;              // what the last heartbeat said
  std::optional<base::Instant> coverage_until_;  // what the server knows of it
  outbox::Status outbox_;
  SyncStatus status_;
  std::shared_ptr<const SyncStatus> published_;
};

}  // namespace halte::client
