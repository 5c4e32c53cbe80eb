// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/store/hq/backups.h"

namespace halte::hq {

struct BackupSettings {
  std::filesystem::path database, folder;
  std::chrono::hours every{0};  // 0: only when somebody asks
  std::size_t keep = 14;
};

// Makes a copy whenever the newest one is older than that, on a thread of its own, and lets the oldest go.
// One that fails is told to the log, and tried again within the hour. Its end cuts a copy short.
class BackupSchedule {
 public:
  BackupSchedule(BackupSettings settings, const base::Clock& clock, base::Log log);

 private:
  void run(const std::stop_token& stop);
  base::Result<base::Instant> due() const;
  void make(const std::stop_token& stop);

  BackupSettings settings_;
  const base::Clock& clock_;
  base::Log log_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread thread_;  // last: it uses the members above
};

// halte-hq backup create | list | verify, beside a running server too. Prints what it did; true: all is well.
base::Result<bool> backup_command(const std::string& what, const BackupSettings& settings,
                                  const base::Clock& clock);

}  // namespace halte::hq
