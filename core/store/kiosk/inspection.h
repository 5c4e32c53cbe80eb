// SPDX-License-Identifier: Apache-2.0
#pragma once

// A kiosk's database for somebody who only looks, beside a running kiosk or without one: nothing is written,
// migrated, locked or checkpointed. For another process than the kiosk's: a process that closes a file gives
// up all its locks on it, those of its writing connection too.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/outbox/outbox.h"
#include "core/store/kiosk/kiosk_store.h"

namespace halte::store::kiosk {

struct Soundness {
  std::optional<int> holder;        // the kiosk's process that has it open
  std::vector<std::string> faults;  // what SQLite finds wrong with the file, at most 10
  std::int64_t rows = 0;            // answers, open and waiting
  std::int64_t changed = 0;         // of them: no longer what was written, by their hashes
  outbox::Status outbox;
};

// Everything that can be known of it; reads the whole file. Not there: not_found. Newer, foreign, or too
// damaged to be read at all: refused.
base::Result<Soundness> inspect(const std::filesystem::path& path);

// What it keeps, for reading: every call that would write fails. Failures as of inspect().
base::Result<std::unique_ptr<KioskStore>> open_untouched(const std::filesystem::path& path);

}  // namespace halte::store::kiosk
