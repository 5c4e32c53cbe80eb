// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <signal.h>

#include <cstdio>
#include <functional>

#include "app/runtime/settings.h"
#include "app/tool/api_session.h"
#include "app/tool/commands.h"
#include "app/tool/visitor_model.h"
#include "core/base/file.h"
#include "sync/net/curl_http_client.h"
#include "sync/protocol/protocol.h"

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

// An enrolled kiosk without a window: signs and sends what its visitors answered.
struct Station {
  SimulatedKiosk kiosk;
  std::string token;
  base::SigningKeyPair keys;
  std::string epoch;
  std::uint64_t next_seq = 1;
};

// What is read from the assets to fill an organisation with.
Result<Json> demo_document() {
  auto read = [](const char* path) -> Result<Json> {
    auto text = base::read_file(base::asset_folder() / path);
    if (!text) return std::unexpected(text.error());
    return base::parse_json(*text, path);
  };
  auto document = read("demo/organisation.json");
  auto survey = read("surveys/visit.json");
  auto journey = read("journeys/supermarket.json");
  for (const auto* part : {&document, &survey, &journey})
    if (!*part) return std::unexpected(part->error());
  (*document)["surveys"] = Json::array(
      {{{"id", "visit"},
        {"version", 1},
        {"definition", *survey},
        {"metrics", {{"nps", "nps"}, {"emotion", "visit"}, {"reasons", {"went_well", "could_be_better"}}}}}});
  (*document)["journeys"] = Json::array({*journey});
  return document;
}

class Simulation {
 public:
  Simulation(const Settings& settings, net::HttpClient& http)
      : settings_(settings),
        http_(http),
        api_(http, settings.server),
        random_(std::uint64_t(settings.seed)) {}

  Status set_up() {
    auto at = settings_.set_up.find('#');
    std::string token = at == std::string::npos ? settings_.set_up : settings_.set_up.substr(at + 1);
    std::string password =
        base::to_base64url(secrets_.bytes(24));  // nobody needs it: the demo signs in by link
    auto done = api_.call("POST", "/api/v1/setup",
                          {{"token", token},
                           {"organisation", "Versmarkt (demo)"},
                           {"email", "demo@halte.example"},
                           {"password", password},
                           {"demo", true}});
    if (!done) return std::unexpected(done.error());
    auto document = demo_document();
    if (!document) return std::unexpected(document.error());
    if (auto put = api_.call("PUT", "/api/v1/organisation", *document); !put)
      return std::unexpected(put.error());
    for (const Json& kiosk : (*document)["kiosks"])
      if (auto added = add_station(kiosk); !added) return added;
    return {};
  }

  // Oldest day first, kiosk by kiosk, in batches as large as the contract lets them be.
  Result<int> send_history() {
    VisitorModel visitors(random_);
    base::Instant now = clock_.now();
    int sent = 0;
    for (Station& station : stations_) {
      std::vector<response::Response> waiting;
      for (int back = settings_.days; back >= 0; --back) {
        auto local = base::to_local(now - std::chrono::days(back), station.kiosk.zone);
        base::Instant midnight = base::coarsen(now - std::chrono::days(back), std::chrono::minutes(15)) -
                                 std::chrono::minutes(local->minute_of_day / 15 * 15);
        for (auto& visit : visitors.day(station.kiosk, midnight, local->weekday, now))
          waiting.push_back(std::move(visit));
        while (waiting.size() >= batch_items || (back == 0 && !waiting.empty())) {
          std::size_t n = std::min(waiting.size(), batch_items);
          if (auto ok = send(station, {waiting.begin(), waiting.begin() + std::ptrdiff_t(n)}); !ok)
            return std::unexpected(ok.error());
          waiting.erase(waiting.begin(), waiting.begin() + std::ptrdiff_t(n));
          sent += int(n);
        }
      }
      if (auto beat = heartbeat(station); !beat) return std::unexpected(beat.error());
    }
    return sent;
  }

  // A code with which a real kiosk takes the live station's place, and a link into the dashboard.
  Result<Json> hand_over(int responses) {
    auto code = api_.call("POST", "/api/v1/kiosks/" + settings_.live + "/enrolment-codes", Json::object());
    if (!code) return std::unexpected(code.error());
    auto link = api_.call("POST", "/api/v1/sign-in-links", Json::object());
    if (!link) return std::unexpected(link.error());
    auto tests_link = api_.call("POST", "/api/v1/sign-in-links", Json::object());
    if (!tests_link) return std::unexpected(tests_link.error());
    const Station& live =
        *std::ranges::find(stations_, settings_.live, [](const Station& s) { return s.kiosk.id; });
    return Json{
        {"responses", responses},  {"kiosk", live.kiosk.id},      {"touchpoint", live.kiosk.touchpoint},
        {"code", (*code)["code"]}, {"dashboard", (*link)["url"]}, {"reader", (*tests_link)["url"]}};
  }

