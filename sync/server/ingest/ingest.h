// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/log.h"
#include "core/store/hq/hq_store.h"
#include "sync/server/ingest/catalogue.h"

namespace halte::ingest {

// Since the start.
struct Counters {
  std::uint64_t batches = 0;
  std::uint64_t stored = 0, duplicate = 0, rejected = 0;  // items
};

// Group commit: one thread writes, and takes whatever has come in meanwhile into one transaction. Each
// batch is answered after the commit that holds it.
class Ingest {
 public:
  using Done = std::move_only_function<void(base::Result<std::vector<store::hq::IngestResult>>)>;
  using Announce = std::function<void(const std::vector<store::hq::Touched>&)>;

  Ingest(store::hq::Ledger& ledger, const Catalogue& catalogue, Announce announce, base::Log log);
  ~Ingest();  // answers what waits, then joins
  Ingest(const Ingest&) = delete;
  Ingest& operator=(const Ingest&) = delete;

  // False, and `done` not called, when too much waits: the caller answers 503. `done` is called on the
  // writing thread.
  bool submit(store::hq::IngestBatch batch, Done done);

  Counters counters() const;
  std::size_t waiting() const;  // batches

 private:
  struct Waiting {
    store::hq::IngestBatch batch;
    Done done;
  };
  void run();
  void commit(std::vector<Waiting> group);
  void count(const store::hq::Ingested& ingested);

  store::hq::Ledger& ledger_;
  const Catalogue& catalogue_;
  Announce announce_;
  base::Log log_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  Counters counters_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace halte::ingest
