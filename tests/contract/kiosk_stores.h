// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/store/kiosk/kiosk_store.h"
#include "core/store/memory/kiosk_store.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"

// Every implementation of the kiosk's ports, for contracts that hold for each.
namespace halte::tests {

struct SqliteStores {
  TemporaryFolder folder;
  base::SeededRandom random{7};
  std::unique_ptr<store::kiosk::KioskStore> store =
      *store::kiosk::KioskStore::create(folder / "kiosk.db", random);

  response::Repository& repository() { return *store; }
  outbox::Outbox& outbox() { return *store; }
  site::IdentityStore& identity() { return *store; }
  response::LocalCounts& counts() { return *store; }
  site::CoverageLog& coverage() { return *store; }
  site::PinStore& pins() { return *store; }
  site::AdjustmentStore& adjustments() { return *store; }
};

struct MemoryStores {
  base::SeededRandom random{7};
  store::memory::KioskStore store{random};

  response::Repository& repository() { return store; }
  outbox::Outbox& outbox() { return store; }
  site::IdentityStore& identity() { return store; }
  response::LocalCounts& counts() { return store; }
  site::CoverageLog& coverage() { return store; }
  site::PinStore& pins() { return store; }
  site::AdjustmentStore& adjustments() { return store; }
};

inline site::Enrolment an_enrolment() {
  return {"http://127.0.0.1:1", "kiosk-1", "token", {1}, {2}, "seal-1", {3}, "sign-1", {4},
          base::Bytes(32, 5)};
}

inline response::Tally no_tally(const response::Response&) { return {}; }

// What a_response() adds: two ratings, and two reasons of a happy visitor.
inline response::Tally a_tally() {
  return {true,
          {{"visit", "4", 0, "emotion"},
           {"nps", "9", 0, "nps"},
           {"went_well", "staff", 3, "reason"},
           {"went_well", "price", 3, "reason"}}};
}

inline response::LocalFilter around_noon() {
  return {"utrecht", "checkout", noon() - std::chrono::hours(24), noon() + std::chrono::hours(24)};
}

inline std::int64_t counted(const std::vector<response::CountRow>& rows, const std::string& question,
                            const std::string& bin) {
  std::int64_t n = 0;
  for (const auto& row : rows)
    if (row.question == question && row.bin == bin) n += row.n;
  return n;
}

}  // namespace halte::tests

#define EACH_STORE tests::SqliteStores, tests::MemoryStores
