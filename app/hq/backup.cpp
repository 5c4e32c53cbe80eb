// SPDX-License-Identifier: Apache-2.0
#include "app/hq/backup.h"

#include <fmt/format.h>

#include <utility>

namespace halte::hq {
namespace {

constexpr std::chrono::minutes longest_wait{10};  // a clock that jumps is noticed within it
constexpr std::chrono::hours wait_after_failure{1};

std::string sentence(const store::hq::Backup& backup) {
  return fmt::format("{}: {} responses, {:.1f} MB, schema {}", backup.name, backup.responses,
                     double(backup.bytes) / 1e6, backup.schema);
}

}  // namespace

BackupSchedule::BackupSchedule(BackupSettings settings, const base::Clock& clock, base::Log log)
    : settings_(std::move(settings)), clock_(clock), log_(std::move(log)) {
  if (settings_.every.count() > 0) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

base::Result<base::Instant> BackupSchedule::due() const {
  auto made = store::hq::backups(settings_.folder);
  if (!made) return std::unexpected(made.error());
  return made->empty() ? base::Instant{} : made->back().made + settings_.every;
}

void BackupSchedule::make(const std::stop_token& stop) {
  auto backup = store::hq::make_backup(settings_.database, settings_.folder, clock_.now(), stop);
  if (!backup && stop.stop_requested()) return;
  if (!backup) return log_->error("no backup: {}", base::to_string(backup.error()));
  log_->info("backup {}", sentence(*backup));
  if (auto dropped = store::hq::drop_old_backups(settings_.folder, settings_.keep); !dropped)
    log_->error("{}", base::to_string(dropped.error()));
}

void BackupSchedule::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    auto when = due();
    if (!when) log_->error("{}", base::to_string(when.error()));
    const base::Instant now = clock_.now();
    base::Millis wait = wait_after_failure;
    if (when && *when <= now) {
      make(stop);
      when = due();
      wait = when && *when > now ? base::Millis(longest_wait) : wait_after_failure;
    } else if (when) {
      wait = std::min<base::Millis>(*when - now, longest_wait);
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, wait, [] { return false; });
  }
}

base::Result<bool> backup_command(const std::string& what, const BackupSettings& settings,
                                  const base::Clock& clock) {
  if (what == "create") {
    auto backup = store::hq::make_backup(settings.database, settings.folder, clock.now());
    if (!backup) return std::unexpected(backup.error());
    fmt::print("{}\n", (settings.folder / sentence(*backup)).string());
    auto dropped = store::hq::drop_old_backups(settings.folder, settings.keep);
    if (!dropped) return std::unexpected(dropped.error());
    return true;
  }
  auto made = store::hq::backups(settings.folder);
  if (!made) return std::unexpected(made.error());
  if (made->empty()) fmt::print("{}: no backups\n", settings.folder.string());
  bool is_well = true;
  for (const auto& backup : *made) {
    const auto verified =
        what == "verify" ? store::hq::verify_backup(settings.folder, backup) : base::Status{};
    is_well = is_well && verified.has_value();
    fmt::print("{}{}\n", sentence(backup),
               what != "verify" ? ""
               : verified       ? ", as it was made"
                                : ", WRONG: " + verified.error().cause);
  }
  return is_well;
}

}  // namespace halte::hq
