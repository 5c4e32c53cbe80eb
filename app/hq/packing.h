// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/log.h"
#include "core/store/hq/hq_store.h"

namespace halte::hq {

// Packs counts in passing (store::hq::Counts::pack_counts), on a thread of its own and some series at a time.
// What fails is told to the log, and tried again minutes later.
class CountPacking {
 public:
  CountPacking(store::hq::Counts& counts, base::Log log);

 private:
  void run(const std::stop_token& stop);
  base::Status pack(const std::stop_token& stop);

  store::hq::Counts& counts_;
  base::Log log_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread thread_;  // last: it uses the members above
};

}  // namespace halte::hq
