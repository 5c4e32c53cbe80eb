// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

#include "app/runtime/settings.h"
#include "app/tool/commands.h"
#include "app/tool/demo_organisation.h"
#include "app/tool/station.h"
#include "sync/net/curl_http_client.h"

namespace halte::tool {
namespace {

using base::Json;
using base::Result;
using base::Status;

struct Settings {
  std::string server = "http://127.0.0.1:8080";
  std::string set_up;
  int connections = 12;
  int seconds = 5;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// One connection and the kiosk behind it.
struct Line {
  std::unique_ptr<net::CurlHttpClient> http;
  Station station;
};

class Load {
 public:
  explicit Load(const Settings& settings) : settings_(settings) {}

  Status prepare() {
    auto http = net::CurlHttpClient::create({});
    if (!http) return std::unexpected(http.error());
    ApiSession api(**http, settings_.server);
    auto kiosks = set_up_demo(api, settings_.set_up, secrets_);
    if (!kiosks) return std::unexpected(kiosks.error());
    for (const Json& kiosk : *kiosks) {
      if (lines_.size() == std::size_t(settings_.connections)) break;
      auto own = net::CurlHttpClient::create({});
      auto code = enrolment_code(api, kiosk["id"].get<std::string>());
      if (!own || !code) return std::unexpected(own ? code.error() : own.error());
      auto station = Station::enrol(wire(**own), *code,
                                    {kiosk["id"].get<std::string>(), kiosk["branch"].get<std::string>(),
                                     kiosk["touchpoint"].get<std::string>(), "Europe/Amsterdam"});
      if (!station) return std::unexpected(station.error());
      lines_.push_back({std::move(*own), std::move(*station)});
    }
    return {};
  }

  // Batches are made and signed beforehand, so that the server is what is measured.
  Result<double> responses_per_second(std::size_t batch, int batches_a_line) {
    std::vector<std::vector<Station::Signed>> ready(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      VisitorModel visitors(random_);
      for (int n = 0; n < batches_a_line; ++n) {
        std::vector<response::Response> visits;
        for (std::size_t k = 0; k < batch; ++k)
          visits.push_back(visitors.visit(lines_[i].station.kiosk(), clock_.now(), 0.5));
        ready[i].push_back(lines_[i].station.sign(wire(*lines_[i].http), visits));
      }
    }
    auto rate = in_parallel(
        [&](std::size_t line, std::size_t n) -> Status {
          return Station::deliver(wire(*lines_[line].http), ready[line][n]);
        },
        std::size_t(batches_a_line));
    if (!rate) return rate;
    return *rate * double(batch);
  }

  Result<double> empty_requests_per_second(int requests_a_line) {
    return in_parallel(
        [&](std::size_t line, std::size_t) -> Status {
          auto reply = lines_[line].http->send({"GET", settings_.server + "/healthz"});
          return reply ? Status{} : std::unexpected(reply.error());
        },
        std::size_t(requests_a_line));
  }

 private:
  Station::Wire wire(net::HttpClient& http) { return {http, settings_.server, clock_, secrets_}; }

  // Each line does its own `count` calls in a thread of its own; stops early when the time is over.
  template <class Call>
  Result<double> in_parallel(Call call, std::size_t count) {
    std::atomic<std::size_t> done = 0;
    std::vector<Status> ends(lines_.size());
    auto start = std::chrono::steady_clock::now();
    {
      std::vector<std::jthread> threads;
      for (std::size_t line = 0; line < lines_.size(); ++line)
        threads.emplace_back([&, line] {
          for (std::size_t n = 0; n < count && seconds_since(start) < settings_.seconds && ends[line]; ++n) {
            ends[line] = call(line, n);
            if (ends[line]) ++done;
          }
        });
    }
    for (const Status& end : ends)
      if (!end) return std::unexpected(end.error());
    return double(done) / seconds_since(start);
  }

  const Settings& settings_;
  base::SystemClock clock_;
  base::SystemRandom secrets_;
  base::SeededRandom random_{1};
  std::vector<Line> lines_;
};

Result<Json> measure(const Settings& settings) {
  Load load(settings);
  if (auto ready = load.prepare(); !ready) return std::unexpected(ready.error());
  Json result{{"connections", settings.connections}};
  auto empty = load.empty_requests_per_second(20'000);
  if (!empty) return std::unexpected(empty.error());
  result["empty_requests_per_s"] = *empty;
  for (auto [batch, batches] : {std::pair{1, 1500}, std::pair{20, 150}, std::pair{100, 40}}) {
    auto rate = load.responses_per_second(std::size_t(batch), batches);
    if (!rate) return std::unexpected(rate.error());
    result["responses_per_s"][std::to_string(batch)] = *rate;
  }
  return result;
}

}  // namespace

int bench(const std::vector<std::string>& arguments) {
  Settings s;
  runtime::Program program(
      "halte bench", HALTE_VERSION,
      "Sets a demo organisation up on a new server of this machine and measures how many\n"
      "responses a second it makes durable. Prints JSON.");
  program.setting("server", &s.server, "Address of halte-hq, on this machine");
  program.setting("set-up", &s.set_up, "The set-up link that halte-hq printed at its first run");
  program.setting("connections", &s.connections, "Connections at a time, 1 to 12: one a kiosk of the demo");
  program.setting("seconds", &s.seconds, "At most so long for each figure");
  if (auto read = program.read(arguments, runtime::process_environment()); !read)
    return runtime::report(read.error());
  if (s.set_up.empty() || s.connections < 1 || s.connections > 12)
    return runtime::report(
        {base::ExitStatus::usage, "halte bench: --set-up is needed, and --connections from 1 to 12"});
  auto result = measure(s);
  if (!result) return runtime::report("halte bench", result.error());
  fmt::print("{}\n", base::to_text(*result));
  return 0;
}

}  // namespace halte::tool
