// SPDX-License-Identifier: Apache-2.0
#include "sync/server/ingest/ingest.h"

namespace halte::ingest {
namespace {

constexpr std::size_t most_waiting = 2'000;         // batches
constexpr std::size_t most_items_a_commit = 5'000;  // keeps one commit short enough for readers

}  // namespace

Ingest::Ingest(store::hq::Ledger& ledger, const Catalogue& catalogue, Announce announce, base::Log log)
    : ledger_(ledger),
      catalogue_(catalogue),
      announce_(std::move(announce)),
      log_(std::move(log)),
      thread_([this] { run(); }) {}

Ingest::~Ingest() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool Ingest::submit(store::hq::IngestBatch batch, Done done) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= most_waiting) return false;
    queue_.push_back({std::move(batch), std::move(done)});
  }
  wake_.notify_one();
  return true;
}

void Ingest::run() {
  while (true) {
    std::vector<Waiting> group;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      std::size_t items = 0;
      while (!queue_.empty() &&
             (group.empty() || items + queue_.front().batch.items.size() <= most_items_a_commit)) {
        items += queue_.front().batch.items.size();
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    commit(std::move(group));
  }
}

void Ingest::commit(std::vector<Waiting> group) {
  std::vector<store::hq::IngestBatch> batches;
  batches.reserve(group.size());
  for (Waiting& waiting : group) batches.push_back(std::move(waiting.batch));
  auto ingested = ledger_.ingest(batches, [&](const response::Response& r) { return catalogue_.tally(r); });
  if (!ingested) {
    log_->error("{}", base::to_string(ingested.error()));
    for (Waiting& waiting : group) waiting.done(std::unexpected(ingested.error()));
    return;
  }
  count(*ingested);
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(std::move(ingested->results[i]));
  if (!ingested->touched.empty()) announce_(ingested->touched);
}

void Ingest::count(const store::hq::Ingested& ingested) {
  std::lock_guard lock(mutex_);
  counters_.batches += ingested.results.size();
  for (const auto& batch : ingested.results)
    for (const store::hq::IngestResult& result : batch) switch (result.status) {
        case store::hq::IngestStatus::stored: ++counters_.stored; break;
        case store::hq::IngestStatus::duplicate: ++counters_.duplicate; break;
        case store::hq::IngestStatus::rejected: ++counters_.rejected; break;
        case store::hq::IngestStatus::retry: break;  // it comes again
      }
}

Counters Ingest::counters() const {
  std::lock_guard lock(mutex_);
  return counters_;
}

std::size_t Ingest::waiting() const {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

}  // namespace halte::ingest
