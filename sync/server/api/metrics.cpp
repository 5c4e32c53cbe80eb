// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/metrics.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/crypto.h"
#include "sync/server/api/world.h"

namespace halte::api {
namespace {

std::string escaped(const std::string& value) {
  std::string text;
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') text += '\\';
    text += c;
  }
  return text;
}

// One that fitted no route has none to be named by: what strangers try would fill the memory.
std::string route_of(const http::Served& served) { return served.route.empty() ? "none" : served.route; }

bool has_token(const Services& s, const http::Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.headers.get("Authorization");
  if (s.upkeep.metrics_token.empty() || !header || !header->starts_with(scheme)) return false;
  return base::equal_constant_time(base::sha256(base::as_bytes(header->substr(scheme.size()))),
                                   base::sha256(base::as_bytes(s.upkeep.metrics_token)));
}

void gauge(Exposition& out, std::string_view name, std::string_view help, double value) {
  out.family(name, "gauge", help);
  out.sample(name, {}, value);
}

void write_ingest(const Services& s, Exposition& out) {
  const ingest::Counters counters = s.ingest.counters();
  out.family("halte_batches_total", "counter", "Batches of kiosks that were committed.");
  out.sample("halte_batches_total", {}, double(counters.batches));
  out.family("halte_items_total", "counter", "Items of those batches, by what became of them.");
  for (const auto& [result, count] :
       {std::pair{"stored", counters.stored}, std::pair{"duplicate", counters.duplicate},
        std::pair{"rejected", counters.rejected}})
    out.sample("halte_items_total", {{"result", result}}, double(count));
  gauge(out, "halte_batches_waiting", "Batches that wait to be committed.", double(s.ingest.waiting()));
}

void write_database(const Services& s, Exposition& out) {
  if (s.upkeep.database.empty()) return;
  std::error_code none;
  double bytes = 0;
  for (const char* end : {"", "-wal"})
    if (const auto size = std::filesystem::file_size(s.upkeep.database.string() + end, none); !none)
      bytes += double(size);
  gauge(out, "halte_database_bytes", "Size of the database with its log.", bytes);
}

base::Status write_kiosks(Services& s, Exposition& out) {
  auto world = read_world(s);
  if (!world) return std::unexpected(world.error());
  std::map<std::string, int> states{{"online", 0}, {"late", 0}, {"silent", 0}, {"never", 0}};
  for (const auto& kiosk : world->kiosks) ++states[std::string(kiosk_state(*world, kiosk, s.clock.now()))];
  out.family("halte_kiosks", "gauge", "Kiosks by how long ago they were heard.");
  for (const auto& [state, count] : states) out.sample("halte_kiosks", {{"state", state}}, count);
  return {};
}

http::Response measure(Services& s, const http::Request& request) {
  if (!has_token(s, request))
    return http::problem(http::Problem::not_signed_in, "the token of metrics-token-file is sent as Bearer");
  Exposition out;
  s.requests.write(out);
  write_ingest(s, out);
  gauge(out, "halte_requests_waiting", "Requests that wait for a worker.", double(s.workers.waiting()));
  gauge(out, "halte_connections", "Connections that are open.", double(s.connections()));
  gauge(out, "halte_event_streams", "Pages that listen for what changes.", double(s.events.subscribers()));
  write_database(s, out);
  if (auto written = write_kiosks(s, out); !written) return http::problem_for(written.error());
  http::Response answer = http::Response::text(200, out.text());
  answer.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return answer;
}

}  // namespace

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
  text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void Exposition::sample(std::string_view name, const std::vector<std::pair<std::string, std::string>>& labels,
                        double value) {
  text_ += name;
  for (std::size_t i = 0; i < labels.size(); ++i)
    text_ += fmt::format("{}{}=\"{}\"", i == 0 ? "{" : ",", labels[i].first, escaped(labels[i].second));
  text_ += fmt::format("{} {}\n", labels.empty() ? "" : "}", value);
}

void Requests::add(const http::Served& served) {
  const double seconds = double(served.duration.count()) / 1000.0;
  const auto bucket = std::ranges::lower_bound(bounds_s, seconds) - bounds_s.begin();
  std::lock_guard lock(mutex_);
  ++answered_[{served.method, route_of(served), served.status}];
  Durations& durations = durations_[route_of(served)];
  ++durations.buckets[std::size_t(bucket)];
  durations.sum_s += seconds;
  ++durations.count;
}

void Requests::write(Exposition& out) const {
  std::lock_guard lock(mutex_);
  out.family("halte_http_requests_total", "counter", "Requests that were answered.");
  for (const auto& [key, count] : answered_) {
    const auto& [method, route, status] = key;
    out.sample("halte_http_requests_total",
               {{"method", method}, {"route", route}, {"status", std::to_string(status)}}, double(count));
  }
  constexpr const char* name = "halte_http_request_duration_seconds";
  out.family(name, "histogram", "From the end of a request's header to its answer, without sending it.");
  for (const auto& [route, durations] : durations_) {
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i <= bounds_s.size(); ++i) {
      so_far += durations.buckets[i];
      out.sample(fmt::format("{}_bucket", name),
                 {{"route", route}, {"le", i < bounds_s.size() ? fmt::format("{}", bounds_s[i]) : "+Inf"}},
                 double(so_far));
    }
    out.sample(fmt::format("{}_sum", name), {{"route", route}}, durations.sum_s);
    out.sample(fmt::format("{}_count", name), {{"route", route}}, double(durations.count));
  }
}

void add_metrics_routes(http::Router& router, Services& s) {
  router.add({"GET", "/metrics", std::string(auth::access::metrics),
              s.workers.handler([&s](const auto& request) { return measure(s, request); })});
}

}  // namespace halte::api
