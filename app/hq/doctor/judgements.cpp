// SPDX-License-Identifier: Apache-2.0
#include "app/hq/doctor/judgements.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace halte::hq::doctor {
namespace {

using std::chrono::days;

constexpr std::int64_t megabyte = 1 << 20;
// SQLite needs room for its log and for a report that sorts; below it writes may fail any minute.
constexpr std::int64_t least_free = 256 * megabyte;
constexpr days certificate_soon{14};
constexpr days oldest_backup{7};  // where nobody has set how often

std::string date(base::Instant at) { return base::to_rfc3339(at).substr(0, 10); }

Finding found(Level level, std::string subject, std::string cause, std::string mend = {}) {
  return {level, std::move(subject), std::move(cause), std::move(mend)};
}

bool is_this_machine(const std::string& url) {
  return url.contains("://127.") || url.contains("://localhost") || url.contains("://[::1]");
}

}  // namespace

Finding judge_disk(const DiskFacts& disk) {
  const std::string free = fmt::format("{} MB are free at {}", disk.free_bytes / megabyte, disk.folder);
  if (disk.free_bytes < least_free)
    return found(
        Level::wrong, "disk", free + ", so answers may soon be refused (kiosks keep them)",
        "make room: journalctl --vacuum-size=200M; halte-hq backup list names copies that may move to "
        "another disk (backup-folder)");
  if (disk.free_bytes < 2 * disk.database_bytes + least_free)
    return found(Level::warning, "disk",
                 fmt::format("{}, and the database is of {} MB: there is no room to scrub or restore a copy",
                             free, disk.database_bytes / megabyte),
                 "make room, or keep fewer copies (backup-keep)");
  return found(Level::ok, "disk", free);
}

Finding judge_clock(base::Instant now, bool synced) {
  constexpr const char* set = "set it by a time server: timedatectl set-ntp true";
  constexpr base::Instant before_halte = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);
  if (now < before_halte)
    return found(Level::wrong, "clock", fmt::format("it shows {}, before this program was made", date(now)),
                 set);
  if (!synced)
    return found(Level::warning, "clock",
                 "it follows no time server; kiosks compare theirs with it, and links expire by it", set);
  return found(Level::ok, "clock", "it follows a time server");
}

Finding judge_certificate(const std::optional<TlsFacts>& tls, base::Instant now) {
  constexpr const char* subject = "certificate";
  constexpr const char* renew = "renew it, then: systemctl restart halte-hq";
  if (!tls) return found(Level::ok, subject, "none: it speaks plain HTTP");
  if (!tls->certificate)
    return found(Level::wrong, subject, base::to_string(tls->certificate.error()),
                 "name a PEM file that this user may read with --tls-certificate");
  if (!tls->key_matches)
    return found(Level::wrong, subject, base::to_string(tls->key_matches.error()),
                 "name a PEM file that this user may read with --tls-key");
  if (!*tls->key_matches)
    return found(Level::wrong, subject, "the key is another certificate's",
                 "name the two files of one pair with --tls-certificate and --tls-key");
  const net::Certificate& certificate = *tls->certificate;
  if (certificate.not_after <= now)
    return found(
        Level::wrong, subject,
        fmt::format("it expired on {}: no kiosk and no browser takes it", date(certificate.not_after)),
        renew);
  if (certificate.not_before > now)
    return found(
        Level::wrong, subject,
        fmt::format("it is not valid before {}, and today is {}", date(certificate.not_before), date(now)),
        "set the clock: timedatectl set-ntp true");
  const auto left = std::chrono::floor<days>(certificate.not_after - now);
  const std::string until = fmt::format("it is valid until {}", date(certificate.not_after));
  if (left < certificate_soon)
    return found(Level::warning, subject, fmt::format("{}, {} days more", until, left.count()), renew);
  return found(Level::ok, subject, until);
}

Finding judge_database(const std::string& path, const base::Result<store::hq::Soundness>& database) {
  constexpr const char* subject = "database";
  if (!database && database.error().kind == base::ErrorKind::not_found)
    return found(Level::wrong, subject, fmt::format("there is none: {}", path),
                 "name the server's folder with --data, or start the server once");
  if (!database)
    return found(Level::wrong, subject, base::to_string(database.error()),
                 "stop the server and put a copy back: halte-hq backup list, halte-hq backup restore NAME");
  if (!database->faults.empty())
    return found(
        Level::wrong, subject, fmt::format("is damaged: {}", database->faults.front()),
        "stop the server, keep the files (cp -a), look whether the disk fails (dmesg), and put a copy "
        "back: halte-hq backup restore NAME");
  const std::string whole =
      fmt::format("is whole, {} responses, {:.1f} MB, schema {}, {}", database->responses,
                  double(database->bytes) / 1e6, database->schema,
                  database->holder ? fmt::format("a server runs on it (process {})", *database->holder)
                                   : std::string("no server runs on it now"));
  if (database->schema < database->newest_schema)
    return found(Level::warning, subject,
                 fmt::format("{}; this program is of schema {}", whole, database->newest_schema),
                 "restart the server, which copies the database first: systemctl restart halte-hq");
  return found(Level::ok, subject, whole);
}

