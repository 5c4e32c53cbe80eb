// SPDX-License-Identifier: Apache-2.0
// The way to the server, and how this kiosk stands with it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "app/kiosk/doctor/judgements.h"

namespace halte::kiosk::doctor {
namespace {

using net::CertificateFault;
using net::Reached;
using std::chrono::days;

// Older than this program: a clock that lost its battery.
constexpr base::Instant before_halte = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);
// Dates of HTTP are whole seconds; answers are kept to the quarter of an hour.
constexpr std::chrono::seconds most_clock_difference{60};
constexpr days soon{14};

std::string date(base::Instant at) { return base::to_rfc3339(at).substr(0, 10); }

std::string duration(base::Millis time) {
  const auto seconds = std::abs(time.count() / 1000);
  if (seconds >= 2 * 86'400) return fmt::format("{} days", seconds / 86'400);
  if (seconds >= 2 * 3'600) return fmt::format("{} hours", seconds / 3'600);
  if (seconds >= 2 * 60) return fmt::format("{} minutes", seconds / 60);
  return fmt::format("{} seconds", seconds);
}

// "hq.example.nl" and "443" of "https://hq.example.nl".
struct Address {
  std::string host, port;
};
Address address_of(const std::string& url) {
  const bool tls = url.starts_with("https://");
  const std::string authority = url.substr(tls ? 8 : 7);
  const auto colon = authority.rfind(':');
  if (colon == authority.npos || authority.ends_with(']')) return {authority, tls ? "443" : "80"};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

std::string kind_of_reply(const net::HttpReply& reply) {
  if (const auto where = reply.header("Location")) return fmt::format("HTTP {} to {}", reply.status, *where);
  return fmt::format("HTTP {} with {}", reply.status, reply.header("Content-Type").value_or("no type"));
}

// A program stands in front of a server that is down, and says so.
bool is_gateway(int status) { return status >= 500 && status <= 599; }

Finding judge_reply(const std::string& url, const net::HttpReply& reply) {
  if (is_halte(reply)) return {Level::ok, "network", url + " answers as Halte's server does", {}};
  if (is_gateway(reply.status))
    return {
        Level::wrong, "network",
        fmt::format("{} answers HTTP {}: it is reached, and Halte behind it does not run", url, reply.status),
        "have halte-hq started at the server; the answers are kept until then"};
  return {
      Level::wrong, "network",
      fmt::format("something else answers for {} ({}): a network's log-in page (captive portal), a proxy or "
                  "another server",
                  url, kind_of_reply(reply)),
      fmt::format("log this machine in to the network, or use one without such a page; look with: curl -i "
                  "{}/healthz",
                  url)};
}

std::string issuer(const std::optional<net::Certificate>& certificate) {
  return certificate ? " (" + certificate->issuer + ")" : "";
}

Finding bad_certificate(const std::string& url, const net::Probe& health, base::Instant now) {
  const std::string host = address_of(url).host;
  const auto wrong = [](std::string cause, std::string mend) {
    return Finding{Level::wrong, "certificate", std::move(cause), std::move(mend)};
  };
  const std::string by_this_clock = fmt::format("by this kiosk's clock it is {}", date(now));
  switch (health.fault) {
    case CertificateFault::none: break;
    case CertificateFault::expired:
      return wrong(
          fmt::format("that of {} expired{}, {}", host,
                      health.certificate ? " on " + date(health.certificate->not_after) : "", by_this_clock),
          "have it renewed at the server, or set the clock if that date is wrong");
    case CertificateFault::not_yet_valid:
      return wrong(
          fmt::format("that of {} is not valid yet{}, {}", host,
                      health.certificate ? ", only from " + date(health.certificate->not_before) : "",
                      by_this_clock),
          "set the clock: timedatectl set-ntp true");
    case CertificateFault::other_name:
      return wrong("that of the server is for another name than " + host,
                   "enrol with the name that the certificate has, or have one made for this name");
    case CertificateFault::unknown_issuer:
      return wrong(
          fmt::format("that of {} is by nobody whom this machine trusts{}", host, issuer(health.certificate)),
          "name your own authority with --ca-file FILE, or install ca-certificates; if nobody of yours "
          "made it, a proxy reads along");
    case CertificateFault::other: break;
  }
  return wrong(fmt::format("that of {} is not accepted: {}", host, health.cause),
               "look at it with: openssl s_client -connect " + host + ":" + address_of(url).port);
}

}  // namespace

Findings judge_clock(const ClockFacts& clock) {
  constexpr const char* set = "set it by a time server: timedatectl set-ntp true";
  const auto found = [](Level level, std::string cause, std::string mend) {
    return Findings{{level, "clock", std::move(cause), std::move(mend)}};
  };
  if (clock.there) {
    const base::Millis ahead = clock.here - *clock.there;
    if (std::chrono::abs(ahead) > most_clock_difference)
      return found(
          Level::wrong,
          fmt::format("it is {} {} the server's", duration(ahead), ahead.count() > 0 ? "ahead of" : "behind"),
          set);
  }
  if (clock.here < before_halte)
    return found(Level::wrong, fmt::format("it shows {}, before this program was made", date(clock.here)),
                 set);
  const std::string_view compared =
      clock.there ? "agrees with the server's" : "could not be compared with the server's";
  if (!clock.synced)
    return found(
        Level::warning,
        fmt::format("it follows no time server and {}, so answers are marked as of an unsure time", compared),
        set);
  return found(Level::ok, fmt::format("it follows a time server and {}", compared), {});
}

bool is_halte(const net::HttpReply& health) {
  return health.status == 200 && health.body == "ok\n" &&
         health.header("Content-Type").value_or("").starts_with("text/plain");
}

Findings judge_network(const std::string& url, const net::Probe& health, const std::string& enrol) {
  const auto wrong = [](std::string cause, std::string mend) {
    return Findings{{Level::wrong, "network", std::move(cause), std::move(mend)}};
  };
  if (url.empty()) return wrong("no server is known to this kiosk", "enrol it: " + enrol);
  if (health.reply) return {judge_reply(url, *health.reply)};
  const auto [host, port] = address_of(url);
  switch (health.reached) {
    case Reached::nothing:
      return wrong(fmt::format("the name {} has no address ({})", host, health.cause),
                   "see to the cable, the Wi-Fi and the name server; look with: getent hosts " + host);
    case Reached::address:
      return wrong(
          fmt::format("{} port {} lets nobody in ({})", host, port, health.cause),
          fmt::format("see that the server runs and that no firewall stops this kiosk; look with: curl -i "
                      "{}/healthz; the answers are kept until then",
                      url));
    case Reached::connection:
      if (health.fault != CertificateFault::none)
        return {{Level::ok, "network", fmt::format("{} port {} is reached", host, port), {}}};
      return wrong(
          fmt::format("{} port {} speaks no TLS that this kiosk does ({})", host, port, health.cause),
          fmt::format("see that it is the port of Halte's server: openssl s_client -connect {}:{}", host,
                      port));
    case Reached::trust:
    case Reached::reply: break;
  }
  return wrong(fmt::format("{} takes a request and does not answer ({})", url, health.cause),
               "look at the log of halte-hq at the server");
}

Findings judge_certificate(const std::string& url, const net::Probe& health, base::Instant now) {
  const auto found = [](Level level, std::string cause, std::string mend) {
    return Findings{{level, "certificate", std::move(cause), std::move(mend)}};
  };
  if (url.starts_with("http://")) return found(Level::ok, "none is needed, the server is this machine", {});
  if (health.fault != CertificateFault::none) return {bad_certificate(url, health, now)};
  if (!health.certificate) return {};  // the network's finding says why nothing was seen of it
  const auto left = std::chrono::floor<days>(health.certificate->not_after - now);
  const std::string until =
      fmt::format("that of {} is valid until {}", address_of(url).host, date(health.certificate->not_after));
  if (left < soon)
    return found(Level::warning, fmt::format("{}, {} days more", until, left.count()),
                 "have it renewed at the server before then");
  return found(Level::ok, until, {});
}

Findings judge_enrolment(const EnrolmentFacts& facts, const std::string& enrol) {
  const auto found = [](Level level, std::string cause, std::string mend) {
    return Findings{{level, "enrolment", std::move(cause), std::move(mend)}};
  };
  if (!facts.enrolment)
    return found(Level::warning, "could not be read: " + facts.enrolment.error().cause,
                 "mend the database first, then look again");
  if (!*facts.enrolment)
    return found(Level::wrong, "this machine is no kiosk of any server yet",
                 "get a code at headquarters and enrol it: " + enrol);
  const site::Enrolment& enrolment = **facts.enrolment;
  const std::string who = fmt::format("it is kiosk '{}' of {}", enrolment.kiosk_id, enrolment.server_url);
  if (!facts.token)
    return found(Level::warning, who + ", and whether the server still takes it could not be asked",
                 "mend the way to the server first, then look again");
  if (*facts.token) return found(Level::ok, who + ", and the server takes it", {});
  const client::Trouble& trouble = facts.token->error();
  if (trouble.state == client::SyncState::must_enrol)
    return found(
        Level::wrong,
        fmt::format("{}, which takes it no more ({}): it was revoked, or another machine was enrolled in "
                    "its place",
                    who, trouble.reason),
        fmt::format("get a new code for '{}' at headquarters and enrol it again: {}; the answers that "
                    "wait here are kept",
                    enrolment.kiosk_id, enrol));
  return found(Level::warning,
               fmt::format("{}, which answers otherwise than it should: {}", who, trouble.reason),
               "look at the log of halte-hq at the server; the answers are kept");
}

Findings judge_configuration(const base::Result<std::optional<site::Configuration>>& configuration,
                             base::Instant now) {
  const auto found = [](Level level, std::string cause, std::string mend) {
    return Findings{{level, "configuration", std::move(cause), std::move(mend)}};
  };
  if (!configuration)
    return found(
        Level::wrong, "the one that is kept cannot be used: " + configuration.error().cause,
        "let the kiosk reach its server, which sends a new one with the next change, or enrol it again");
  if (!*configuration)
    return found(Level::wrong, "there is none, so the kiosk has nothing to ask",
                 "enrol it and let it reach its server once");
  const site::Configuration& c = **configuration;
  const std::string which = fmt::format("version {} for '{}'", c.version, c.kiosk_name);
  if (c.expires < now)
    return found(Level::warning,
                 fmt::format("{} expired on {}, though it is still used", which, date(c.expires)),
                 "let the kiosk reach its server");
  return found(Level::ok, which, {});
}

}  // namespace halte::kiosk::doctor
