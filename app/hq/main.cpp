// SPDX-License-Identifier: Apache-2.0
// halte-hq: the central server as a program. Everything it does is in sync/server; this reads settings,
// opens the store and waits for a signal.
#include <fmt/format.h>
#include <signal.h>

#include <cstdio>

#include "app/hq/admin.h"
#include "app/hq/backup.h"
#include "app/hq/control.h"
#include "app/hq/doctor/doctor.h"
#include "app/hq/packing.h"
#include "app/hq/settings.h"
#include "app/hq/transfer.h"
#include "app/runtime/service_manager.h"
#include "core/store/hq/restore.h"
#include "sync/server/ingest/gaps.h"

namespace {

using namespace halte;

using hq::Settings;

// Makes the folder, and copies a database that this version is going to change.
base::Result<std::unique_ptr<store::hq::HqStore>> open_store(const Settings& settings,
                                                             const base::Clock& clock, const base::Log& log) {
  std::error_code made;
  std::filesystem::create_directories(settings.data, made);
  if (made) return base::fail(settings.data, made.message(), "making the data folder");
  std::filesystem::permissions(settings.data, std::filesystem::perms::owner_all, made);
  const hq::BackupSettings backups = settings.backups();
  auto copied = store::hq::backup_before_update(backups.database, backups.folder, clock.now());
  if (!copied) return std::unexpected(copied.error());
  if (*copied) log->info("backup {} made before the update of the database", (*copied)->name);
  if (auto dropped = store::hq::drop_old_backups(backups.folder, backups.keep); !dropped)
    log->error("{}", base::to_string(dropped.error()));
  return store::hq::HqStore::create_sqlite(backups.database);
}

base::Status serve(const Settings& settings, const base::Log& log) {
  base::SystemClock clock;
  base::SystemRandom random;
  auto options = hq::options_of(settings, clock.now());
  if (!options) return std::unexpected(options.error());
  auto store = open_store(settings, clock, log);
  if (!store) return std::unexpected(store.error());
  const hq::BackupSettings backups = settings.backups();

  // Before any thread starts, so that the signals come to sigwait below and to nobody else.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  if (const auto bootstrap = hq::bootstrap_of_environment(); bootstrap.is_wanted())
    if (auto done = hq::set_up(bootstrap, {**store, clock, random, settings.url()}, settings.data, log);
        !done)
      return done;
  auto server = server::HqServer::create(std::move(*options), **store, clock, random, log);
  if (!server) return std::unexpected(server.error());
  const hq::Office office{**store, clock, random, (*server)->url()};
  const auto control = hq::ControlSocket::create(
      hq::control_path(backups.database),
      [&office](const base::Json& question) { return hq::answer_admin(question, office); }, log);
  if (!control)
    log->warn("halte-hq admin works only without the server: {}", base::to_string(control.error()));
  const hq::BackupSchedule schedule(backups, clock, log);
  const hq::CountPacking packing(**store, log);
  auto link = (*server)->set_up_link();
  if (!link) return std::unexpected(link.error());
  fmt::print("halte-hq listens on {}\n", (*server)->url());
  if (*link) fmt::print("First run. Set the organisation up here, once, within 24 hours: {}\n", **link);
  std::fflush(stdout);
  runtime::tell_ready();
  int signal = 0;
  sigwait(&ends, &signal);
  runtime::tell_stopping();
  log->info("stopping: what is in flight is answered first");
  (*server)->stop(std::chrono::seconds(10));
  return {};
}

void name_databases_aside(const std::filesystem::path& path) {
  const auto aside = store::hq::databases_aside(path);
  for (const auto& old : aside)
    fmt::print("{}: put aside when a backup was restored; what arrived after that backup is in it\n",
               old.string());
  if (!aside.empty()) fmt::print("(numbers of answers that were erased by then are missing as well)\n");
}

// Beside a running server too. Whether nothing is missing.
base::Result<bool> has_all(const Settings& settings) {
  const auto path = settings.database();
  if (!std::filesystem::exists(path))
    return base::fail(path.string(), "is not there; name the server's folder with --data",
                      "looking for gaps");
  auto epochs = store::hq::read_epochs_sqlite(path);
  if (!epochs) return std::unexpected(epochs.error());
  const auto balances = ingest::balances(std::move(*epochs));
  for (const auto& balance : balances) fmt::print("{}\n", ingest::to_sentence(balance));
  fmt::print("{}\n", ingest::to_sentence(balances));
  if (ingest::missing(balances) > 0) name_databases_aside(path);
  return ingest::missing(balances) == 0;
}

int look(const Settings& s) {
  const hq::BackupSettings backups = s.backups();
  return hq::doctor::run_command({.database = backups.database,
                                  .backups = backups.folder,
                                  .backup_every = backups.every,
                                  .address = s.address,
                                  .port = s.port,
                                  .public_url = s.public_url,
                                  .tls_certificate = s.tls_certificate,
                                  .tls_key = s.tls_key,
                                  .trusted_proxies = s.trusted_proxies,
                                  .pages = s.pages_folder()},
                                 s.json, base::SystemClock());
}

}  // namespace

int main(int count, char** values) {
  auto settings = hq::read_settings({values + 1, values + count});
  if (!settings) return runtime::report(settings.error());
  const std::string& command = settings->words.front();
  if (command == "doctor") return look(*settings);
  if (command == "admin") {
    const auto& words = settings->words;
    auto done = hq::run_admin({words[1], words.size() > 2 ? words[2] : "", settings->roles},
                              settings->database(), settings->url());
    return done ? 0 : runtime::report("halte-hq", done.error());
  }
  if (command == "export" || command == "import") {
    auto done = hq::run_transfer(command, settings->words[1], settings->database());
    return done ? 0 : runtime::report("halte-hq", done.error());
  }
  if (command != "serve") {
    auto is_well = command == "gaps"
                       ? has_all(*settings)
                       : hq::backup_command({settings->words.begin() + 1, settings->words.end()},
                                            settings->backups(), base::SystemClock());
    if (!is_well) return runtime::report("halte-hq", is_well.error());
    return int(*is_well ? base::ExitStatus::done : base::ExitStatus::failed);
  }
  auto served = serve(*settings, base::make_log("halte-hq", settings->log_level));
  return served ? 0 : runtime::report("halte-hq", served.error());
}
