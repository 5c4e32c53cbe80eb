// SPDX-License-Identifier: Apache-2.0
#include "app/hq/packing.h"

namespace halte::hq {
namespace {

constexpr int waiting_counts = 5'000;  // a dashboard adds these up in a few milliseconds
constexpr int most_series = 32;        // some milliseconds of the store's writer
constexpr std::chrono::seconds between{10}, between_slices{0}, after_failure{600};

}  // namespace

CountPacking::CountPacking(store::hq::Counts& counts, base::Log log)
    : counts_(counts), log_(std::move(log)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void CountPacking::run(const std::stop_token& stop) {
  bool is_begun = false;
  while (!stop.stop_requested()) {
    // What has been begun is finished, so that it does not begin again at the next answer.
    const auto more = counts_.pack_counts(is_begun ? 0 : waiting_counts, most_series);
    if (!more) log_->error("{}", base::to_string(more.error()));
    is_begun = more.value_or(false);
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop,
                      !more      ? after_failure
                      : is_begun ? between_slices
                                 : between,
                      [] { return false; });
  }
}

}  // namespace halte::hq