Finding judge_backups(const BackupFacts& backups, base::Instant now) {
  constexpr const char* subject = "backups";
  constexpr const char* make =
      "make one: halte-hq backup create, and look at the server's log for why it made none";
  if (!backups.all)
    return found(Level::wrong, subject, base::to_string(backups.all.error()), "mend that folder");
  if (backups.all->empty())
    return found(Level::wrong, subject, fmt::format("there are none in {}", backups.folder), make);
  const store::hq::Backup& newest = backups.all->back();
  if (!backups.newest)
    return found(Level::wrong, subject,
                 fmt::format("the newest, {}, {}", newest.name, backups.newest.error().cause),
                 "look whether the disk fails (dmesg), and make another: halte-hq backup create");
  const auto age = std::chrono::floor<std::chrono::hours>(now - newest.made);
  const std::string is = fmt::format("the newest of {} is {} hours old and sound ({})", backups.all->size(),
                                     age.count(), newest.name);
  // Twice, for one that failed and is tried again.
  const auto allowed = backups.every.count() > 0 ? 2 * backups.every : std::chrono::hours(oldest_backup);
  if (age > allowed)
    return found(Level::wrong, subject, is + ": overdue",
                 backups.every.count() > 0 ? make : "set backup-every, or make one: halte-hq backup create");
  return found(Level::ok, subject, is);
}

Findings judge_address(const AddressFacts& a) {
  Findings all;
  const bool https = a.public_url.starts_with("https://");
  if (a.public_url.empty())
    all.push_back(found(Level::warning, "public-url", "is not set, so links and receipts name " + a.address,
                        "set public-url to the address that people and kiosks use"));
  else if (!https && !is_this_machine(a.public_url))
    all.push_back(found(Level::wrong, "public-url", a.public_url + " is not https: kiosks refuse it",
                        "put TLS in front, and set public-url to https://…"));
  else
    all.push_back(found(Level::ok, "public-url", a.public_url));
  const bool trusts_all =
      std::ranges::any_of(a.trusted_proxies, [](const std::string& proxy) { return proxy.ends_with("/0"); });
  if (trusts_all)
    all.push_back(found(Level::wrong, "proxy",
                        "everybody is believed about who they are (trusted-proxy of /0)",
                        "name the address of the proxy alone"));
  else if (https && !a.tls && a.trusted_proxies.empty())
    all.push_back(
        found(Level::warning, "proxy",
              "it speaks plain HTTP behind an https address, and believes no proxy: all visitors share one "
              "address and its limits",
              "name the proxy with trusted-proxy"));
  else if (!a.trusted_proxies.empty())
    all.push_back(found(Level::ok, "proxy", fmt::format("believed: {}", fmt::join(a.trusted_proxies, ", "))));
  return all;
}

Finding judge_port(const PortFacts& port) {
  constexpr const char* subject = "port";
  const net::Probe& probe = port.version;
  const bool is_ours = probe.reply && probe.reply->status == 200 && probe.reply->body.contains("halte-hq");
  // Behind TLS its name is not that of this address, and being reached is all that is seen.
  const bool seems_ours = !probe.reply && probe.reached >= net::Reached::connection && port.server;
  if (is_ours || seems_ours) {
    if (port.server)
      return found(Level::ok, subject,
                   fmt::format("{} is served by this server (process {})", port.url, *port.server));
    return found(Level::wrong, subject, port.url + " is served by a halte-hq that has another database open",
                 "stop that one, or give this one another port");
  }
  if (probe.reached >= net::Reached::connection)
    return found(Level::wrong, subject, port.url + " is taken by another program",
                 "find it with: ss -ltnp, or set another port");
  if (port.server)
    return found(Level::wrong, subject,
                 fmt::format("a server runs (process {}), and does not listen at {}", *port.server, port.url),
                 "look at its settings: systemctl cat halte-hq; and at its log: journalctl -u halte-hq");
  return found(Level::warning, subject, port.url + " is free: the server does not run",
               "systemctl start halte-hq");
}

Finding judge_pages(const std::string& folder, bool are_there) {
  if (are_there) return found(Level::ok, "pages", "lie in " + folder);
  return found(Level::wrong, "pages", folder + " has no index.html, so there is no dashboard",
               "install halte-hq anew, or name the folder of the built pages with --pages");
}

}  // namespace halte::hq::doctor
