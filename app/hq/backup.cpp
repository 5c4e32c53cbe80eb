// SPDX-License-Identifier: Apache-2.0
#include "app/hq/backup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <utility>

#include "core/store/hq/restore.h"
#include "sync/server/ingest/catalogue.h"

namespace halte::hq {
namespace {

constexpr std::chrono::minutes longest_wait{10};  // a clock that jumps is noticed within it, and an erasure
constexpr std::chrono::hours wait_after_failure{1};

std::string sentence(const store::hq::Backup& backup) {
  return fmt::format("{}: {} responses, {:.1f} MB, schema {}", backup.name, backup.responses,
                     double(backup.bytes) / 1e6, backup.schema);
}

// By the surveys of that very copy.
base::Result<store::hq::Tallier> tallier_of(store::hq::HqStore& store) {
  auto catalogue = std::make_shared<ingest::Catalogue>(store);
  if (auto read = catalogue->refresh(); !read) return std::unexpected(read.error());
  return [catalogue](const response::Response& response) { return catalogue->tally(response); };
}

}  // namespace

BackupSchedule::BackupSchedule(BackupSettings settings, const base::Clock& clock, base::Log log)
    : settings_(std::move(settings)), clock_(clock), log_(std::move(log)) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

base::Result<base::Instant> BackupSchedule::due() const {
  if (settings_.every.count() == 0) return base::Instant::max();
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

void BackupSchedule::scrub(const std::stop_token& stop) {
  auto scrubbed = store::hq::scrub_copies(settings_.database, settings_.folder, tallier_of, stop);
  if (!scrubbed && stop.stop_requested()) return;
  if (!scrubbed) return log_->error("copies may hold what was erased: {}", base::to_string(scrubbed.error()));
  for (const std::string& name : scrubbed->rewritten)
    log_->info("{} was written anew, without what has been erased", name);
  std::set<std::string> failed;
  for (const base::Error& error : scrubbed->failed) failed.insert(base::to_string(error));
  for (const std::string& error : failed)
    if (!told_.contains(error)) log_->error("holds what was erased: {}", error);
  told_ = std::move(failed);
}

void BackupSchedule::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    scrub(stop);
    auto when = due();
    if (!when) log_->error("{}", base::to_string(when.error()));
    const base::Instant now = clock_.now();
    base::Millis wait = longest_wait;
    const bool may_try = now < tried_ || now >= tried_ + wait_after_failure;  // before: the clock was ahead
    if (when && *when <= now && may_try) {
      tried_ = now;
      make(stop);
    } else if (when && *when > now) {
      wait = std::min<base::Millis>(*when - now, longest_wait);
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, wait, [] { return false; });
  }
}

namespace {

base::Result<bool> create(const BackupSettings& settings, const base::Clock& clock) {
  auto backup = store::hq::make_backup(settings.database, settings.folder, clock.now());
  if (!backup) return std::unexpected(backup.error());
  fmt::print("{}\n", (settings.folder / sentence(*backup)).string());
  auto dropped = store::hq::drop_old_backups(settings.folder, settings.keep);
  // The next one drops them where another is at work now.
  if (!dropped && dropped.error().kind != base::ErrorKind::unavailable)
    return std::unexpected(dropped.error());
  return true;
}

base::Result<bool> list(const BackupSettings& settings, bool verify) {
  auto made = store::hq::backups(settings.folder);
  if (!made) return std::unexpected(made.error());
  if (made->empty()) fmt::print("{}: no backups\n", settings.folder.string());
  bool is_well = true;
  for (const auto& backup : *made) {
    const auto verified = verify ? store::hq::verify_backup(settings.folder, backup) : base::Status{};
    is_well = is_well && verified.has_value();
    fmt::print("{}{}\n", sentence(backup),
               !verify    ? ""
               : verified ? ", as it was made"
                          : ", WRONG: " + verified.error().cause);
  }
  return is_well;
}

base::Result<bool> scrub(const BackupSettings& settings) {
  auto scrubbed = store::hq::scrub_copies(settings.database, settings.folder, tallier_of);
  if (!scrubbed) return std::unexpected(scrubbed.error());
  for (const std::string& name : scrubbed->rewritten)
    fmt::print("{}: written anew, without what has been erased\n", name);
  for (const base::Error& error : scrubbed->failed)
    fmt::print("{}: STILL HOLDS IT: {}\n", error.subject, error.cause);
  if (scrubbed->rewritten.empty() && scrubbed->failed.empty())
    fmt::print("no copy holds anything that has been erased\n");
  return scrubbed->failed.empty();
}

base::Result<bool> restore(const BackupSettings& settings, const std::string& name,
                           const base::Clock& clock) {
  auto restored =
      store::hq::restore_backup(settings.database, settings.folder, name, tallier_of, clock.now());
  if (!restored) return std::unexpected(restored.error());
  fmt::print("{} serves again: {} responses, as of {}\n", settings.database.string(), restored->responses,
             base::to_rfc3339(std::chrono::floor<std::chrono::seconds>(restored->from.made)));
  fmt::print("erased in it once more: {} responses, and a withdrawal in {}\n", restored->applied.erased,
             restored->applied.withdrawn);
  if (restored->aside)
    fmt::print(
        "{}: the database that stood there, put aside; answers that are in it alone: {}. No kiosk sends them "
        "again; erasures reach them there too. Delete it when you need it no more\n",
        restored->aside->string(), restored->only_aside);
  if (!restored->unknown_kiosks.empty())
    fmt::print("kiosks that this copy does not know, to be made and enrolled again: {}\n",
               fmt::join(restored->unknown_kiosks, ", "));
  for (const base::Error& error : restored->unread)
    fmt::print("{}: its erasures could not be read: {}\n", error.subject, error.cause);
  fmt::print("everybody signs in anew, and codes that were not used yet are void; look at halte-hq gaps\n");
  return true;
}

}  // namespace

base::Result<bool> backup_command(const std::vector<std::string>& words, const BackupSettings& settings,
                                  const base::Clock& clock) {
  const std::string& what = words.front();
  if (what == "create") return create(settings, clock);
  if (what == "scrub") return scrub(settings);
  if (what == "restore") return restore(settings, words.at(1), clock);
  return list(settings, what == "verify");
}

}  // namespace halte::hq
