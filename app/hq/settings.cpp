// SPDX-License-Identifier: Apache-2.0
#include "app/hq/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "core/base/file.h"

namespace halte::hq {
namespace {

constexpr int longest_backup_pause = 24 * 366;  // hours

// Capitals stand for whatever is named there.
const std::vector<std::vector<std::string>> commands{
    {"serve"},
    {"gaps"},
    {"doctor"},
    {"admin", "create", "EMAIL"},
    {"admin", "link", "EMAIL"},
    {"admin", "list"},
    {"admin", "remove", "EMAIL"},
    {"backup", "create"},
    {"backup", "list"},
    {"backup", "verify"},
    {"backup", "scrub"},
    {"backup", "restore", "NAME"},
    {"export", "FILE"},
    {"import", "FILE"},
};

bool is_known(const std::vector<std::string>& words) {
  return std::ranges::any_of(commands, [&](const auto& command) {
    return std::ranges::equal(command, words, [](const std::string& known, const std::string& word) {
      return known == word || std::isupper(static_cast<unsigned char>(known[0]));
    });
  });
}

}  // namespace

BackupSettings Settings::backups() const {
  return {
      database(),
      backup_folder.empty() ? std::filesystem::path(data) / "backups" : std::filesystem::path(backup_folder),
      std::chrono::hours(backup_every), std::size_t(backup_keep)};
}

std::string Settings::url() const {
  if (!public_url.empty()) return public_url;
  return fmt::format("{}://{}:{}", tls_certificate.empty() ? "http" : "https", address, port);
}

std::filesystem::path Settings::pages_folder() const {
  return pages.empty() ? base::asset_folder() / "web" : std::filesystem::path(pages);
}

std::expected<Settings, runtime::Stop> read_settings(const std::vector<std::string>& arguments) {
  Settings s;
  runtime::Program program(
      "halte-hq", HALTE_VERSION,
      "Halte's central server: takes kiosks' answers in and shows them.\n"
      "Use: halte-hq [serve]   the server\n"
      "     halte-hq gaps      what each kiosk captured, what arrived, what is missing; 1 if something is\n"
      "     halte-hq doctor    what is wrong with the machine and the settings, and how to mend it; 1 if "
      "something is\n"
      "     halte-hq admin create EMAIL | link EMAIL | list | remove EMAIL     accounts, and links to sign "
      "in once\n"
      "     halte-hq backup create | list | verify     copies of the database, beside the running server "
      "too\n"
      "     halte-hq backup scrub          takes out of the copies what has been erased; the server does so "
      "itself\n"
      "     halte-hq backup restore NAME   puts a copy back, without what was erased since; the server is "
      "stopped\n"
      "     halte-hq export FILE | import FILE     the whole organisation as text, into an empty folder of "
      "another server");
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
                  "Hours between two backups; 0: none but before an update and when asked");
  program.setting("backup-keep", &s.backup_keep, "How many backups stay, at least 1");
  program.setting("metrics-token-file", &s.metrics_token_file,
                  "File with the token that opens /metrics; without it nobody measures");
  program.setting("role", &s.roles, "Role of the account that admin create makes; default: administrator");
  program.setting("json", &s.json, "doctor tells what it finds as JSON");
  program.choice("log-level", s.log_level, {"debug", "info", "warn", "error"}, "How much to log");
  program.arguments(s.words, "serve (the default), gaps, doctor, admin, backup, export or import");
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

namespace {

// Empty: no file is named.
base::Result<std::string> read_token(const std::string& path) {
  constexpr std::size_t least = 16, most = 4096;
  if (path.empty()) return "";
  auto text = base::read_file(path, most);
  if (!text) return text;
  while (!text->empty() && std::isspace(static_cast<unsigned char>(text->back()))) text->pop_back();
  if (text->size() < least)
    return base::fail(
        path, fmt::format("holds no token of at least {} letters; make one: openssl rand -hex 32", least),
        "reading it", base::ErrorKind::invalid);
  return text;
}

bool is_this_machine(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

}  // namespace

base::Result<server::HqOptions> options_of(const Settings& s, base::Instant now) {
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
  options.pages = s.pages_folder();
  options.public_url = s.public_url;
  const BackupSettings backups = s.backups();
  options.upkeep.database = backups.database;
  options.upkeep.backups = backups.folder;
  options.upkeep.backup_every = backups.every;
  options.upkeep.started = now;
  auto token = read_token(s.metrics_token_file);
  if (!token) return std::unexpected(token.error());
  options.upkeep.metrics_token = std::move(*token);
  options.software = "halte-hq " HALTE_VERSION;
  return options;
}

}  // namespace halte::hq
