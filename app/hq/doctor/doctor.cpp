// SPDX-License-Identifier: Apache-2.0
#include "app/hq/doctor/doctor.h"

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/hq/doctor/judgements.h"
#include "app/runtime/machine.h"
#include "core/base/file.h"
#include "sync/net/certificates.h"
#include "sync/net/curl_http_client.h"

namespace halte::hq::doctor {
namespace {

namespace fs = std::filesystem;
using runtime::doctor::Check;

// A database and a copy of some gigabytes are read to their end.
constexpr base::Millis patience{50'000};
constexpr base::Millis connect_patience{2'000}, request_patience{4'000};

Findings look_at_files(const Patient& patient) {
  const fs::path folder = patient.database.parent_path();
  std::error_code none;
  const auto facts = runtime::doctor::file_facts(folder);
  if (!facts || !fs::is_directory(folder, none))
    return {{Level::wrong, "files", folder.string() + " is no folder that is there",
             "name the server's folder with --data"}};
  std::vector<FileFacts> files;
  for (const char* end : {"", "-wal", "-shm", ".lock"})
    if (auto file = runtime::doctor::file_facts(patient.database.string() + end)) files.push_back(*file);
  if (files.empty()) return {};  // some other folder, whose permissions are nobody's business here
  for (const auto& entry : fs::directory_iterator(patient.backups, none))
    if (auto file = runtime::doctor::file_facts(entry.path()); file && entry.is_regular_file(none))
      files.push_back(*file);
  return runtime::doctor::judge_files({"halte-hq", "the server"}, ::geteuid(), *facts, files);
}

Findings look_at_disk(const Patient& patient) {
  DiskFacts facts{.folder = patient.database.parent_path().string()};
  struct statvfs disk{};
  if (::statvfs(facts.folder.c_str(), &disk) != 0) return {};  // the finding on files names it
  facts.free_bytes = std::int64_t(disk.f_bavail) * std::int64_t(disk.f_frsize);
  std::error_code none;
  if (const auto bytes = fs::file_size(patient.database, none); !none)
    facts.database_bytes = std::int64_t(bytes);
  return {judge_disk(facts)};
}

Findings look_at_certificate(const Patient& patient, base::Instant now) {
  if (patient.tls_certificate.empty()) return {judge_certificate(std::nullopt, now)};
  const auto certificate = base::read_file(patient.tls_certificate), key = base::read_file(patient.tls_key);
  TlsFacts facts;
  facts.certificate =
      certificate ? net::read_certificate(*certificate) : std::unexpected(certificate.error());
  facts.key_matches = !key           ? base::Result<bool>(std::unexpected(key.error()))
                      : !certificate ? base::Result<bool>(std::unexpected(certificate.error()))
                                     : net::is_key_of(*certificate, *key);
  return {judge_certificate(facts, now)};
}

Findings look_at_backups(const Patient& patient, base::Instant now) {
  BackupFacts facts{patient.backups.string(), patient.backup_every, store::hq::backups(patient.backups), {}};
  if (facts.all && !facts.all->empty())
    facts.newest = store::hq::verify_backup(patient.backups, facts.all->back());
  return {judge_backups(facts, now)};
}

// Of an address that means every one, this machine's own.
std::string url_of(const Patient& patient) {
  std::string host = patient.address;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.contains(':')) host = "[" + host + "]";
  return fmt::format("{}://{}:{}", patient.tls_certificate.empty() ? "http" : "https", host, patient.port);
}

Findings look_at_port(const Patient& patient) {
  if (patient.port == 0) return {};  // any free one
  PortFacts facts{.url = url_of(patient), .server = store::hq::server_of(patient.database)};
  auto http = net::CurlHttpClient::create({.user_agent = "halte-hq doctor"});
  if (!http) return {{Level::warning, "port", base::to_string(http.error()), "install ca-certificates"}};
  net::HttpRequest request{.url = facts.url + "/version"};
  request.connect_timeout = connect_patience;
  request.total_timeout = request_patience;
  if (auto probed = (*http)->probe(request))
    facts.version = std::move(*probed);
  else
    return {{Level::warning, "port", base::to_string(probed.error()), "set an address of this machine"}};
  return {judge_port(facts)};
}

Findings look_at_settings(const Patient& patient) {
  Findings all = judge_address({fmt::format("{}:{}", patient.address, patient.port), patient.public_url,
                                !patient.tls_certificate.empty(), patient.trusted_proxies});
  std::error_code none;
  all.push_back(judge_pages(patient.pages.string(), fs::exists(patient.pages / "index.html", none)));
  return all;
}

}  // namespace

int run_command(const Patient& patient, bool json, const base::Clock& clock) {
  constexpr const char* disk_fails = "look whether the disk fails: dmesg";
  const base::Instant now = clock.now();
  // Copied into each: one that hangs outlives this function.
  const std::vector<Check> checks{
      {"files", [patient] { return look_at_files(patient); }, disk_fails},
      {"disk", [patient] { return look_at_disk(patient); }, disk_fails},
      {"database",
       [patient] {
         return Findings{judge_database(patient.database.string(), store::hq::inspect(patient.database))};
       },
       disk_fails},
      {"backups", [patient, now] { return look_at_backups(patient, now); }, disk_fails},
      {"clock", [now] { return Findings{judge_clock(now, runtime::clock_is_synced())}; }, disk_fails},
      {"certificate", [patient, now] { return look_at_certificate(patient, now); }, disk_fails},
      {"settings", [patient] { return look_at_settings(patient); }, disk_fails},
      {"port", [patient] { return look_at_port(patient); }, "look at it with: ss -ltnp"}};
  return runtime::doctor::tell(runtime::doctor::run(checks, patience), json);
}

}  // namespace halte::hq::doctor
