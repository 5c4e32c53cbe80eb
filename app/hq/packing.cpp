// SPDX-License-Identifier: Apache-2.0
#include "app/hq/packing.h"

namespace halte::hq {
namespace {

constexpr int most_waiting = 5'000;  // counts in rows, which every figure reads beside what is packed
constexpr int most_series = 32;      // at once: batches wait for as long
constexpr std::chrono::seconds between{10}, after_failure{600};

}  // namespace

CountPacking::CountPacking(store::hq::Counts& counts, base::Log log)
    : counts_(counts), log_(std::move(log)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void CountPacking::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto done = pack(stop);
    if (!done) log_->error("{}", base::to_string(done.error()));
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, done ? between : after_failure, [] { return false; });
  }
}

// Each series once: those that are answered meanwhile wait for the next time.
base::Status CountPacking::pack(const std::stop_token& stop) {
  const auto waiting = counts_.unpacked_counts();
  if (!waiting) return std::unexpected(waiting.error());
  if (*waiting <= most_waiting) return {};
  std::int64_t last = 0;
  do {
    const auto packed = counts_.pack_counts(last, most_series);
    if (!packed) return std::unexpected(packed.error());
    last = *packed;
  } while (last != 0 && !stop.stop_requested());
  return {};
}

}  // namespace halte::hq
