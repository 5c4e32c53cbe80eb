// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/store/hq/hq_store.h"

namespace halte::ingest {

// Whether captured = received + waiting, for one epoch of one kiosk: erasures have numbers as well and count
// as received. What is not received and cannot be waiting any more is missing.
struct Balance {
  store::hq::EpochRecord epoch;
  bool is_at_work = false;  // somebody still counts in it; else nothing that waited there can come any more
  std::uint64_t captured = 0;  // as far as is known: told of by a heartbeat, or seen to arrive
  std::uint64_t received = 0;
  std::uint64_t waiting = 0;  // by the last heartbeat, less what has arrived since
  std::uint64_t missing = 0;
  std::vector<store::hq::NumberRange>
      holes;  // numbers up to `captured` that have not arrived: missing or waiting
};

std::vector<Balance> balances(std::vector<store::hq::EpochRecord> epochs);
std::uint64_t missing(const std::vector<Balance>& balances);

// "kiosk kassa-1, epoch 3f2a9c01, heard 2026-03-01T12:00:00Z: 25 captured, 15 received, 0 waiting, 10
// missing: numbers 11 to 20", and what has happened to its disk.
std::string to_sentence(const Balance& balance);
// The last line under all of them.
std::string to_sentence(const std::vector<Balance>& balances);

}  // namespace halte::ingest
