// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/store/hq/backups.h"

namespace halte::hq {

struct BackupSettings {
  std::filesystem::path database, folder;
  std::chrono::hours every{24};  // 0: only when somebody asks
  std::size_t keep = 14;
};

// Makes a copy whenever the newest one is older than that, on a thread of its own, lets the oldest go, and
// takes out of all of them within minutes what has been erased. What fails is told to the log, and tried
// again within the hour. Its end cuts a copy short.
class BackupSchedule {
 public:
  BackupSchedule(BackupSettings settings, const base::Clock& clock, base::Log log);

 private:
  void run(const std::stop_token& stop);
  base::Result<base::Instant> due() const;
  void make(const std::stop_token& stop);
  void scrub(const std::stop_token& stop);

  BackupSettings settings_;
  const base::Clock& clock_;
  base::Log log_;
  std::set<std::string> told_;  // what could not be scrubbed, so that it is told once
  base::Instant tried_{};       // the last copy by the clock, whatever came of it
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread thread_;  // last: it uses the members above
};

// halte-hq backup create | list | verify | scrub, beside a running server too, and restore NAME, of a stopped
// one. Prints what it did; true: all is well.
base::Result<bool> backup_command(const std::vector<std::string>& words, const BackupSettings& settings,
                                  const base::Clock& clock);

}  // namespace halte::hq