  // Keeps the other kiosks alive: heartbeats, and now and then a visitor, never at the live touchpoint.
  Status stay(const sigset_t& ends) {
    VisitorModel visitors(random_);
    const timespec pause{20, 0};
    while (sigtimedwait(&ends, nullptr, &pause) < 0) {
      for (Station& station : stations_) {
        if (station.kiosk.id == settings_.live) continue;
        if (auto beat = heartbeat(station); !beat) return beat;
        if (random_.uniform() < 0.1)
          if (auto ok = send(station, {visitors.visit(station.kiosk, clock_.now(), 0.5)}); !ok) return ok;
      }
    }
    return {};
  }

 private:
  Status add_station(const Json& kiosk) {
    std::string id = kiosk["id"].get<std::string>();
    auto code = api_.call("POST", "/api/v1/kiosks/" + id + "/enrolment-codes", Json::object());
    if (!code) return std::unexpected(code.error());
    Station station;
    station.kiosk = {id,
                     kiosk["branch"].get<std::string>(),
                     kiosk["touchpoint"].get<std::string>(),
                     "Europe/Amsterdam",
                     id == settings_.live ? live_kiosk_visitors : 30 + 50 * random_.uniform(),
                     0.5 * random_.uniform() - 0.25};
    station.keys = base::make_signing_key_pair(secrets_);
    station.epoch = base::to_hex(secrets_.bytes(16));
    protocol::EnrolmentRequest request{(*code)["code"].get<std::string>(), station.keys.public_key, "",
                                       "halte simulate " HALTE_VERSION};
    auto reply = http_.send({"POST",
                             settings_.server + "/api/v1/enrolments",
                             {{"Content-Type", "application/json"}},
                             protocol::to_json(request)});
    if (!reply) return std::unexpected(reply.error());
    auto enrolled = protocol::parse_enrolment_reply(reply->body);
    if (!enrolled) return std::unexpected(enrolled.error());
    station.token = enrolled->token;
    stations_.push_back(std::move(station));
    return {};
  }

  Result<net::HttpReply> post(const Station& station, const std::string& path, std::string body) {
    std::string signature = base::to_base64url(base::sign(base::as_bytes(body), station.keys.secret_key));
    auto reply = http_.send({"POST",
                             settings_.server + path,
                             {{"Content-Type", "application/json"},
                              {"Authorization", "Bearer " + station.token},
                              {std::string(protocol::signature_header), signature}},
                             std::move(body)});
    if (reply && reply->status != 200)
      return base::fail(settings_.server + path, fmt::format("answered {}: {}", reply->status, reply->body),
                        "sending as " + station.kiosk.id);
    return reply;
  }

  Status send(Station& station, const std::vector<response::Response>& responses) {
    protocol::Batch batch;
    batch.nonce = base::to_base64url(secrets_.bytes(16));
    batch.epoch = station.epoch;
    batch.branch = station.kiosk.branch;
    batch.sent_at = clock_.now();
    batch.clock_synced = true;
    for (const auto& r : responses) {
      std::string body = response::to_body(r);
      batch.items.push_back(
          {station.next_seq++, outbox::ItemType::response, r.id, base::sha256(base::as_bytes(body)), body});
    }
    auto reply = post(station, "/api/v1/batches", protocol::to_json(batch));
    if (!reply) return std::unexpected(reply.error());
    auto acknowledged = protocol::parse_acknowledgement(reply->body, batch);
    if (!acknowledged) return std::unexpected(acknowledged.error());
    for (const auto& result : acknowledged->results)
      if (result.status != protocol::ItemStatus::stored)
        return base::fail("response " + response::to_hex(result.id), "not stored: " + result.reason,
                          "simulating");
    return {};
  }

  Status heartbeat(const Station& station) {
    protocol::Heartbeat beat;
    beat.software = "halte simulate " HALTE_VERSION;
    beat.captured = beat.acknowledged = station.next_seq - 1;
    beat.free_disk_bytes = 20'000'000'000;
    beat.database = "ok";
    beat.screen = "open";
    beat.epoch = station.epoch;
    auto reply = post(station, "/api/v1/heartbeats", protocol::to_json(beat));
    return reply ? Status{} : std::unexpected(reply.error());
  }

  const Settings& settings_;
  net::HttpClient& http_;
  ApiSession api_;
  base::SystemClock clock_;
  base::SystemRandom secrets_;
  base::SeededRandom random_;
  std::vector<Station> stations_;
};

Status run(const Settings& settings, const sigset_t& ends) {
  auto http = net::CurlHttpClient::create({});
  if (!http) return std::unexpected(http.error());
  Simulation simulation(settings, **http);
  if (auto ready = simulation.set_up(); !ready) return ready;
  auto sent = simulation.send_history();
  if (!sent) return std::unexpected(sent.error());
  auto hand = simulation.hand_over(*sent);
  if (!hand) return std::unexpected(hand.error());
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
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  auto done = run(s, ends);
  return done ? 0 : runtime::report("halte simulate", done.error());
}

}  // namespace halte::tool
