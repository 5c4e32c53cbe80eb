// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>

#include "app/runtime/settings.h"
#include "app/tool/api_session.h"
#include "app/tool/commands.h"
#include "app/tool/demo_organisation.h"
#include "app/tool/station.h"
#include "sync/net/curl_http_client.h"

namespace halte::tool {
namespace {

using base::Json;
using base::Result;
using base::Status;

constexpr std::size_t batch_items = 500;
constexpr double live_kiosk_visitors = 34;

struct Settings {
  std::string server = "http://127.0.0.1:8080";
  std::string set_up;  // the link that halte-hq printed
  int days = 90;
  int seed = 1;
  std::string live = "utrecht-centrum-balie";
  bool stay = false;
};

// The demo's kiosks and what they send.
class Simulation {
 public:
  Simulation(const Settings& settings, net::HttpClient& http)
      : settings_(settings),
        api_(http, settings.server),
        random_(std::uint64_t(settings.seed)),
        wire_{http, settings.server, clock_, secrets_} {}

  Status set_up() {
    auto kiosks = set_up_demo(api_, settings_.set_up, secrets_);
    if (!kiosks) return std::unexpected(kiosks.error());
    for (const Json& kiosk : *kiosks)
      if (auto added = add_station(kiosk); !added) return added;
    return {};
  }

  // Kiosk by kiosk, oldest day first, in batches as large as the contract lets them be.
  Result<int> send_history() {
    VisitorModel visitors(random_);
    base::Instant now = clock_.now();
    int sent = 0;
    for (Station& station : stations_) {
      std::vector<response::Response> all;
      for (int back = settings_.days; back >= 0; --back) add_day(visitors, station.kiosk(), back, now, all);
      for (std::size_t at = 0; at < all.size(); at += batch_items) {
        auto first = all.begin() + std::ptrdiff_t(at);
        auto last = all.begin() + std::ptrdiff_t(std::min(at + batch_items, all.size()));
        if (auto ok = Station::deliver(wire_, station.sign(wire_, {first, last})); !ok)
          return std::unexpected(ok.error());
      }
      sent += int(all.size());
      if (auto beat = station.heartbeat(wire_); !beat) return std::unexpected(beat.error());
    }
    return sent;
  }

  // A code with which a real kiosk takes the live station's place, and links into the dashboard.
  Result<Json> hand_over(int responses) {
    auto code = enrolment_code(api_, settings_.live);
    if (!code) return std::unexpected(code.error());
    Json told{{"responses", responses}, {"kiosk", settings_.live}, {"code", *code}};
    for (const char* reader : {"dashboard", "reader"}) {
      auto link = api_.call("POST", "/api/v1/sign-in-links", Json::object());
      if (!link) return std::unexpected(link.error());
      told[reader] = (*link)["url"];
    }
    for (const Station& station : stations_)
      if (station.kiosk().id == settings_.live) told["touchpoint"] = station.kiosk().touchpoint;
    return told;
  }

  // Keeps the other kiosks alive: heartbeats, and now and then a visitor, never at the live touchpoint.
  Status stay(const sigset_t& ends) {
    VisitorModel visitors(random_);
    const timespec pause{20, 0};
    while (sigtimedwait(&ends, nullptr, &pause) < 0) {
      for (Station& station : stations_) {
        if (station.kiosk().id == settings_.live) continue;
        if (auto beat = station.heartbeat(wire_); !beat) return beat;
        if (random_.uniform() > 0.1) continue;
        auto visit = visitors.visit(station.kiosk(), clock_.now(), 0.5);
        if (auto ok = Station::deliver(wire_, station.sign(wire_, {visit})); !ok) return ok;
      }
    }
    return {};
  }

 private:
  Status add_station(const Json& kiosk) {
    std::string id = kiosk["id"].get<std::string>();
    auto code = enrolment_code(api_, id);
    if (!code) return std::unexpected(code.error());
    SimulatedKiosk place{id,
                         kiosk["branch"].get<std::string>(),
                         kiosk["touchpoint"].get<std::string>(),
                         "Europe/Amsterdam",
                         id == settings_.live ? live_kiosk_visitors : 30 + 50 * random_.uniform(),
                         0.5 * random_.uniform() - 0.25};
    auto station = Station::enrol(wire_, *code, std::move(place));
    if (!station) return std::unexpected(station.error());
    stations_.push_back(std::move(*station));
    return {};
  }

  static void add_day(VisitorModel& visitors, const SimulatedKiosk& kiosk, int back, base::Instant now,
                      std::vector<response::Response>& all) {
    base::Instant then = now - std::chrono::days(back);
    auto local = base::to_local(then, kiosk.zone);
    base::Instant midnight =
        base::coarsen(then, std::chrono::minutes(15)) - std::chrono::minutes(local->minute_of_day / 15 * 15);
    for (auto& visit : visitors.day(kiosk, midnight, local->weekday, now)) all.push_back(std::move(visit));
  }

  const Settings& settings_;
  ApiSession api_;
  base::SystemClock clock_;
  base::SystemRandom secrets_;
  base::SeededRandom random_;
  Station::Wire wire_;
  std::vector<Station> stations_;
};

Status run(const Settings& settings) {
  auto http = net::CurlHttpClient::create({});
  if (!http) return std::unexpected(http.error());
  Simulation simulation(settings, **http);
  if (auto ready = simulation.set_up(); !ready) return ready;
  auto sent = simulation.send_history();
  if (!sent) return std::unexpected(sent.error());
  auto hand = simulation.hand_over(*sent);
  if (!hand) return std::unexpected(hand.error());
  // Until here a signal ends it as it does any program; from here on stay() waits for one.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  if (settings.stay) pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  fmt::print("{}\n", base::to_text(*hand));
  std::fflush(stdout);
  return settings.stay ? simulation.stay(ends) : Status{};
}

}  // namespace

int simulate(const std::vector<std::string>& arguments) {
  Settings s;
  runtime::Program program(
      "halte simulate", HALTE_VERSION,
      "Sets a demo organisation up on a new server and sends its history, through the real API.\n"
      "Prints one line of JSON: how many responses, a code for the live kiosk, links into the dashboard.");
  program.setting("server", &s.server, "Address of halte-hq");
  program.setting("set-up", &s.set_up, "The set-up link that halte-hq printed at its first run");
  program.setting("days", &s.days, "Days of history");
  program.setting("seed", &s.seed, "Same seed, same visitors");
  program.setting("live", &s.live, "Kiosk whose place a real one takes afterwards");
  program.setting("stay", &s.stay, "Keep the other kiosks alive until a signal");
  if (auto read = program.read(arguments, runtime::process_environment()); !read)
    return runtime::report(read.error());
  if (s.set_up.empty())
    return runtime::report(
        {base::ExitStatus::usage, "halte simulate: --set-up is needed: the link that halte-hq printed"});
  if (s.days < 0 || s.days > 1100)
    return runtime::report({base::ExitStatus::usage, "halte simulate: --days is not between 0 and 1100"});
  auto done = run(s);
  return done ? 0 : runtime::report("halte simulate", done.error());
}

}  // namespace halte::tool
