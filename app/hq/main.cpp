// SPDX-License-Identifier: Apache-2.0
// halte-hq: the central server as a program. Everything it does is in sync/server; this reads settings,
// opens the store and waits for a signal.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>

#include <cstdio>

#include "app/hq/backup.h"
#include "app/runtime/service_manager.h"
#include "app/runtime/settings.h"
#include "core/base/file.h"
#include "sync/server/hq_server.h"
#include "sync/server/ingest/gaps.h"

namespace {

using namespace halte;

constexpr int longest_backup_pause = 24 * 366;  // hours

struct Settings {
  std::string data = "halte-hq-data";
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string public_url;
  std::string tls_certificate, tls_key;
  std::vector<std::string> trusted_proxies;
  std::string pages;
  std::string log_level = "info";
  std::string backup_folder;
  int backup_every = 0, backup_keep = 14;
  std::vector<std::string> words;

  std::filesystem::path database() const { return std::filesystem::path(data) / "hq.db"; }
  hq::BackupSettings backups() const {
    return {database(),
            backup_folder.empty() ? std::filesystem::path(data) / "backups"
                                  : std::filesystem::path(backup_folder),
            std::chrono::hours(backup_every), std::size_t(backup_keep)};
  }
};

bool is_known(const std::vector<std::string>& words) {
  if (words.size() == 1) return words[0] == "serve" || words[0] == "gaps";
  return words.size() == 2 && words[0] == "backup" &&
         (words[1] == "create" || words[1] == "list" || words[1] == "verify");
}

std::expected<Settings, runtime::Stop> read_settings(const std::vector<std::string>& arguments) {
  Settings s;
  runtime::Program program(
      "halte-hq", HALTE_VERSION,
      "Halte's central server: takes kiosks' answers in and shows them.\n"
      "Use: halte-hq [serve]   the server\n"
      "     halte-hq gaps      what each kiosk captured, what arrived, what is missing; 1 if something is\n"
      "     halte-hq backup create | list | verify     copies of the database, beside the running server "
      "too");
  program.setting("data", &s.data, "Folder of the database; made where there is none");
  program.setting("address", &s.address, "Address to listen on");
  program.setting("port", &s.port, "Port to listen on; 0: any free one");
  program.setting("public-url", &s.public_url, "How people and kiosks reach it, for links and receipts");
  program.setting("tls-certificate", &s.tls_certificate, "PEM file with the certificate and its chain");
  program.setting("tls-key", &s.tls_key, "PEM file with its key");
  program.setting("trusted-proxy", &s.trusted_proxies,
                  "Address or network whose X-Forwarded-For is believed");
  program.setting("pages", &s.pages, "Folder of the built dashboard; default: the one that was installed");
  program.setting("backup-folder", &s.backup_folder, "Where backups go; default: backups in the data folder");
  program.setting("backup-every", &s.backup_every,
                  "Hours between two backups; 0, the default: none but before an update and when asked");
  program.setting("backup-keep", &s.backup_keep, "How many backups stay, at least 1");
  program.choice("log-level", s.log_level, {"debug", "info", "warn", "error"}, "How much to log");
  program.arguments(s.words, "serve (the default), gaps or backup");
  auto read = program.read(arguments, runtime::process_environment());
  if (!read) return std::unexpected(read.error());
  if (s.words.empty()) s.words = {"serve"};
  if (!is_known(s.words))
    return std::unexpected(runtime::Stop{
        base::ExitStatus::usage,
        fmt::format("halte-hq: unknown command '{}'; see halte-hq --help", fmt::join(s.words, " "))});
  if (s.backup_every < 0 || s.backup_every > longest_backup_pause || s.backup_keep < 1)
    return std::unexpected(runtime::Stop{
        base::ExitStatus::usage,
        "halte-hq: --backup-every takes hours, up to a year of them, and --backup-keep at least 1"});
  return s;
}

bool is_this_machine(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

base::Result<server::HqOptions> options_of(const Settings& s) {
  server::HqOptions options;
  if (s.port < 0 || s.port > 65535)
    return base::fail("--port", fmt::format("{} is not between 0 and 65535", s.port), "",
                      base::ErrorKind::invalid);
  if (s.tls_certificate.empty() != s.tls_key.empty())
    return base::fail("--tls-certificate and --tls-key", "go together, only one is given", "",
                      base::ErrorKind::invalid);
  if (!is_this_machine(s.address) && s.tls_certificate.empty() && s.trusted_proxies.empty())
    return base::fail("--address " + s.address,
                      "plain HTTP is for this machine only; give --tls-certificate and --tls-key, or name "
                      "the proxy in front with "
                      "--trusted-proxy",
                      "starting", base::ErrorKind::invalid);
  options.http.address = s.address;
  options.http.port = std::uint16_t(s.port);
  if (!s.tls_certificate.empty()) options.http.tls = http::Tls{s.tls_certificate, s.tls_key};
  options.http.trusted_proxies = s.trusted_proxies;
  options.pages = s.pages.empty() ? base::asset_folder() / "web" : std::filesystem::path(s.pages);
  options.public_url = s.public_url;
  options.software = "halte-hq " HALTE_VERSION;
  return options;
}

base::Status serve(const Settings& settings, const base::Log& log) {
  auto options = options_of(settings);
  if (!options) return std::unexpected(options.error());
  std::error_code made;
  std::filesystem::create_directories(settings.data, made);
  if (made) return base::fail(settings.data, made.message(), "making the data folder");
  std::filesystem::permissions(settings.data, std::filesystem::perms::owner_all, made);
  base::SystemClock clock;
  base::SystemRandom random;
  const hq::BackupSettings backups = settings.backups();
  auto copied = store::hq::backup_before_update(backups.database, backups.folder, clock.now());
  if (!copied) return std::unexpected(copied.error());
  if (*copied) log->info("backup {} made before the update of the database", (*copied)->name);
  if (auto dropped = store::hq::drop_old_backups(backups.folder, backups.keep); !dropped)
    log->error("{}", base::to_string(dropped.error()));
  auto store = store::hq::HqStore::create_sqlite(backups.database);
  if (!store) return std::unexpected(store.error());

  // Before any thread starts, so that the signals come to sigwait below and to nobody else.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  auto server = server::HqServer::create(std::move(*options), **store, clock, random, log);
  if (!server) return std::unexpected(server.error());
  const hq::BackupSchedule schedule(backups, clock, log);
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
  return ingest::missing(balances) == 0;
}

}  // namespace

int main(int count, char** values) {
  auto settings = read_settings({values + 1, values + count});
  if (!settings) return runtime::report(settings.error());
  const std::string& command = settings->words.front();
  if (command != "serve") {
    auto is_well = command == "gaps"
                       ? has_all(*settings)
                       : hq::backup_command(settings->words[1], settings->backups(), base::SystemClock());
    if (!is_well) return runtime::report("halte-hq", is_well.error());
    return int(*is_well ? base::ExitStatus::done : base::ExitStatus::failed);
  }
  auto served = serve(*settings, base::make_log("halte-hq", settings->log_level));
  return served ? 0 : runtime::report("halte-hq", served.error());
}
